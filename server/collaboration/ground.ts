import * as Y from 'yjs';
import type { OpenDocument } from './open-document.ts';
import { placeOf, SHAPES, type Entries } from './shapes.ts';
import type { Id, Struct } from './update-reader.ts';

/** What an update does that its document does not allow. */
export type Fault = 'malformed' | 'shape' | 'depth';

export class Faulty extends Error {
	readonly fault: Fault;
	constructor(fault: Fault) {
		super(fault);
		this.name = 'Faulty';
		this.fault = fault;
	}
}

/** A shared type, as the shape sees it. */
export interface Holder {
	/** Its places; null: a text. */
	entries: Entries | null;
	depth: number;
}

/** Where a struct stands: in a map under a key, or in a text. */
export interface Spot {
	holder: Holder;
	key: string | null;
}

/** A struct that was let in, and is not durable yet or has just been judged. */
export interface Landed extends Struct {
	/** null: in something that is gone, where nothing shows. */
	spot: Spot | null;
	/** What it is itself, when it is a shared type. */
	holder: Holder | null;
}

/** What was let in and is on its way to the log: the next update is judged as if it were there. */
export class Coming {
	readonly #structs = new Map<number, Landed[]>();

	of(client: number): readonly Landed[] {
		return this.#structs.get(client) ?? [];
	}

	add(landed: Iterable<Landed>): void {
		for (const struct of landed) {
			const own = this.#structs.get(struct.client);
			if (own) own.push(struct);
			else this.#structs.set(struct.client, [struct]);
		}
	}

	/** Lets go of what the document holds by now. */
	settle(doc: Y.Doc): void {
		for (const [client, structs] of this.#structs) {
			const known = Y.getState(doc.store, client);
			const first = structs.findIndex(({ to }) => to > known);
			if (first < 0) this.#structs.delete(client);
			else if (first > 0) structs.splice(0, first);
		}
	}
}

type SharedType = Y.AbstractType<unknown>;

/** The places of shared types in memory: they never move. */
const holders = new WeakMap<SharedType, Holder>();

/** What an update falls on: the document in memory, and what is coming. */
export class Ground {
	readonly #open: OpenDocument;

	constructor(open: OpenDocument) {
		this.#open = open;
	}

	/** The first clock of a client id that is not known. */
	clockOf(client: number): number {
		const durable = Y.getState(this.#open.document.store, client);
		return Math.max(durable, this.#open.coming.of(client).at(-1)?.to ?? 0);
	}

	root(name: string): Holder {
		const shape = SHAPES[this.#open.kind];
		if (!Object.hasOwn(shape, name)) throw new Faulty('shape');
		return { entries: shape[name] as Entries, depth: 0 };
	}

	/** Where a known struct stands; null: it is gone. */
	spotOf(id: Id): Spot | null {
		const coming = structAt(this.#open.coming.of(id.client), id.clock);
		if (coming) return coming.spot;
		const item = this.#item(id);
		return item && { holder: this.#holderOf(item.parent as SharedType), key: item.parentSub };
	}

	/** The shared type that a known struct is; null: it is none, or gone. */
	holderAt(id: Id): Holder | null {
		const coming = structAt(this.#open.coming.of(id.client), id.clock);
		if (coming) return coming.holder;
		const content = this.#item(id)?.content;
		return content instanceof Y.ContentType ? this.#holderOf(content.type) : null;
	}

	#item({ client, clock }: Id): Y.Item | null {
		const structs = this.#open.document.store.clients.get(client);
		if (!structs) return null;
		const struct = structs[Y.findIndexSS(structs, clock)];
		return struct instanceof Y.Item ? struct : null;
	}

	#holderOf(type: SharedType): Holder {
		const known = holders.get(type);
		if (known) return known;
		const holder = this.#findHolder(type);
		holders.set(type, holder);
		return holder;
	}

	#findHolder(type: SharedType): Holder {
		const item = type._item;
		if (!item) {
			for (const [name, root] of this.#open.document.share) if (root === type) return this.root(name);
			throw new Faulty('shape');
		}
		const { entries, depth } = this.#holderOf(item.parent as SharedType);
		const place = entries && item.parentSub !== null ? placeOf(entries, item.parentSub) : undefined;
		if (type instanceof Y.Text && place?.text) return { entries: null, depth: depth + 1 };
		if (type instanceof Y.Map && place?.map) return { entries: place.map, depth: depth + 1 };
		throw new Faulty('shape');
	}
}

/** The struct that holds a clock, in structs ordered by their clocks. */
export function structAt<T extends Struct>(structs: readonly T[], clock: number): T | undefined {
	let [low, high] = [0, structs.length - 1];
	while (low <= high) {
		const middle = (low + high) >> 1;
		const struct = structs[middle] as T;
		if (clock < struct.from) high = middle - 1;
		else if (clock >= struct.to) low = middle + 1;
		else return struct;
	}
	return undefined;
}
