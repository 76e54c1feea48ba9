import { once } from 'node:events';
import type { Socket } from 'node:net';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import type { Shot } from './damage.ts';

export interface AttackerOptions {
	url: string;
	/** Without one it is nobody. */
	cookie?: string;
	/** Let in to this document before each shot; null: never asks. */
	name: string | null;
}

/** A hostile client: fires, sees whether its socket lives on, and comes back when it does not. */
export class Attacker {
	readonly #options: AttackerOptions;
	#ws: WebSocket | null = null;
	#over: () => void = () => undefined;
	/** How many times the server closed it. */
	closed = 0;

	constructor(options: AttackerOptions) {
		this.#options = options;
	}

	/** Resolves when the server has read the shot: it answered a ping, or closed the socket. */
	async fire(shot: Shot): Promise<void> {
		const ws = await this.#open();
		if (ws.readyState === WebSocket.CLOSED) return this.#forget(ws);
		const over = new Promise<void>((resolve) => (this.#over = resolve));
		this.#send(ws, shot);
		if (shot.kind === 'raw') rawSocket(ws)?.end();
		else if (ws.readyState === WebSocket.OPEN) ws.ping(undefined, true, () => undefined);
		await over;
		// The pieces that follow would continue the message that never ends.
		if (shot.kind === 'endless') ws.terminate();
		if (ws.readyState !== WebSocket.OPEN) this.#forget(ws);
	}

	leave(): void {
		this.#ws?.terminate();
		this.#ws = null;
	}

	#send(ws: WebSocket, shot: Shot): void {
		const ignore = () => undefined;
		switch (shot.kind) {
			case 'message':
				return ws.send(shot.bytes, ignore);
			case 'text':
				return ws.send(shot.text, ignore);
			case 'endless':
				return shot.pieces.forEach((piece) => ws.send(piece, { fin: false }, ignore));
			case 'raw':
				return void rawSocket(ws)?.write(shot.bytes);
			default:
				return shot satisfies never;
		}
	}

	async #open(): Promise<WebSocket> {
		if (this.#ws?.readyState === WebSocket.OPEN) return this.#ws;
		const { url, cookie, name } = this.#options;
		const headers = { origin: `http://${new URL(url).host}`, ...(cookie && { cookie }) };
		const ws = new WebSocket(url, { headers, perMessageDeflate: false });
		ws.on('error', () => undefined);
		ws.on('pong', () => this.#over());
		ws.on('close', () => this.#over());
		await Promise.race([once(ws, 'open'), once(ws, 'close')]);
		if (ws.readyState === WebSocket.OPEN && name !== null) await letIn(ws, name);
		return (this.#ws = ws);
	}

	#forget(ws: WebSocket): void {
		this.closed++;
		ws.terminate();
		this.#ws = null;
	}
}

/** Asks for the document, and waits for the first word about it. */
async function letIn(ws: WebSocket, name: string): Promise<void> {
	const encoder = encoding.createEncoder();
	encoding.writeVarString(encoder, name);
	for (const value of [2, 0]) encoding.writeVarUint(encoder, value);
	encoding.writeVarString(encoder, '');
	const answered = Promise.race([once(ws, 'message'), once(ws, 'close')]);
	ws.send(encoding.toUint8Array(encoder), () => undefined);
	await answered;
}

/** `ws` hides it; only so can one send what is no message. */
function rawSocket(ws: WebSocket): Socket | undefined {
	return (ws as unknown as { _socket?: Socket })._socket;
}
