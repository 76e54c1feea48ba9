import * as Y from 'yjs';
import type { OpenDocument } from './open-document.ts';
import { elementOf, placeOf, SHAPES, type Elements, type Entries, type Formats } from './shapes.ts';
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
	/** Its places by key (of an element, its attributes); null: it has none. */
	entries: Entries | null;
	/** What stands in it one after the other; null: nothing. */
	sequence: Sequence | null;
	depth: number;
}

export type Sequence =
	/** Characters, with these formats. */
	| { type: 'text'; formats: Formats }
	/** Elements, and text with these formats where there are any. */
	| { type: 'elements'; elements: Elements; formats: Formats | null };

const NO_FORMATS: Formats = {};

/** Where a struct stands: under a key, or in a sequence. */
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
		const root = shape[name] as Entries | { prose: Elements };
		return 'prose' in root ? proseHolder(root.prose, 0) : { entries: root, sequence: null, depth: 0 };
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
		const parent = this.#holderOf(item.parent as SharedType);
		const holder = holderIn(parent, item.parentSub, kindOf(type), type instanceof Y.XmlElement ? type.nodeName : null);
		if (!holder) throw new Faulty('shape');
		return holder;
	}
}

/** The shared types that a shape can name, by the numbers that Yjs gives them. */
export const Y_TYPES = { map: 1, text: 2, element: 3, fragment: 4, xmlText: 6 } as const;
export type YType = keyof typeof Y_TYPES;

/** What a shared type would be in a place; undefined when it may not stand there. */
export function holderIn(
	parent: Holder,
	key: string | null,
	type: YType | null,
	name: string | null
): Holder | undefined {
	const depth = parent.depth + 1;
	if (key !== null) {
		const place = parent.entries ? placeOf(parent.entries, key) : undefined;
		if (type === 'map' && place?.map) return { entries: place.map, sequence: null, depth };
		if (type === 'text' && place?.text) return textHolder(NO_FORMATS, depth);
		if (type === 'fragment' && place?.prose) return proseHolder(place.prose, depth);
		return undefined;
	}
	const { sequence } = parent;
	if (sequence?.type !== 'elements') return undefined;
	if (type === 'xmlText' && sequence.formats) return textHolder(sequence.formats, depth);
	const element = type === 'element' ? elementOf(sequence.elements, name) : undefined;
	if (!element) return undefined;
	const { attributes, children, formats = null } = element;
	return { entries: attributes, sequence: { type: 'elements', elements: children, formats }, depth };
}

function textHolder(formats: Formats, depth: number): Holder {
	return { entries: null, sequence: { type: 'text', formats }, depth };
}

function proseHolder(elements: Elements, depth: number): Holder {
	return { entries: null, sequence: { type: 'elements', elements, formats: null }, depth };
}

function kindOf(type: SharedType): YType | null {
	if (type instanceof Y.XmlText) return 'xmlText';
	if (type instanceof Y.Text) return 'text';
	if (type instanceof Y.Map) return type instanceof Y.XmlHook ? null : 'map';
	if (type instanceof Y.XmlElement) return 'element';
	return type instanceof Y.XmlFragment ? 'fragment' : null;
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
