// A light client of the collaboration socket, for tests: the standard protocol, and every acknowledgement counted.
import { once } from 'node:events';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { DeviceRescues } from '#lib/collaboration/device-rescues.ts';
import { readAnswer, writeRescue, writeUnseen } from '#lib/collaboration/rescue-note.ts';
import { keyOf, type Rescue } from '#lib/collaboration/rescue.ts';
import { Unseen } from '#lib/collaboration/unseen.ts';

export interface LiveClientOptions {
	/** `ws://127.0.0.1:1234/collaboration` */
	url: string;
	name: string;
	/** `copacte_session=…` */
	cookie?: string;
	/** The server's own by default; null sends none. */
	origin?: string | null;
	doc?: Y.Doc;
	/** Comes back by itself after each cut. */
	reconnect?: boolean;
	/** Milliseconds. */
	comeBackAfter?: number;
	/** Never asks to be let in. */
	silent?: boolean;
	/** Updates that it sends before anything else, as a key that overtakes the sync. */
	beforeSync?: readonly Uint8Array[];
	/** What its device keeps of words that went with their passage: the next tab on it finds them. */
	device?: Map<string, Rescue>;
	/** Carries its frames; without one they go as fast as they can. */
	network?: Network;
}

/** What lies between a client and the server: it may hold frames back, in order, and lose what is under way when it is cut. */
export interface Network {
	carry(direction: 'out' | 'in', deliver: () => void): void;
	cut(): void;
}

export interface Presence {
	compteId: string;
	nom: string;
	organisme: string;
	champ: string | null;
}

const REMOTE = { remote: true };
const COME_BACK_AFTER = 50;

/** One person's tab on one document. */
export class LiveClient {
	readonly doc: Y.Doc;
	readonly presence = new Map<number, Presence | null>();
	/** Other documents that it asked for, and was refused. */
	readonly refusedAddresses = new Set<string>();
	/** Messages about who is there. */
	presenceFrames = 0;
	/** Everything that the server said beside the content. */
	readonly notes: string[] = [];
	/** 'read-write' or 'readonly', once let in. */
	scope: string | null = null;
	denied: string | null = null;
	closed: { code: number; reason: string } | null = null;
	/** Answers to the content frames, in order: durable or not. */
	readonly answers: boolean[] = [];
	/** Content frames received, in bytes. */
	readonly received: number[] = [];
	synced = false;
	/** How often the server asked what it lacks. */
	asked = 0;
	readonly #options: LiveClientOptions;
	readonly #watchers = new Set<() => void>();
	readonly #device: Map<string, Rescue>;
	readonly #rescues = new DeviceRescues({
		keep: (rescues) => rescues.forEach((rescue) => this.#device.set(keyOf(rescue), rescue)),
		drop: (rescues) => rescues.forEach((rescue) => this.#device.delete(keyOf(rescue))),
		post: (rescue) => this.say(writeRescue(rescue))
	});
	readonly #unseen = new Unseen({ keep: () => undefined, drop: () => undefined });
	#ws: WebSocket | null = null;
	#wanted = true;
	/** Content frames of this connection that wait for their answer: how many edits each covers. */
	#inFlight: number[] = [];
	#edits = 0;
	#covered = 0;
	#hasAnswered = false;
	#presenceClock = 0;
	#incoming: readonly Uint8Array[] = [];

	constructor(options: LiveClientOptions) {
		this.#options = options;
		this.doc = options.doc ?? new Y.Doc();
		this.#device = options.device ?? new Map<string, Rescue>();
		this.#rescues.restore([...this.#device.values()]);
		this.doc.on('afterTransaction', (transaction: Y.Transaction) => {
			if (transaction.origin !== REMOTE) return;
			this.#unseen.watch(transaction, this.#incoming);
			const arrival = { updates: this.#incoming, isFromServer: true, isSent: this.#hasAnswered };
			this.#rescues.watch(transaction, arrival);
		});
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin === REMOTE) return;
			this.#edits++;
			if (this.#hasAnswered) this.sendUpdate(update);
		});
		this.connect();
	}

	/** How many of its own edits, the first ones, are acknowledged as durable. */
	get acknowledged(): number {
		return this.#covered;
	}

	get edits(): number {
		return this.#edits;
	}

	get isOpen(): boolean {
		return this.#ws?.readyState === WebSocket.OPEN;
	}

	connect(): void {
		if (this.#ws) return;
		this.#wanted = true;
		const { url, cookie, origin = `http://${new URL(url).host}` } = this.#options;
		const headers: Record<string, string> = {};
		if (cookie) headers.cookie = cookie;
		if (origin !== null) headers.origin = origin;
		const ws = new WebSocket(url, { headers, perMessageDeflate: false });
		this.#ws = ws;
		this.closed = null;
		ws.on('open', () => {
			if (this.#options.silent) return;
			this.send(2, (encoder) => {
				encoding.writeVarUint(encoder, 0);
				encoding.writeVarString(encoder, '');
			});
			for (const update of this.#options.beforeSync ?? []) this.sendUpdate(update);
			this.ask();
		});
		ws.on('message', (data: Buffer) => this.#carry('in', () => ws === this.#ws && this.#receive(new Uint8Array(data))));
		ws.on('error', () => undefined);
		ws.on('close', (code, reason) => this.#onClose(ws, code, reason.toString()));
	}

	/** Sends our state vector: the server answers with what we lack, and asks the same. */
	ask(doc: Y.Doc = this.doc): void {
		this.#sync(0, Y.encodeStateVector(doc));
	}

	/** An update, as the provider sends one. */
	sendUpdate(update: Uint8Array): void {
		this.#inFlight.push(this.#edits);
		this.#sync(2, update);
	}

	/** An update that may have arrived already: its answer says nothing about other edits. */
	repeat(update: Uint8Array): void {
		this.#inFlight.push(0);
		this.#sync(2, update);
	}

	/** Content by any message and address; expects an answer for each that is ours. */
	sendContent(type: number, step: number, update: Uint8Array, address = this.#options.name): void {
		if (address === this.#options.name) this.#inFlight.push(this.#edits);
		const encoder = encoding.createEncoder();
		encoding.writeVarString(encoder, address);
		encoding.writeVarUint(encoder, type);
		encoding.writeVarUint(encoder, step);
		encoding.writeVarUint8Array(encoder, update);
		this.sendBytes(encoding.toUint8Array(encoder));
	}

	/** A frame of any type to this document. */
	send(type: number, write: (encoder: encoding.Encoder) => void = () => undefined): void {
		const encoder = encoding.createEncoder();
		encoding.writeVarString(encoder, this.#options.name);
		encoding.writeVarUint(encoder, type);
		write(encoder);
		this.sendBytes(encoding.toUint8Array(encoder));
	}

	/** A word beside the content. */
	say(payload: string): void {
		this.send(5, (encoder) => encoding.writeVarString(encoder, payload));
	}

	sendBytes(bytes: Uint8Array): void {
		const ws = this.#ws;
		if (this.isOpen) this.#carry('out', () => ws?.readyState === WebSocket.OPEN && ws.send(bytes));
	}

	sendPresence(state: unknown, client = this.doc.clientID, clock = ++this.#presenceClock): void {
		const inner = encoding.createEncoder();
		encoding.writeVarUint(inner, 1);
		encoding.writeVarUint(inner, client);
		encoding.writeVarUint(inner, clock);
		encoding.writeVarString(inner, JSON.stringify(state));
		this.send(1, (encoder) => encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner)));
	}

	/** The network goes; the client comes back by itself if it was told to. */
	cut(): void {
		this.#ws?.terminate();
	}

	/** Does not read what comes, until it is told to. */
	pause(): void {
		this.#ws?.pause();
	}

	resume(): void {
		this.#ws?.resume();
	}

	/** A text message, or a piece of one that does not end. */
	sendRaw(data: string | Uint8Array, options: { fin?: boolean } = {}): void {
		if (this.isOpen) this.#ws?.send(data, options);
	}

	/** Leaves for good. */
	close(): void {
		this.#wanted = false;
		this.#ws?.terminate();
	}

	/** Resolves once the condition holds; it is looked at whenever something happens to this client. */
	until(condition: () => boolean, what = condition.toString()): Promise<void> {
		if (condition()) return Promise.resolve();
		return new Promise((resolve, reject) => {
			const limit = setTimeout(() => {
				this.#watchers.delete(look);
				reject(new Error(`Waited in vain: ${what}`));
			}, 15_000);
			const look = () => {
				if (!condition()) return;
				clearTimeout(limit);
				this.#watchers.delete(look);
				resolve();
			};
			this.#watchers.add(look);
			this.doc.on('update', look);
		});
	}

	/** Resolves once everything that it wrote so far is acknowledged, words that went with their passage included. */
	saved(): Promise<void> {
		const edits = this.#edits;
		const isSaved = () => this.synced && this.#covered >= edits && this.#rescues.pending === 0;
		return this.until(isSaved, 'its edits are acknowledged');
	}

	ready(): Promise<void> {
		return this.until(() => this.synced, 'first sync');
	}

	/** Resolves when the socket is open, before the server has let anyone in. */
	async opened(): Promise<void> {
		if (this.#ws && !this.isOpen) await once(this.#ws, 'open');
	}

	#carry(direction: 'out' | 'in', deliver: () => void): void {
		const { network } = this.#options;
		if (network) network.carry(direction, deliver);
		else deliver();
	}

	#sync(step: number, payload: Uint8Array): void {
		this.send(0, (encoder) => {
			encoding.writeVarUint(encoder, step);
			encoding.writeVarUint8Array(encoder, payload);
		});
	}

	#receive(bytes: Uint8Array): void {
		if (bytes.length === 1) return this.sendBytes(Uint8Array.of(10));
		const decoder = decoding.createDecoder(bytes);
		const address = decoding.readVarString(decoder);
		if (address !== this.#options.name) {
			if (decoding.readVarUint(decoder) === 2) this.refusedAddresses.add(address);
			return;
		}
		const type = decoding.readVarUint(decoder);
		if (type === 0 || type === 4) this.#receiveSync(decoder);
		else if (type === 1) this.#receivePresence(decoding.createDecoder(decoding.readVarUint8Array(decoder)));
		else if (type === 2) this.#receiveAuth(decoder);
		else if (type === 5) this.#receiveNote(decoding.readVarString(decoder));
		else if (type === 8) this.#receiveAnswer(decoding.readVarUint(decoder) === 1);
		this.#look();
	}

	#receiveSync(decoder: decoding.Decoder): void {
		const step = decoding.readVarUint(decoder);
		const payload = decoding.readVarUint8Array(decoder);
		if (step === 0) {
			this.asked++;
			if (this.#unseen.ranges.length > 0) this.say(writeUnseen(this.#unseen.ranges));
			this.#inFlight.push(this.#edits);
			this.#hasAnswered = true;
			this.#sync(1, Y.encodeStateAsUpdate(this.doc, payload));
			return;
		}
		this.received.push(payload.length);
		this.#incoming = [payload];
		Y.applyUpdate(this.doc, payload, REMOTE);
		if (step === 1) this.synced = true;
	}

	#receivePresence(decoder: decoding.Decoder): void {
		this.presenceFrames++;
		for (let count = decoding.readVarUint(decoder); count > 0; count--) {
			const client = decoding.readVarUint(decoder);
			decoding.readVarUint(decoder);
			const state = JSON.parse(decoding.readVarString(decoder)) as Presence | null;
			if (state) this.presence.set(client, state);
			else this.presence.delete(client);
		}
	}

	#receiveAuth(decoder: decoding.Decoder): void {
		const kind = decoding.readVarUint(decoder);
		if (kind === 1) this.denied = decoding.readVarString(decoder);
		if (kind === 2) this.scope = decoding.readVarString(decoder);
	}

	#receiveNote(payload: string): void {
		this.notes.push(payload);
		const answer = readAnswer(payload);
		if (answer) this.#rescues.hear(answer);
	}

	#receiveAnswer(saved: boolean): void {
		this.answers.push(saved);
		const covers = this.#inFlight.shift() ?? 0;
		if (!saved) return;
		this.#covered = Math.max(this.#covered, covers);
		if (!this.#hasAnswered || this.#inFlight.length > 0) return;
		this.#unseen.settle();
		this.#rescues.settle();
	}

	#onClose(ws: WebSocket, code: number, reason: string): void {
		if (this.#ws !== ws) return;
		this.#ws = null;
		this.#options.network?.cut();
		this.closed = { code, reason };
		this.synced = false;
		this.scope = null;
		this.#hasAnswered = false;
		this.#inFlight = [];
		this.#rescues.cut();
		this.#look();
		const isFinal = code >= 4400 && code < 4500;
		if (this.#options.reconnect && this.#wanted && !isFinal)
			setTimeout(() => this.#wanted && this.connect(), this.#options.comeBackAfter ?? COME_BACK_AFTER);
	}

	#look(): void {
		for (const look of [...this.#watchers]) look();
	}
}
