import {
	Faulty,
	holderIn,
	structAt,
	Y_TYPES,
	type Fault,
	type Ground,
	type Holder,
	type Landed,
	type Sequence,
	type Spot,
	type YType
} from './ground.ts';
import type { Limits } from './limits.ts';
import { placeOf, type Place } from './shapes.ts';
import type { Id, Struct, UpdateContent } from './update-reader.ts';

const TYPE_OF = new Map<number, YType>(Object.entries(Y_TYPES).map(([type, ref]) => [ref, type as YType]));

export type Landing =
	/** Every struct finds its predecessors and its place. */
	| { landed: Landed[] }
	/** What the update needs, and nobody has. */
	| { missing: Id }
	| { fault: Fault };

export interface LandingOptions {
	limits: Limits;
	/** Whether what only the server makes may come back from someone's copy. */
	mayRestore: boolean;
}

/** The structs of one client id, and how far they have landed. */
interface Lane {
	client: number;
	structs: readonly Struct[];
	next: number;
	clock: number;
	/** What it waits for that is not in the update either. */
	missing: Id | null;
}

/**
 * Lets the new structs of an update fall into place without applying it, in an order that Yjs could apply them in: each
 * one after what it refers to. So nothing that passes can stay pending in the document, or make Yjs throw.
 */
export function land(content: UpdateContent, ground: Ground, options: LandingOptions): Landing {
	try {
		return new Flight(content, ground, options).land();
	} catch (error) {
		if (error instanceof Faulty) return { fault: error.fault };
		throw error;
	}
}

class Flight {
	readonly #content: UpdateContent;
	readonly #ground: Ground;
	readonly #options: LandingOptions;
	readonly #lanes = new Map<number, Lane>();
	readonly #landed: Landed[] = [];
	readonly #byStruct = new Map<Struct, Landed>();
	/** Lanes that wait for a struct of another one. */
	readonly #waiting = new Map<Struct, Lane[]>();

	constructor(content: UpdateContent, ground: Ground, options: LandingOptions) {
		this.#content = content;
		this.#ground = ground;
		this.#options = options;
		for (const [client, structs] of content.structs)
			this.#lanes.set(client, { client, structs, next: 0, clock: ground.clockOf(client), missing: null });
	}

	land(): Landing {
		const ready = [...this.#lanes.values()];
		for (let lane = ready.pop(); lane; lane = ready.pop()) this.#advance(lane, ready);
		const stuck = [...this.#lanes.values()].filter(({ next, structs }) => next < structs.length);
		const missing = stuck.find((lane) => lane.missing)?.missing ?? this.#missingDeletion();
		if (missing) return { missing };
		// They wait for each other.
		if (stuck.length > 0) return { fault: 'malformed' };
		return { landed: this.#landed };
	}

	/** As far as it goes; lanes that waited for it become ready. */
	#advance(lane: Lane, ready: Lane[]): void {
		for (; lane.next < lane.structs.length; lane.next++) {
			const struct = lane.structs[lane.next] as Struct;
			if (struct.to <= lane.clock || struct.content.kind === 'skip') continue;
			const needed = struct.from > lane.clock ? { client: lane.client, clock: struct.from - 1 } : this.#needs(struct);
			if (needed) return this.#wait(lane, needed);
			this.#place(struct);
			lane.clock = struct.to;
			ready.push(...(this.#waiting.get(struct) ?? []));
			this.#waiting.delete(struct);
		}
	}

	/** The first of what a struct refers to that is not there yet. */
	#needs(struct: Struct): Id | null {
		for (const id of [struct.left, struct.right, struct.parent]) {
			if (id === null || typeof id === 'string') continue;
			if (id.client === struct.client) {
				if (id.clock >= struct.from) throw new Faulty('malformed');
			} else if (id.clock >= this.#clockOf(id.client)) return id;
		}
		return null;
	}

	#wait(lane: Lane, needed: Id): void {
		const other = needed.client === lane.client ? undefined : this.#lanes.get(needed.client);
		const struct = other && structAt(other.structs, needed.clock);
		if (!struct || struct.content.kind === 'skip') lane.missing = needed;
		else if (this.#waiting.has(struct)) this.#waiting.get(struct)?.push(lane);
		else this.#waiting.set(struct, [lane]);
	}

	#clockOf(client: number): number {
		return this.#lanes.get(client)?.clock ?? this.#ground.clockOf(client);
	}

	#missingDeletion(): Id | null {
		for (const { client, to } of this.#content.deleted)
			if (to > this.#clockOf(client)) return { client, clock: to - 1 };
		return null;
	}

	#place(struct: Struct): void {
		const spot = struct.content.kind === 'gc' ? null : this.#spotFor(struct);
		const holder = spot && this.#admitAt(struct, spot);
		if (struct.content.kind === 'other') throw new Faulty('shape');
		const landed = { ...struct, spot, holder };
		this.#landed.push(landed);
		this.#byStruct.set(struct, landed);
	}

	/** As Yjs does: beside its neighbours, if it has any; null when those are gone, and it with them. */
	#spotFor({ left, right, parent, key }: Struct): Spot | null {
		if (left || right) {
			const spots = [left, right].filter((id) => id !== null).map((id) => this.#spotOf(id));
			return spots.includes(null) ? null : (spots[0] as Spot);
		}
		if (typeof parent === 'string') return { holder: this.#ground.root(parent), key };
		const holder = this.#holderAt(parent as Id);
		return holder && { holder, key };
	}

	#spotOf(id: Id): Spot | null {
		const own = this.#landedAt(id);
		return own ? own.spot : this.#ground.spotOf(id);
	}

	#holderAt(id: Id): Holder | null {
		const own = this.#landedAt(id);
		return own ? own.holder : this.#ground.holderAt(id);
	}

	#landedAt({ client, clock }: Id): Landed | undefined {
		const struct = structAt(this.#lanes.get(client)?.structs ?? [], clock);
		return struct && this.#byStruct.get(struct);
	}

	/** Throws when the struct may not stand there; gives what it holds when it is a shared type. */
	#admitAt({ content }: Struct, { holder, key }: Spot): Holder | null {
		if (key === null) return this.#admitIn(holder, content);
		const { limits, mayRestore } = this.#options;
		const { entries } = holder;
		const place = entries === null || key.length > limits.key ? undefined : placeOf(entries, key);
		if (!place || (entries?.isFixed && !mayRestore)) throw new Faulty('shape');
		if (content.kind === 'deleted') return null;
		if (content.kind === 'values') {
			// Several: someone set the key again and again, and Yjs made one piece of it.
			if (!content.values.every((value) => isValue(value, place.value))) throw new Faulty('shape');
			return null;
		}
		return this.#typeAt(content, holder, key);
	}

	/** In a sequence: characters and their formats in a text, elements and texts in prose. */
	#admitIn(holder: Holder, content: Struct['content']): Holder | null {
		const { sequence } = holder;
		if (!sequence) throw new Faulty('shape');
		if (content.kind === 'deleted') return null;
		if (sequence.type === 'elements') return this.#typeAt(content, holder, null);
		if (content.kind !== 'text' && !isFormat(content, sequence)) throw new Faulty('shape');
		return null;
	}

	#typeAt(content: Struct['content'], parent: Holder, key: string | null): Holder {
		if (parent.depth >= this.#options.limits.depth) throw new Faulty('depth');
		const type = content.kind === 'type' ? TYPE_OF.get(content.ref) : undefined;
		const holder = type && content.kind === 'type' ? holderIn(parent, key, type, content.name) : undefined;
		if (!holder) throw new Faulty('shape');
		return holder;
	}
}

function isFormat(content: Struct['content'], { formats }: Sequence & { type: 'text' }): boolean {
	if (content.kind !== 'format' || !Object.hasOwn(formats, content.key)) return false;
	return content.value === null || formats[content.key]?.(content.value) === true;
}

function isValue(value: unknown, type: Place['value']): boolean {
	return type === 'number' ? Number.isFinite(value) : type === 'string' && typeof value === 'string';
}
