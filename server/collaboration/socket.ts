import type { Connection, Hocuspocus } from '@hocuspocus/server';
import type { WebSocket } from 'ws';
import { CLOSE, REASONS } from '#lib/collaboration/close-codes.ts';
import { parseDocumentName, type DocumentName } from '#lib/documents/document.ts';
import type { DocumentAccess, Person } from './access.ts';
import { deniedFrame, noteFrame, PING_FRAME, readFrame, statusFrame, type Frame } from './frames.ts';
import { Presence } from './presence.ts';

type AddressedFrame = Exclude<Frame, { type: 'pong' }>;

/** What a socket hands to Hocuspocus, and finds again in every hook. */
export interface SocketContext {
	socket: Socket;
}

export interface SocketOptions {
	hocuspocus: Hocuspocus<SocketContext>;
	/** Text came in on an open document. */
	receive(line: Line, update: Uint8Array): void;
	onClosed(socket: Socket): void;
}

/** The same for a document that is not there and for one that is someone else's. */
export const NO_ACCESS = 'Ce texte n’existe pas, ou vous n’y avez pas accès.';

const MOST_LINES = 100;
const MOST_HELD_BYTES = 4 * 1024 * 1024;
const MOST_HELD_FRAMES = 2_000;
const CLOSED = 3;

/** One WebSocket of a person: sorts what comes in, one line per document. */
export class Socket {
	readonly person: Person;
	/** Resolves when it is closed. */
	readonly closed: Promise<void>;
	readonly #ws: WebSocket;
	readonly #options: SocketOptions;
	readonly #client: ReturnType<Hocuspocus<SocketContext>['handleConnection']>;
	readonly #lines = new Map<DocumentName, Line>();
	#heldBytes = 0;
	#heldFrames = 0;
	#closing = false;
	#used = false;
	/** Whether something came in since the last beat. */
	#alive = true;
	#silentBeats = 0;

	constructor(ws: WebSocket, person: Person, request: Request, options: SocketOptions) {
		this.#ws = ws;
		this.person = person;
		this.#options = options;
		const outlet = {
			get readyState() {
				return ws.readyState as number;
			},
			send: (data: unknown) => this.send(data as Uint8Array),
			close: (code?: number, reason?: string) => ws.close(code, reason)
		};
		this.#client = options.hocuspocus.handleConnection(outlet, request, { socket: this });
		ws.on('message', (data: Buffer) => this.#guard(() => this.#receive(data)));
		ws.on('error', () => ws.terminate());
		this.closed = new Promise((resolve) => ws.once('close', () => resolve()));
		ws.on('close', (code, reason) => {
			this.#closing = true;
			this.#client.handleClose({ code, reason: reason.toString() });
			this.#lines.clear();
			options.onClosed(this);
		});
	}

	get lines(): Iterable<Line> {
		return this.#lines.values();
	}

	/** Whether it was ever let in to a document. */
	get isUsed(): boolean {
		return this.#used;
	}

	send(bytes: Uint8Array): void {
		if (this.#ws.readyState === this.#ws.OPEN) this.#ws.send(bytes);
	}

	/** Says why, then closes. What still comes in is not read any more, so that nothing is taken without an answer. */
	close(reason: keyof typeof CLOSE): void {
		if (this.#closing) return;
		this.#closing = true;
		this.#ws.close(CLOSE[reason], REASONS[reason]);
	}

	/** Does not wait for the other side any more. */
	end(): void {
		this.#ws.terminate();
	}

	/** A beat: the other side answers, or is gone after a few of them. */
	beat(mostSilentBeats: number): void {
		this.#silentBeats = this.#alive ? 0 : this.#silentBeats + 1;
		this.#alive = false;
		if (this.#silentBeats >= mostSilentBeats) this.#ws.terminate();
		else this.send(PING_FRAME);
	}

	line(name: DocumentName): Line | undefined {
		return this.#lines.get(name);
	}

	/** For the lines: hands a frame to Hocuspocus. */
	forward(bytes: Uint8Array): void {
		this.#client.handleMessage(bytes);
	}

	/** For the lines: counts what waits; too much closes the socket, which comes back later. */
	hold(bytes: number, frames: number): void {
		this.#heldBytes += bytes;
		this.#heldFrames += frames;
		if (this.#heldBytes > MOST_HELD_BYTES || this.#heldFrames > MOST_HELD_FRAMES) this.close('indisponible');
	}

	/** For the lines: text came in. */
	receive(line: Line, update: Uint8Array): void {
		this.#options.receive(line, update);
	}

	/** For the lines: the person was let in. */
	use(): void {
		this.#used = true;
	}

	removeLine(line: Line): void {
		if (this.#lines.get(line.name) === line) this.#lines.delete(line.name);
	}

	/** Sorts a frame, also one that was held. */
	route(frame: AddressedFrame, bytes: Uint8Array): void {
		if (this.#closing) return;
		const name = frame.address as DocumentName;
		if (!parseDocumentName(name)) {
			if (frame.type === 'auth') this.send(deniedFrame(frame.address.slice(0, 200), NO_ACCESS));
			return;
		}
		let line = this.#lines.get(name);
		if (!line) {
			if (this.#lines.size >= MOST_LINES) return this.close('indisponible');
			this.#lines.set(name, (line = new Line(name, this)));
		}
		line.take(frame, bytes);
	}

	#receive(data: Buffer): void {
		if (this.#closing) return;
		this.#alive = true;
		const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
		const frame = readFrame(bytes);
		if (!frame) this.close('messageIllisible');
		else if (frame.type !== 'pong') this.route(frame, bytes);
	}

	/** A frame that makes something throw ends its socket, never the process. */
	#guard(act: () => void): void {
		try {
			act();
		} catch (error) {
			console.error('Collaboration : un message a été écarté.', error);
			if (this.#ws.readyState !== CLOSED) this.close('messageIllisible');
		}
	}
}

type Held = [frame: AddressedFrame, bytes: Uint8Array];
type LineState = 'waiting' | 'opening' | 'open' | 'closed';

/** One document on one socket. What comes before Hocuspocus has let the person in waits, in order. */
export class Line {
	readonly name: DocumentName;
	readonly socket: Socket;
	connection: Connection<SocketContext> | null = null;
	access: DocumentAccess | null = null;
	/** How many of its messages wait for their answer. */
	awaited = 0;
	#state: LineState = 'waiting';
	#held: Held[] = [];
	#presence: Presence | null = null;

	constructor(name: DocumentName, socket: Socket) {
		this.name = name;
		this.socket = socket;
	}

	get isOpening(): boolean {
		return this.#state === 'opening';
	}

	get canWrite(): boolean {
		return this.access?.right === 'write';
	}

	take(frame: AddressedFrame, bytes: Uint8Array): void {
		switch (this.#state) {
			case 'waiting':
				if (frame.type === 'leave') return this.#close();
				if (frame.type !== 'auth') return this.#hold(frame, bytes);
				this.#state = 'opening';
				return this.socket.forward(bytes);
			case 'opening':
				return this.#hold(frame, bytes);
			case 'open':
				return this.#handle(frame, bytes);
			case 'closed':
				return;
			default:
				return this.#state satisfies never;
		}
	}

	/** Let in. */
	opened(connection: Connection<SocketContext>): void {
		if (this.#state !== 'opening') return connection.close();
		this.connection = connection;
		this.#presence = new Presence(connection.document, connection, identityOf(this.socket.person));
		this.#state = 'open';
		this.socket.use();
		connection.onClose(() => this.#close());
		this.#replay();
	}

	/** Not let in. What came after belongs to a later attempt, or to nobody. */
	refused(): void {
		if (this.#state !== 'opening') return;
		const held = this.#held;
		const next = held.findIndex(([frame]) => frame.type === 'auth');
		const later = next < 0 ? [] : held.slice(next);
		this.#close();
		for (const [frame, bytes] of later) this.socket.route(frame, bytes);
	}

	/** Answers one content frame. */
	acknowledge(saved: boolean): void {
		if (this.#state === 'open') this.socket.send(statusFrame(this.name, saved));
	}

	/** A word about this document, for the person. */
	note(payload: string): void {
		if (this.#state === 'open') this.socket.send(noteFrame(this.name, payload));
	}

	/** Shuts the document to this socket, and says why. */
	deny(reason: string): void {
		this.connection?.close({ code: CLOSE.droitsChanges, reason });
		this.#close();
		this.socket.send(deniedFrame(this.name, reason));
	}

	#handle(frame: AddressedFrame, bytes: Uint8Array): void {
		switch (frame.type) {
			case 'question':
				return this.socket.forward(bytes);
			case 'content':
				return this.socket.receive(this, frame.update);
			case 'presence':
				return this.#presence?.receive(frame.states);
			case 'leave':
				return this.connection?.close({ code: 1000, reason: '' });
			case 'auth':
			case 'ignored':
				return;
			default:
				return frame satisfies never;
		}
	}

	#hold(frame: AddressedFrame, bytes: Uint8Array): void {
		this.#held.push([frame, bytes]);
		this.socket.hold(bytes.length, 1);
	}

	/** Through the socket: a person may have left and come back while the document opened. */
	#replay(): void {
		const held = this.#held.splice(0);
		this.#release(held);
		for (const [frame, bytes] of held) this.socket.route(frame, bytes);
	}

	#release(held: readonly Held[]): void {
		for (const [, bytes] of held) this.socket.hold(-bytes.length, -1);
	}

	#close(): void {
		this.#state = 'closed';
		this.#release(this.#held.splice(0));
		this.socket.removeLine(this);
	}
}

function identityOf({ compteId, nom, organisme }: Person) {
	return { compteId, nom, organisme };
}
