import { json } from '@sveltejs/kit';
import { attendreEnvoi } from '#server/salles/attendre.ts';
import type { Envoi, Spectateur } from '#server/salles/salles.ts';
import { COMME, spectateurOf } from '../../../../spectateurs.server.ts';
import type { RequestHandler } from './$types';

/** Keeps proxies from closing a quiet stream, and tells the page that it is still heard. */
const HEARTBEAT = 25_000;

/**
 * The live feed of a room, as server-sent events: the whole view of who looks, then what changes in it. The id of an event is the
 * revision of the room, that a browser sends back when it comes again. `attendre`: one answer, once there is something to say.
 */
export const GET: RequestHandler = async (event) => {
	const { locals, params, request, url } = event;
	const comme = COMME.find((known) => known === url.searchParams.get('comme')) ?? 'siege';
	const spectateur = await spectateurOf(event, params.seance, comme, url.searchParams.get('siege'));
	const last = revisionOf(request.headers.get('last-event-id') ?? url.searchParams.get('revision'));
	if (url.searchParams.has('attendre')) return answerOnce(event, spectateur, last);

	let revision = last ?? 0;
	let stop = () => {};
	const stream = new ReadableStream<Uint8Array>({
		async start(controller) {
			const encoder = new TextEncoder();
			const send = (text: string) => {
				try {
					controller.enqueue(encoder.encode(text));
				} catch {
					stop(); // The reader left.
				}
			};
			const say = (envoi: Envoi) => {
				if ('revision' in envoi) revision = envoi.revision;
				send(`id: ${revision}\ndata: ${JSON.stringify(envoi)}\n\n`);
			};
			const beat = setInterval(() => say({ type: 'rien', revision, maintenant: locals.app.now() }), HEARTBEAT);
			let isOver = false;
			let unfollow = () => {};
			stop = () => {
				isOver = true;
				clearInterval(beat);
				unfollow();
				stop = () => {};
			};
			request.signal.addEventListener('abort', () => stop());
			send('retry: 2000\n\n');
			try {
				unfollow = await locals.app.salles.follow(params.seance, spectateur, say, last);
				if (isOver) unfollow();
			} catch (error) {
				stop();
				controller.error(error); // The store is away: the reader comes back by itself.
			}
		},
		cancel: () => stop()
	});
	return new Response(stream, {
		headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' }
	});
};

async function answerOnce(
	{ locals, params, request }: Parameters<RequestHandler>[0],
	spectateur: Spectateur,
	revision: number | null
): Promise<Response> {
	const { salles, now } = locals.app;
	const attente = { seanceId: params.seance, spectateur, revision, delai: HEARTBEAT, now, signal: request.signal };
	return json(await attendreEnvoi(salles, attente), { headers: { 'Cache-Control': 'no-store' } });
}

function revisionOf(value: string | null): number | null {
	const revision = Number(value ?? Number.NaN);
	return Number.isInteger(revision) ? revision : null;
}
