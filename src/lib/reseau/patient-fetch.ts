const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 15_000;

/** The server is on its way back, or something between it and the page says so. */
const NOT_NOW = new Set([502, 503, 504]);

interface Surroundings {
	fetch: typeof fetch;
	/** Resolves after this many milliseconds, or as soon as the network is back. */
	pause: (ms: number) => Promise<void>;
}

/**
 * `fetch`, for SvelteKit's own readings: what a page needs waits for the network, and never fails by it. SvelteKit answers such a
 * failure by loading the page from the server: without network, the browser's own page of error would take the place of what
 * someone is writing, even when they asked for nothing.
 */
export function patientFetch({ fetch, pause }: Surroundings): typeof fetch {
	return async (input, init) => {
		if (!isReading(input)) return fetch(input, init);
		for (let wait = FIRST_PAUSE; ; wait = Math.min(wait * 2, LONGEST_PAUSE)) {
			const answer = await whole(fetch(input, init));
			if (answer && !NOT_NOW.has(answer.status)) return answer;
			await pause(wait);
		}
	};
}

/** null where the network fails. An answer that is cut half way fails here, where it can be asked for again. */
async function whole(asked: Promise<Response>): Promise<Response | null> {
	try {
		const answer = await asked;
		const { status, statusText, headers } = answer;
		return new Response(answer.body && (await answer.arrayBuffer()), { status, statusText, headers });
	} catch {
		return null;
	}
}

function isReading(input: RequestInfo | URL): input is string {
	if (typeof input !== 'string' || !input.includes('/__data.json?')) return false;
	const url = new URL(input);
	return url.pathname.endsWith('/__data.json') && url.searchParams.has('x-sveltekit-invalidated');
}
