import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

/** A run of clocks of one client id. */
export interface Range {
	client: number;
	from: number;
	/** Excluded. */
	to: number;
}

/** What an update holds, read without applying it. */
export interface UpdateContent {
	written: Range[];
	deleted: Range[];
}

/** Reads an update without applying it anywhere; throws when it is not one. Reads lazily: a lie about a size costs nothing. */
export function readUpdate(update: Uint8Array): UpdateContent {
	const { structs, ds } = Y.decodeUpdate(update);
	const written: Range[] = [];
	for (const struct of structs) {
		if (struct instanceof Y.Skip) continue;
		const { client, clock } = struct.id;
		const last = written.at(-1);
		if (last?.client === client && last.to === clock) last.to += struct.length;
		else written.push({ client, from: clock, to: clock + struct.length });
	}
	const deleted: Range[] = [];
	for (const [client, items] of ds.clients)
		for (const { clock, len } of items) deleted.push({ client, from: clock, to: clock + len });
	return { written, deleted };
}

/**
 * What an update brings that the document lacks; null when it brings nothing. A client that comes back sends every
 * deletion that it knows of, other people's included: only what is new is kept, so that the log says who deleted what.
 */
export function newsOf(doc: Y.Doc, update: Uint8Array, content: UpdateContent): Uint8Array | null {
	const isNew = content.written.some(({ client, to }) => to > Y.getState(doc.store, client));
	const deleted = content.deleted.flatMap((range) => stillThere(doc, range));
	if (!isNew && deleted.length === 0) return null;
	if (lengthOf(deleted) === lengthOf(content.deleted)) return update;
	return withDeletions(Y.diffUpdate(update, Y.encodeStateVector(doc)), deleted);
}

function lengthOf(ranges: readonly Range[]): number {
	return ranges.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** The parts of a range that the document has not deleted, or does not know yet. */
function stillThere(doc: Y.Doc, { client, from, to }: Range): Range[] {
	const structs = doc.store.clients.get(client) ?? [];
	const known = Y.getState(doc.store, client);
	const parts: Range[] = [];
	const keep = (start: number, end: number) => {
		const last = parts.at(-1);
		if (last?.to === start) last.to = end;
		else parts.push({ client, from: start, to: end });
	};
	if (from < known) {
		for (let i = Y.findIndexSS(structs, from); i < structs.length; i++) {
			const struct = structs[i] as Y.Item | Y.GC;
			const { clock } = struct.id;
			if (clock >= to) break;
			if (!struct.deleted) keep(Math.max(from, clock), Math.min(to, clock + struct.length));
		}
	}
	if (to > known) keep(Math.max(from, known), to);
	return parts;
}

/** The same structs with other deletions: an update ends with them. */
function withDeletions(update: Uint8Array, deleted: readonly Range[]): Uint8Array {
	const before = encodeDeletions(readUpdate(update).deleted);
	const structs = update.subarray(0, update.length - before.length);
	const after = encodeDeletions(deleted);
	const result = new Uint8Array(structs.length + after.length);
	result.set(structs);
	result.set(after, structs.length);
	return result;
}

/** As Yjs writes them: by client, the highest id first. */
function encodeDeletions(ranges: readonly Range[]): Uint8Array {
	const byClient = Map.groupBy(ranges, ({ client }) => client);
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, byClient.size);
	for (const [client, own] of [...byClient].sort(([a], [b]) => b - a)) {
		encoding.writeVarUint(encoder, client);
		encoding.writeVarUint(encoder, own.length);
		for (const { from, to } of own) {
			encoding.writeVarUint(encoder, from);
			encoding.writeVarUint(encoder, to - from);
		}
	}
	return encoding.toUint8Array(encoder);
}
