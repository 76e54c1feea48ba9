import { patientFetch } from '#lib/reseau/patient-fetch.ts';

// SvelteKit reads `window.fetch` each time, so that it can be wrapped.
window.fetch = patientFetch({
	fetch: window.fetch.bind(window),
	here: () => new URL(location.href),
	pause: (ms) =>
		new Promise((resolve) => {
			const end = () => {
				clearTimeout(timer);
				removeEventListener('online', end);
				resolve();
			};
			const timer = setTimeout(end, ms);
			addEventListener('online', end);
		})
});
