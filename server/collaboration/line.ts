import { isSiege } from '../salles/siege-access.ts';
import type { Connection } from '@hocuspocus/server';
import * as Y from 'yjs';
import { CLOSE } from '#lib/collaboration/close-codes.ts';
import type { Range } from '#lib/collaboration/rescue.ts';
import type { DocumentName } from '#lib/documents/document.ts';
import type { DocumentAccess, Person } from './access.ts';
import { deniedFrame, noteFrame, questionFrame, statusFrame, type AddressedFrame } from './frames.ts';
import { Presence } from './presence.ts';
import type { Socket, SocketContext } from './socket.ts';

interface Answer {
	saved: boolean;
	reason: string | undefined;
}

/** An answer that is not known yet is null. */
interface Owed {
	answer: Answer | null;
}

type Held = [frame: AddressedFrame, bytes: Uint8Array];
type LineState = 'waiting' | 'opening' | 'open' | 'closed';

/** One document on one socket. What comes before Hocuspocus has let the person in waits, in order. */
export class Line {
	readonly name: DocumentName;
	readonly socket: Socket;
	connection: Connection<SocketContext> | null = null;
	access: DocumentAccess | null = null;
	/** What its next answer names as deleted, and its sender has not seen. */
	unseen: readonly Range[] = [];
	#state: LineState = 'waiting';
	#held: Held[] = [];
	#presence: Presence | null = null;
	/** The answers that it is owed, in the order of its messages. */
	#owed: Owed[] = [];
	/** The last question that came too soon after the one before. */
	#question: Uint8Array | null = null;
	#answering: NodeJS.Timeout | null = null;
	#answeredAt = -Infinity;
	#asking: NodeJS.Timeout | null = null;
	#askedAt = -Infinity;

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
		this.#presence = new Presence(connection.document, connection, identityOf(this.socket.person), this.socket.limits);
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

	/**
	 * A content frame came: it is owed one answer, whenever it is known. Answers leave in the order of the frames. Call the
	 * result once, with the reason when it is a « no » that the person should read.
	 */
	oweAnswer(): (saved: boolean, reason?: string) => void {
		const owed: Owed = { answer: null };
		this.#owed.push(owed);
		return (saved, reason) => {
			owed.answer = { saved, reason };
			while (this.#owed[0]?.answer) this.#answer((this.#owed.shift() as Required<Owed>).answer as Answer);
		};
	}

	/** Asks for what the document lacks: at once, or a little later if that was just done. */
	ask(document: Y.Doc): void {
		if (this.#asking || this.#state !== 'open') return;
		const { questionEvery } = this.socket.limits;
		const pause = Math.max(0, this.#askedAt + questionEvery - performance.now());
		this.#asking = setTimeout(() => {
			this.#asking = null;
			this.#askedAt = performance.now();
			if (this.#state === 'open') this.socket.send(questionFrame(this.name, Y.encodeStateVector(document)));
		}, pause).unref();
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
				return this.#takeQuestion(bytes);
			case 'content':
				return this.socket.receive(this, frame.update, frame.isAnswer);
			case 'presence':
				return this.#presence?.receive(frame.states);
			case 'note':
				return this.socket.hear(this, frame.payload);
			case 'leave':
				return this.connection?.close({ code: 1000, reason: '' });
			case 'auth':
			case 'ignored':
				return;
			default:
				return frame satisfies never;
		}
	}

	/** An answer may weigh as much as the document: one at a time, the newest question last. */
	#takeQuestion(bytes: Uint8Array): void {
		this.#question = bytes;
		const pause = this.#answeredAt + this.socket.limits.questionEvery - performance.now();
		if (pause <= 0) return this.#answerQuestion();
		this.#answering ??= setTimeout(() => this.#answerQuestion(), pause).unref();
	}

	#answerQuestion(): void {
		if (this.#answering) clearTimeout(this.#answering);
		this.#answering = null;
		if (!this.#question || this.#state !== 'open') return;
		this.#answeredAt = performance.now();
		this.socket.forward(this.#question);
		this.#question = null;
	}

	#answer({ saved, reason }: Answer): void {
		if (this.#state !== 'open') return;
		if (reason !== undefined) this.note(JSON.stringify({ type: 'refus', raison: reason }));
		this.socket.send(statusFrame(this.name, saved));
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
		this.#presence?.close();
		for (const timer of [this.#asking, this.#answering]) if (timer) clearTimeout(timer);
		this.#release(this.#held.splice(0));
		this.socket.removeLine(this);
	}
}

/** Of a seat, the others are told that somebody of the table is there, never which one. */
function identityOf({ compteId, nom, organisme }: Person) {
	return { compteId: isSiege(compteId) ? 'siege' : compteId, nom, organisme };
}
