import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { Ranges, type Range } from '#lib/collaboration/rescue.ts';
import type { Ground } from './ground.ts';
import type { UpdateContent } from './update-reader.ts';

/** What is written in an update: neighbouring structs of a client id are joined. */
export function writtenIn({ structs }: UpdateContent): Range[] {
	const written: Range[] = [];
	for (const own of structs.values()) {
		for (const { client, from, to, content } of own) {
			if (content.kind === 'skip') continue;
			const last = written.at(-1);
			if (last?.client === client && last.to === from) last.to = to;
			else written.push({ client, from, to });
		}
	}
	return written;
}

/**
 * What an update brings that is not known; null when it brings nothing. A client that comes back sends every deletion
 * that it knows of, other people's included: only what is new is kept, so that the log says who deleted what. What they have not seen goes with
 * what holds it, and nobody is said to have deleted it.
 */
export function newsOf(
	doc: Y.Doc,
	ground: Ground,
	update: Uint8Array,
	content: UpdateContent,
	unseen: readonly Range[] = []
): Uint8Array | null {
	const written = writtenIn(content);
	const isNew = written.some(({ client, to }) => to > ground.clockOf(client));
	const hidden = new Ranges(unseen);
	const meant = content.deleted.flatMap((range) => hidden.without(range));
	const deleted = meant.flatMap((range) => stillThere(doc, range));
	if (!isNew && deleted.length === 0) return null;
	const news =
		lengthOf(deleted) === lengthOf(content.deleted)
			? update
			: withDeletions(update.subarray(0, content.deletedAt), deleted);
	const isKnown = written.some(({ client, from }) => from < ground.clockOf(client));
	return isKnown ? Y.diffUpdate(news, encodeClocks(content, ground)) : news;
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
function withDeletions(structs: Uint8Array, deleted: readonly Range[]): Uint8Array {
	const deletions = encodeDeletions(deleted);
	const result = new Uint8Array(structs.length + deletions.length);
	result.set(structs);
	result.set(deletions, structs.length);
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

/** What is known of the client ids of an update. */
function encodeClocks({ structs }: UpdateContent, ground: Ground): Uint8Array {
	const clocks = new Map([...structs.keys()].map((client) => [client, ground.clockOf(client)]));
	return Y.encodeStateVector(clocks);
}
