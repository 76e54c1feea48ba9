import * as Y from 'yjs';

/** A run of clocks of one client id. */
export interface Range {
	client: number;
	from: number;
	/** Excluded. */
	to: number;
}

/**
 * Text that disappeared though nobody who saw it deleted it: it was written in a passage (a paragraph, a cell…) that someone
 * else was deleting. Its characters, by the clocks of the client id that wrote them.
 */
export interface Rescue extends Range {
	texte: string;
}

/** Its name on the device and in a list. */
export function keyOf({ client, from }: Range): string {
	return `${client}:${from}`;
}

type Struct = Y.Item | Y.GC;

/** What was there, and went with what holds it, in a transaction that is not cleaned up yet: nothing that came in names it. */
export function textGone({ doc, deleteSet }: Y.Transaction, named: Ranges): Rescue[] {
	const gone: Rescue[] = [];
	for (const [client, deletions] of deleteSet.clients)
		for (const { clock, len } of deletions)
			for (const range of named.without({ client, from: clock, to: clock + len })) gone.push(...textIn(doc, range));
	return gone;
}

/** What a change deletes by name. */
export function deletedIn(update: Uint8Array): Range[] {
	return [...Y.decodeUpdate(update).ds.clients].flatMap(([client, deletions]) =>
		deletions.map(({ clock, len }) => ({ client, from: clock, to: clock + len }))
	);
}

/** The characters that a range of deleted items still holds. */
function textIn(doc: Y.Doc, { client, from, to }: Range): Rescue[] {
	const found: Rescue[] = [];
	for (const struct of structsIn(doc, { client, from, to })) {
		if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
		const { clock } = struct.id;
		const whole = { client, from: clock, to: clock + struct.length, texte: struct.content.str };
		found.push(partOf(whole, { client, from: Math.max(from, whole.from), to: Math.min(to, whole.to) }));
	}
	return found;
}

/** The parts of a range whose structs are of a kind. */
export function partsOf(doc: Y.Doc, { client, from, to }: Range, isMeant: (struct: Struct) => boolean): Range[] {
	const parts: Range[] = [];
	for (const struct of structsIn(doc, { client, from, to })) {
		if (!isMeant(struct)) continue;
		const { clock } = struct.id;
		const last = parts.at(-1);
		const end = Math.min(to, clock + struct.length);
		if (last?.to === clock) last.to = end;
		else parts.push({ client, from: Math.max(from, clock), to: end });
	}
	return parts;
}

/** What a transaction has brought. */
export function newIn({ beforeState, afterState }: Y.Transaction): Range[] {
	return [...afterState].map(([client, to]) => ({ client, from: beforeState.get(client) ?? 0, to }));
}

export function* structsIn(doc: Y.Doc, { client, from, to }: Range): Generator<Struct> {
	const structs = doc.store.clients.get(client);
	if (!structs || from >= Y.getState(doc.store, client)) return;
	for (let i = Y.findIndexSS(structs, from); i < structs.length; i++) {
		const struct = structs[i] as Struct;
		if (struct.id.clock >= to) return;
		yield struct;
	}
}

/** Of a rescue, the characters of some of its clocks. */
export function partOf(rescue: Rescue, { from, to }: Range): Rescue {
	return { client: rescue.client, from, to, texte: rescue.texte.slice(from - rescue.from, to - rescue.from) };
}

/** Characters that follow one another were typed one after the other. */
export function joinRescues(rescues: Rescue[]): Rescue[] {
	rescues.sort((a, b) => a.client - b.client || a.from - b.from);
	const whole: Rescue[] = [];
	for (const rescue of rescues) {
		const last = whole.at(-1);
		if (last?.client !== rescue.client || last.to < rescue.from) whole.push({ ...rescue });
		else if (last.to < rescue.to) {
			last.texte += rescue.texte.slice(last.to - rescue.from);
			last.to = rescue.to;
		}
	}
	return whole;
}

/** Ranges of clocks, by client id. */
export class Ranges {
	readonly #byClient = new Map<number, Range[]>();

	constructor(ranges: readonly Range[]) {
		for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
			const own = this.#byClient.get(range.client);
			if (own) own.push(range);
			else this.#byClient.set(range.client, [range]);
		}
	}

	/** The parts of a range that are not among these. */
	without({ client, from, to }: Range): Range[] {
		const rest: Range[] = [];
		let start = from;
		for (const range of this.#byClient.get(client) ?? []) {
			if (range.to <= start) continue;
			if (range.from >= to) break;
			if (range.from > start) rest.push({ client, from: start, to: range.from });
			start = range.to;
		}
		if (start < to) rest.push({ client, from: start, to });
		return rest;
	}
}
