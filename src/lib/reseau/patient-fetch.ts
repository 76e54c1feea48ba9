const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 15_000;

/** The server is on its way back, or something between it and the page says so. */
const NOT_NOW = new Set([502, 503, 504]);

interface Surroundings {
	fetch: typeof fetch;
	/** The address of the page that is shown. */
	here: () => URL;
	/** Resolves after this many milliseconds, or as soon as the network is back. */
	pause: (ms: number) => Promise<void>;
}

/**
 * `fetch`, for SvelteKit's own readings: what the page that is shown reads again waits for the network, and never fails by it.
 * SvelteKit answers such a failure by loading the whole page from the server: without network, the browser's own page of error
 * would take the place of what someone is writing. A reading for another page fails as it would.
 */
export function patientFetch({ fetch, here, pause }: Surroundings): typeof fetch {
	return async (input, init) => {
		const url = dataAddress(input);
		if (!url) return fetch(input, init);
		const isOfThisPage = () => pageOf(url) === here().pathname;
		for (let wait = FIRST_PAUSE; ; wait = Math.min(wait * 2, LONGEST_PAUSE)) {
			try {
				const answer = await whole(await fetch(input, init));
				if (!NOT_NOW.has(answer.status) || !isOfThisPage()) return answer;
			} catch (cause) {
				if (!isOfThisPage()) throw cause;
			}
			await pause(wait);
		}
	};
}

/** An answer that is cut half way fails here, where it can be asked for again. */
async function whole(answer: Response): Promise<Response> {
	const { status, statusText, headers } = answer;
	const isEmpty = answer.body === null;
	return new Response(isEmpty ? null : await answer.arrayBuffer(), { status, statusText, headers });
}

const DATA = /\/__data\.json$/;

function dataAddress(input: RequestInfo | URL): URL | null {
	if (typeof input !== 'string' || !input.includes('/__data.json?')) return null;
	const url = new URL(input);
	return DATA.test(url.pathname) && url.searchParams.has('x-sveltekit-invalidated') ? url : null;
}

function pageOf(data: URL): string {
	return data.pathname.replace(DATA, '') || '/';
}
