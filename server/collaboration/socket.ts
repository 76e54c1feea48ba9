import type { Hocuspocus } from '@hocuspocus/server';
import type { WebSocket } from 'ws';
import { CLOSE, REASONS } from '#lib/collaboration/close-codes.ts';
import { parseDocumentName, type DocumentName } from '#lib/documents/document.ts';
import type { Person } from './access.ts';
import type { BoundedLog } from './bounded-log.ts';
import { deniedFrame, PING_FRAME, readFrame, type AddressedFrame } from './frames.ts';
import { reasonOf } from './incident.ts';
import type { Limits } from './limits.ts';
import { Line } from './line.ts';
import { Pace } from './pace.ts';

/** What a socket hands to Hocuspocus, and finds again in every hook. */
export interface SocketContext {
	socket: Socket;
}

export interface SocketOptions {
	hocuspocus: Hocuspocus<SocketContext>;
	limits: Limits;
	log: BoundedLog;
	/** Text came in on an open document. */
	receive(line: Line, update: Uint8Array, isAnswer: boolean): void;
	/** A word came in beside the text. */
	hear(line: Line, payload: string): void;
	onClosed(socket: Socket): void;
}

/** The same for a document that is not there and for one that is someone else's. */
export const NO_ACCESS = 'Ce texte n’existe pas, ou vous n’y avez pas accès.';

const TOO_MANY_DOCUMENTS = 'Trop de textes sont ouverts à la fois\u00a0: fermez cette page, puis rouvrez-la.';

/** One WebSocket of a person: sorts what comes in, one line per document. */
export class Socket {
	readonly person: Person;
	/** Resolves when it is closed. */
	readonly closed: Promise<void>;
	readonly #ws: WebSocket;
	readonly #options: SocketOptions;
	readonly #client: ReturnType<Hocuspocus<SocketContext>['handleConnection']>;
	readonly #lines = new Map<DocumentName, Line>();
	/** What came in faster than it may. */
	readonly #inbox: Buffer[] = [];
	readonly #pace: Pace;
	#reading: NodeJS.Timeout | null = null;
	/** The largest of the messages that wait to be read by the other side. */
	#largest = 0;
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
		this.#pace = new Pace(options.limits.framesPerSecond, options.limits.frameBurst);
		ws.on('message', (data: Buffer, isBinary) => this.#arrive(data, isBinary));
		ws.on('error', () => ws.terminate());
		this.closed = new Promise((resolve) => ws.once('close', () => resolve()));
		ws.on('close', (code, reason) => {
			this.#closing = true;
			if (this.#reading) clearTimeout(this.#reading);
			this.#client.handleClose({ code, reason: reason.toString() });
			this.#lines.clear();
			options.onClosed(this);
		});
	}

	get limits(): Limits {
		return this.#options.limits;
	}

	get lines(): Iterable<Line> {
		return this.#lines.values();
	}

	/** Whether it was ever let in to a document. */
	get isUsed(): boolean {
		return this.#used;
	}

	send(bytes: Uint8Array): void {
		const { readyState, OPEN, bufferedAmount } = this.#ws;
		if (readyState !== OPEN) return;
		// A single large message is no slowness: a first sync may weigh more than the limit.
		if (bufferedAmount > this.limits.output + this.#largest) return this.#closeSlow();
		this.#largest = Math.max(bufferedAmount === 0 ? 0 : this.#largest, bytes.length);
		this.#ws.send(bytes);
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
		const { waitingBytes, waitingFrames } = this.limits;
		if (this.#heldBytes > waitingBytes || this.#heldFrames > waitingFrames) this.close('indisponible');
	}

	/** For the lines: text came in. */
	receive(line: Line, update: Uint8Array, isAnswer: boolean): void {
		this.#options.receive(line, update, isAnswer);
	}

	/** For the lines: a word came in beside the text. */
	hear(line: Line, payload: string): void {
		this.#options.hear(line, payload);
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
			if (this.#lines.size >= this.limits.documentsPerSocket) return this.#denyOneMore(frame);
			this.#lines.set(name, (line = new Line(name, this)));
		}
		line.take(frame, bytes);
	}

	/** The documents that are open stay so. */
	#denyOneMore({ type, address }: AddressedFrame): void {
		if (type === 'auth') this.send(deniedFrame(address, TOO_MANY_DOCUMENTS));
	}

	/** The other side does not read. It resyncs when it comes back. */
	#closeSlow(): void {
		this.close('tropLent');
		setTimeout(() => this.#ws.terminate(), this.limits.slowFor).unref();
	}

	/** What comes too fast is read later, none of it is lost: the network tells the other side to wait. */
	#arrive(data: Buffer, isBinary: boolean): void {
		if (!isBinary) return this.#closeUnreadable();
		this.#inbox.push(data);
		if (!this.#reading) this.#read();
	}

	#read(): void {
		this.#reading = null;
		while (this.#inbox.length > 0 && this.#pace.take()) {
			const data = this.#inbox.shift() as Buffer;
			this.#guard(() => this.#receive(data));
		}
		if (this.#inbox.length === 0) return this.#ws.resume();
		this.#ws.pause();
		this.#reading = setTimeout(() => this.#read(), this.#pace.pause);
	}

	#closeUnreadable(): void {
		if (this.#closing) return;
		this.#options.log.say('Collaboration : un message illisible a fermé sa connexion.');
		this.close('messageIllisible');
	}

	#receive(data: Buffer): void {
		if (this.#closing) return;
		this.#alive = true;
		const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
		const frame = readFrame(bytes);
		if (!frame) this.#closeUnreadable();
		else if (frame.type !== 'pong') this.route(frame, bytes);
	}

	/** A frame that makes something throw ends its socket, never the process. */
	#guard(act: () => void): void {
		try {
			act();
		} catch (error) {
			this.#options.log.say(`Collaboration : un message a été écarté. (${reasonOf(error)})`);
			this.close('messageIllisible');
		}
	}
}
