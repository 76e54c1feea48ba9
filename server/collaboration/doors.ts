import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { CLOSE, REASONS } from '#lib/collaboration/close-codes.ts';
import type { DocumentName } from '#lib/documents/document.ts';
import type { Database } from '../database/open.ts';
import { authenticate, currentRights, isAllowedOrigin, type CurrentRights, type Person } from './access.ts';
import { Incident } from './incident.ts';
import type { Line } from './line.ts';
import { Socket, type SocketOptions } from './socket.ts';

export interface DoorsOptions extends Omit<SocketOptions, 'onClosed'> {
	db: Database;
	now: () => number;
	/** The origin that browsers show; null: only the request's own host. */
	adressePublique: string | null;
	/** Accounts over plain HTTP on a room's own network. */
	modeSalle: boolean;
}

/** The path of the socket. */
const SOCKET_PATH = '/collaboration';

const SWEEP_EVERY = 3_000;
const BEAT_EVERY = 8_000;
const MOST_SILENT_BEATS = 5;

/** Who may come in, and who may stay: the sockets of this process. */
export class Doors {
	readonly #options: DoorsOptions;
	readonly #server: WebSocketServer;
	readonly #sockets = new Set<Socket>();
	readonly #timers: NodeJS.Timeout[];
	readonly #readIncident = new Incident(
		'Collaboration : les sessions et les droits ne peuvent pas être lus ; ceux qui sont là restent.',
		'Collaboration : les sessions et les droits se lisent de nouveau.'
	);
	#isSweeping = false;
	/** Those whose session is being read. */
	#knocking = 0;
	#isClosed = false;

	constructor(options: DoorsOptions) {
		this.#options = options;
		this.#server = new WebSocketServer({ noServer: true, maxPayload: options.limits.answer });
		this.#timers = [
			setInterval(() => void this.#sweep(), SWEEP_EVERY).unref(),
			setInterval(() => this.#beat(), BEAT_EVERY).unref()
		];
	}

	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		socket.on('error', () => socket.destroy());
		this.#upgrade(request, socket, head).catch((error: unknown) => {
			this.#readIncident.failed(error);
			answerAndEnd(socket, '503 Service Unavailable');
		});
	}

	/** The sockets on which a document is about to open. */
	opening(name: DocumentName): Socket[] {
		return [...this.#sockets].filter((socket) => socket.line(name)?.isOpening);
	}

	/** The sockets on which a document is open, or about to. */
	on(name: DocumentName): Socket[] {
		return [...this.#sockets].filter((socket) => socket.line(name));
	}

	closeWhere(isMeant: (person: Person) => boolean): void {
		for (const socket of this.#sockets) if (isMeant(socket.person)) socket.close('sessionTerminee');
	}

	/** A word for everyone, on each document that they have open. */
	noteAll(payload: string): void {
		for (const socket of this.#sockets) for (const line of socket.lines) line.note(payload);
	}

	/** Shuts the documents of a pacte to everyone. */
	denyPacte(pacteId: string, reason: string): void {
		for (const socket of this.#sockets)
			for (const line of [...socket.lines]) if (line.access?.pacteId === pacteId) line.deny(reason);
	}

	/** Checks again the sessions and roles of all open sockets. */
	async refreshRights(): Promise<void> {
		const sockets = [...this.#sockets];
		const sessions = sockets.map(({ person }) => person.sessionId);
		const { db, now } = this.#options;
		const names = sockets.flatMap((socket) => [...socket.lines].map(({ name }) => name));
		const rights = await currentRights(db, sessions, names, now());
		for (const socket of sockets) {
			if (!rights.has(socket.person.sessionId)) socket.close('sessionTerminee');
			else if ([...socket.lines].some((line) => hasChanged(line, rights))) socket.close('droitsChanges');
		}
	}

	/** Nobody comes in any more; those who are in are told. */
	close(): void {
		this.#isClosed = true;
		for (const timer of this.#timers) clearInterval(timer);
		for (const socket of this.#sockets) socket.close('redemarrage');
	}

	/** Does not wait for the other sides any more. Resolves when all sockets are closed. */
	async end(): Promise<void> {
		const sockets = [...this.#sockets];
		for (const socket of sockets) socket.end();
		await Promise.all(sockets.map(({ closed }) => closed));
		this.#server.close();
	}

	async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
		if (this.#isClosed) return answerAndEnd(socket, '503 Service Unavailable');
		if (pathOf(request) !== SOCKET_PATH) return answerAndEnd(socket, '404 Not Found');
		const { db, now, adressePublique, modeSalle, limits } = this.#options;
		if (!isAllowedOrigin(request, adressePublique)) return answerAndEnd(socket, '403 Forbidden');
		if (this.#unusedSockets() >= limits.unusedSockets) return answerAndEnd(socket, '503 Service Unavailable');
		this.#knocking++;
		const person = await authenticate(db, request, now(), modeSalle).finally(() => this.#knocking--);
		this.#readIncident.worked();
		this.#server.handleUpgrade(request, socket, head, (ws) => this.#accept(ws, person, request));
	}

	/** Someone without session is let in just to be told, because a browser cannot read why an upgrade failed. */
	#accept(ws: WebSocket, person: Person | null, request: IncomingMessage): void {
		const refusal = this.#refusalOf(person);
		if (!person || refusal) {
			const reason = refusal ?? 'sessionTerminee';
			ws.on('error', () => ws.terminate());
			return ws.close(CLOSE[reason], REASONS[reason]);
		}
		const socket = new Socket(ws, person, webRequest(request), {
			...this.#options,
			onClosed: (closed) => this.#sockets.delete(closed)
		});
		this.#sockets.add(socket);
		const limit = setTimeout(() => {
			if (!socket.isUsed) socket.close('tropTard');
		}, this.#options.limits.unusedFor).unref();
		// Else the timer holds all that a socket held, for as long.
		void socket.closed.then(() => clearTimeout(limit));
	}

	#refusalOf(person: Person | null): keyof typeof CLOSE | null {
		if (!person) return 'sessionTerminee';
		if (this.#isClosed) return 'redemarrage';
		let own = 0;
		for (const socket of this.#sockets) if (socket.person.compteId === person.compteId) own++;
		return own >= this.#options.limits.socketsPerAccount ? 'tropDePages' : null;
	}

	#unusedSockets(): number {
		let unused = this.#knocking;
		for (const socket of this.#sockets) if (!socket.isUsed) unused++;
		return unused;
	}

	/** A session may end, and a role change, without anyone telling us. */
	async #sweep(): Promise<void> {
		if (this.#isSweeping || this.#sockets.size === 0) return;
		this.#isSweeping = true;
		try {
			await this.refreshRights();
			this.#readIncident.worked();
		} catch (error) {
			this.#readIncident.failed(error); // Nobody is sent away because the store does not answer.
		} finally {
			this.#isSweeping = false;
		}
	}

	#beat(): void {
		for (const socket of this.#sockets) socket.beat(MOST_SILENT_BEATS);
	}
}

function hasChanged({ access, name, socket }: Line, rights: CurrentRights): boolean {
	return access !== null && rights.on(socket.person, name, access) !== access.right;
}

function pathOf(request: IncomingMessage): string {
	return (request.url ?? '/').split('?', 1)[0] as string;
}

/** Hocuspocus wants a web request; it needs nothing of it, and the cookie is not its business. */
function webRequest(request: IncomingMessage): Request {
	return new Request(`http://${request.headers.host ?? 'localhost'}${SOCKET_PATH}`);
}

function answerAndEnd(socket: Duplex, status: string): void {
	if (socket.destroyed) return;
	socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
