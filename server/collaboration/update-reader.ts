import * as decoding from 'lib0/decoding';
import type { Range } from '#lib/collaboration/rescue.ts';

export interface Id {
	client: number;
	clock: number;
}

/** What a struct holds, as far as it has to be judged. */
export type Content =
	/** Never was text that anyone can read: collected, or deleted before it left. */
	| { kind: 'gc' | 'deleted' }
	/** Nothing: a hole between two structs. */
	| { kind: 'skip' }
	| { kind: 'text'; text: string }
	| { kind: 'values'; values: unknown[] }
	/** A shared type; `name` is that of an XML element. */
	| { kind: 'type'; ref: number; name: string | null }
	/** The beginning or the end of a format in a text. */
	| { kind: 'format'; key: string; value: unknown }
	/** Embeds, bytes, documents within documents, the JSON of old. */
	| { kind: 'other' };

/** One piece of an update. */
export interface Struct extends Range {
	content: Content;
	/** Its neighbours when it was written. */
	left: Id | null;
	right: Id | null;
	/** Where it stands, if no neighbour says so: a shared type, or the name of a root. */
	parent: Id | string | null;
	/** Its key, when it stands in a map. */
	key: string | null;
}

/** What an update holds, read without applying it. */
export interface UpdateContent {
	/** In the order of their clocks, by client id. */
	structs: Map<number, Struct[]>;
	deleted: Range[];
	/** Where the deletions begin. */
	deletedAt: number;
}

/** Why an update is none. */
export class UnreadableUpdate extends Error {
	readonly reason: 'malformed' | 'tooMany';
	constructor(reason: 'malformed' | 'tooMany', cause?: unknown) {
		super(reason, { cause });
		this.name = 'UnreadableUpdate';
		this.reason = reason;
	}
}

const HAS_LEFT = 0b1000_0000;
const HAS_RIGHT = 0b0100_0000;
const HAS_KEY = 0b0010_0000;
const KIND = 0b0001_1111;

const SKIP = 10;
const XML_ELEMENT = 3;
const XML_HOOK = 5;

/**
 * Reads an update (V1) in one pass, piece by piece as the bytes come: a lie about a number or a size costs nothing, and no
 * Yjs type, document or prototype is made of what came in. Stricter than Yjs: nothing empty, no client id twice, no rest.
 */
export function readUpdate(update: Uint8Array, mostStructs = Infinity): UpdateContent {
	try {
		return new UpdateReader(update, mostStructs).read();
	} catch (error) {
		throw error instanceof UnreadableUpdate ? error : new UnreadableUpdate('malformed', error);
	}
}

class UpdateReader {
	readonly #decoder: decoding.Decoder;
	readonly #mostStructs: number;
	#count = 0;

	constructor(update: Uint8Array, mostStructs: number) {
		this.#decoder = decoding.createDecoder(update);
		this.#mostStructs = mostStructs;
	}

	read(): UpdateContent {
		const structs = new Map<number, Struct[]>();
		for (let clients = this.#number(); clients > 0; clients--) {
			const count = this.#number();
			const client = this.#number();
			if (structs.has(client)) throw new UnreadableUpdate('malformed');
			structs.set(client, this.#structs(client, count));
		}
		const deletedAt = this.#decoder.pos;
		const deleted = this.#deleted();
		if (decoding.hasContent(this.#decoder)) throw new UnreadableUpdate('malformed');
		return { structs, deleted, deletedAt };
	}

	#structs(client: number, count: number): Struct[] {
		const structs: Struct[] = [];
		let clock = this.#number();
		for (let i = 0; i < count; i++) {
			if (++this.#count > this.#mostStructs) throw new UnreadableUpdate('tooMany');
			const struct = this.#struct(client, clock);
			if (struct.to <= clock || !Number.isSafeInteger(struct.to)) throw new UnreadableUpdate('malformed');
			structs.push(struct);
			clock = struct.to;
		}
		return structs;
	}

	#struct(client: number, from: number): Struct {
		const info = decoding.readUint8(this.#decoder);
		if (info === SKIP) return emptyStruct(client, from, from + this.#number(), 'skip');
		const kind = info & KIND;
		if (kind === 0) return emptyStruct(client, from, from + this.#number(), 'gc');
		const left = info & HAS_LEFT ? this.#id() : null;
		const right = info & HAS_RIGHT ? this.#id() : null;
		const isPlaced = !left && !right;
		const parent = isPlaced ? (this.#number() === 1 ? this.#text() : this.#id()) : null;
		const key = isPlaced && info & HAS_KEY ? this.#text() : null;
		const { content, length } = this.#content(kind);
		return { client, from, to: from + length, content, left, right, parent, key };
	}

	/** By the numbers that Yjs gives them. */
	#content(kind: number): { content: Content; length: number } {
		switch (kind) {
			case 1:
				return { content: { kind: 'deleted' }, length: this.#number() };
			case 2:
				return { content: { kind: 'other' }, length: this.#times(() => this.#json()).length };
			case 3:
				return this.#other(() => decoding.readVarUint8Array(this.#decoder));
			case 4: {
				const text = this.#text();
				return { content: { kind: 'text', text }, length: text.length };
			}
			case 5:
				return this.#other(() => this.#json());
			case 6:
				return { content: { kind: 'format', key: this.#text(), value: this.#json() }, length: 1 };
			case 7: {
				const ref = this.#number();
				const name = ref === XML_ELEMENT || ref === XML_HOOK ? this.#text() : null;
				return { content: { kind: 'type', ref, name }, length: 1 };
			}
			case 8: {
				const values = this.#times(() => decoding.readAny(this.#decoder) as unknown);
				return { content: { kind: 'values', values }, length: values.length };
			}
			case 9:
				return this.#other(() => [this.#text(), decoding.readAny(this.#decoder)]);
			default:
				throw new UnreadableUpdate('malformed');
		}
	}

	#other(read: () => unknown): { content: Content; length: number } {
		read();
		return { content: { kind: 'other' }, length: 1 };
	}

	#times<T>(read: () => T): T[] {
		const values: T[] = [];
		for (let count = this.#number(); count > 0; count--) values.push(read());
		return values;
	}

	#deleted(): Range[] {
		const deleted: Range[] = [];
		for (let clients = this.#number(); clients > 0; clients--) {
			const client = this.#number();
			for (let count = this.#number(); count > 0; count--) {
				const from = this.#number();
				const to = from + this.#number();
				if (to <= from || !Number.isSafeInteger(to)) throw new UnreadableUpdate('malformed');
				deleted.push({ client, from, to });
			}
		}
		return deleted;
	}

	#number(): number {
		const number = decoding.readVarUint(this.#decoder);
		if (!Number.isSafeInteger(number)) throw new UnreadableUpdate('malformed');
		return number;
	}

	#text(): string {
		return decoding.readVarString(this.#decoder);
	}

	#json(): unknown {
		const json = this.#text();
		return json === 'undefined' ? undefined : JSON.parse(json);
	}

	#id(): Id {
		return { client: this.#number(), clock: this.#number() };
	}
}

function emptyStruct(client: number, from: number, to: number, kind: 'gc' | 'skip'): Struct {
	return { client, from, to, content: { kind }, left: null, right: null, parent: null, key: null };
}
