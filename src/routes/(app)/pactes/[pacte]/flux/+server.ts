import type { FluxEvent } from '#lib/collaboration/flux-event.ts';
import { openPacte, roleOf } from '#server/pactes/pactes.ts';
import type { RequestHandler } from './$types';

/** Comments keep proxies from closing a quiet stream. */
const HEARTBEAT = 25_000;

/** The live feed of a pacte, as server-sent events. It ends when its reader has no part in the pacte any more. */
export const GET: RequestHandler = async ({ locals, params, request }) => {
	const { app, compte } = locals;
	if (!compte) return new Response(null, { status: 401 });
	await openPacte(app, compte.id, params.pacte);

	let stop = () => {};
	const stream = new ReadableStream<Uint8Array>({
		start(controller) {
			const encoder = new TextEncoder();
			const send = (text: string) => {
				try {
					controller.enqueue(encoder.encode(text));
				} catch {
					stop(); // The reader left while we looked up its role.
				}
			};
			const say = (event: FluxEvent) => send(`data: ${JSON.stringify(event)}\n\n`);
			const unsubscribe = app.collaboration.flux.subscribe(params.pacte, (event: FluxEvent) => {
				roleOf(app.db, compte.id, params.pacte).then(
					(role) => {
						if (role) return say(event);
						// Whoever was taken out reads the page again, and is told.
						say({ type: 'pacte' });
						end();
					},
					() => end() // The store is away: the reader comes back by itself.
				);
			});
			const beat = setInterval(() => send(': \n\n'), HEARTBEAT);
			stop = () => {
				unsubscribe();
				clearInterval(beat);
				stop = () => {};
			};
			const end = () => {
				stop();
				try {
					controller.close();
				} catch {
					// Already closed by the reader.
				}
			};
			request.signal.addEventListener('abort', end);
			send('retry: 2000\n\n');
		},
		cancel: () => stop()
	});
	return new Response(stream, {
		headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' }
	});
};
