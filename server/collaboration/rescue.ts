import type { Transaction } from 'kysely';
import * as Y from 'yjs';
import type { DocumentName } from '#lib/documents/document.ts';
import type { Schema } from '../database/schema.ts';
import { storable } from '../database/text.ts';
import { FROM_LOG } from './open-document.ts';
import { readUpdate, type Range } from './update-reader.ts';

/**
 * Text that disappeared though nobody who saw it deleted it: it was written in a passage (a paragraph, a cell…) that someone
 * else was deleting. Its characters, by the clocks of the client id that wrote them.
 */
export interface Rescue extends Range {
	texte: string;
}

/** Applies updates of the log in one transaction, and gives the text that was lost in doing so. */
export function applyRescuing(doc: Y.Doc, updates: readonly Uint8Array[]): Rescue[] {
	let rescues: Rescue[] = [];
	const look = (transaction: Y.Transaction) => {
		if (mayHaveLost(transaction)) rescues = joined(lostIn(transaction, updates));
	};
	doc.on('afterTransaction', look);
	try {
		doc.transact(() => {
			for (const update of updates) Y.applyUpdate(doc, update, FROM_LOG);
		}, FROM_LOG);
	} finally {
		doc.off('afterTransaction', look);
	}
	return rescues;
}

/** Almost no keystroke does: those are looked at no closer. */
function mayHaveLost({ deleteSet, beforeState, afterState, doc }: Y.Transaction): boolean {
	if (deleteSet.clients.size > 0) return true;
	for (const [client, clock] of afterState) {
		const before = beforeState.get(client) ?? 0;
		if (clock > before && structsFrom(doc, client, before).some((struct) => struct instanceof Y.GC)) return true;
	}
	return false;
}

function lostIn({ doc, deleteSet }: Y.Transaction, updates: readonly Uint8Array[]): Rescue[] {
	const contents = updates.map((update) => readUpdate(update));
	const meant = new Ranges(contents.flatMap(({ deleted }) => deleted));
	const lost: Rescue[] = [];
	// What was there, and went with what holds it.
	for (const [client, deletions] of deleteSet.clients)
		for (const { clock, len } of deletions)
			for (const range of meant.without({ client, from: clock, to: clock + len })) lost.push(...textIn(doc, range));
	// What came too late: nothing of it is kept in the document, its text is only in the update.
	for (const { structs } of contents)
		for (const { client, from, to, content } of [...structs.values()].flat()) {
			if (content.kind !== 'text') continue;
			for (const range of meant.without({ client, from, to }))
				for (const { from: start, to: end } of goneIn(doc, range))
					lost.push({ client, from: start, to: end, texte: content.text.slice(start - from, end - from) });
		}
	return lost;
}

/** The characters that a range of deleted items still holds. */
function textIn(doc: Y.Doc, { client, from, to }: Range): Rescue[] {
	const found: Rescue[] = [];
	for (const struct of structsFrom(doc, client, from)) {
		if (struct.id.clock >= to) break;
		if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
		const start = Math.max(from, struct.id.clock);
		const end = Math.min(to, struct.id.clock + struct.length);
		const texte = struct.content.str.slice(start - struct.id.clock, end - struct.id.clock);
		found.push({ client, from: start, to: end, texte });
	}
	return found;
}

/** The parts of a range of which the document keeps no content. */
function goneIn(doc: Y.Doc, { client, from, to }: Range): Range[] {
	return structsFrom(doc, client, from).flatMap((struct) => {
		const start = Math.max(from, struct.id.clock);
		const end = Math.min(to, struct.id.clock + struct.length);
		return struct instanceof Y.GC && start < end ? [{ client, from: start, to: end }] : [];
	});
}

function structsFrom(doc: Y.Doc, client: number, clock: number): (Y.Item | Y.GC)[] {
	const structs = doc.store.clients.get(client);
	if (!structs || clock >= Y.getState(doc.store, client)) return [];
	return structs.slice(Y.findIndexSS(structs, clock)) as (Y.Item | Y.GC)[];
}

/** Characters that follow one another were typed one after the other. */
function joined(rescues: Rescue[]): Rescue[] {
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
class Ranges {
	readonly #byClient: ReadonlyMap<number, Range[]>;

	constructor(ranges: readonly Range[]) {
		this.#byClient = Map.groupBy(ranges, ({ client }) => client);
	}

	/** The parts of a range that are not among these. */
	without({ client, from, to }: Range): Range[] {
		const ranges = [...(this.#byClient.get(client) ?? [])].sort((a, b) => a.from - b.from);
		const rest: Range[] = [];
		let start = from;
		for (const range of ranges) {
			if (range.to <= start) continue;
			if (range.from >= to) break;
			if (range.from > start) rest.push({ client, from: start, to: range.from });
			start = range.to;
		}
		if (start < to) rest.push({ client, from: start, to });
		return rest;
	}
}

/** Keeps what was lost, in someone's transaction. What is kept already is not kept twice; what goes on a line is added to it. */
export async function storeRescues(
	trx: Transaction<Schema>,
	document: DocumentName,
	rescues: readonly Rescue[],
	now: number
): Promise<void> {
	for (const { client, from, to, texte } of rescues) {
		const kept = await trx
			.selectFrom('rescapes')
			.select(['id', 'debut', 'fin', 'texte', 'traite_at'])
			.where('document', '=', document)
			.where('client_id', '=', client)
			.where('debut', '<=', from)
			.where('fin', '>=', from)
			.orderBy('fin', 'desc')
			.executeTakeFirst();
		if (kept && kept.fin >= to) continue;
		if (kept && kept.traite_at === null) {
			const whole = storable(kept.texte + texte.slice(Math.max(0, kept.fin - from)));
			await trx.updateTable('rescapes').set({ fin: to, texte: whole }).where('id', '=', kept.id).execute();
		} else if (texte.trim() !== '') {
			await trx
				.insertInto('rescapes')
				.values({
					document,
					client_id: client,
					debut: from,
					fin: to,
					compte_id: await ownerOf(trx, document, client),
					texte: storable(texte),
					created_at: now,
					traite_at: null
				})
				.execute();
		}
	}
}

async function ownerOf(trx: Transaction<Schema>, document: string, client: number): Promise<string | null> {
	const row = await trx
		.selectFrom('auteurs')
		.select('compte_id')
		.where('document', '=', document)
		.where('client_id', '=', client)
		.executeTakeFirst();
	return row?.compte_id ?? null;
}
