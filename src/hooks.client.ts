import type { HandleClientError } from '@sveltejs/kit/hooks';
import { attente } from '#lib/reseau/attente.svelte.ts';
import { patientFetch } from '#lib/reseau/patient-fetch.ts';

// SvelteKit reads `window.fetch` each time, so that it can be wrapped.
window.fetch = patientFetch({ fetch: window.fetch.bind(window), pause: attente.pause });

/** A page whose script could not come while the network was away is loaded whole: what it reads has come since. */
export const handleError: HandleClientError = ({ error, event }) => {
	if (!event.url || !isLostScript(error)) return;
	location.assign(event.url);
	return new Promise(() => undefined);
};

/** As Chromium, Firefox and Safari say it. */
function isLostScript(error: unknown): boolean {
	return (
		error instanceof TypeError && /dynamically imported module|Importing a module script failed/.test(error.message)
	);
}
