import type { Transaction } from 'kysely';
import * as Y from 'yjs';
import { joinRescues, partOf, partsOf, Ranges, structsIn, textGone, type Rescue } from '#lib/collaboration/rescue.ts';
import type { DocumentName } from '#lib/documents/document.ts';
import type { Schema } from '../database/schema.ts';
import { storable } from '../database/text.ts';
import { FROM_LOG } from './open-document.ts';
import { readUpdate } from './update-reader.ts';

/** Applies updates of the log in one transaction, and gives the text that was lost in doing so. */
export function applyRescuing(doc: Y.Doc, updates: readonly Uint8Array[]): Rescue[] {
	const lost: Rescue[] = [];
	// Yjs tidies formats in a transaction of its own, after the first.
	const look = (transaction: Y.Transaction) => {
		if (mayHaveLost(transaction)) lost.push(...lostIn(transaction, updates));
	};
	doc.on('afterTransaction', look);
	try {
		doc.transact(() => {
			for (const update of updates) Y.applyUpdate(doc, update, FROM_LOG);
		}, FROM_LOG);
	} finally {
		doc.off('afterTransaction', look);
	}
	return joinRescues(lost);
}

/** Almost no keystroke does: those are looked at no closer. */
function mayHaveLost({ deleteSet, beforeState, afterState, doc }: Y.Transaction): boolean {
	if (deleteSet.clients.size > 0) return true;
	for (const [client, clock] of afterState) {
		const before = beforeState.get(client) ?? 0;
		if (clock > before && structsIn(doc, { client, from: before, to: clock }).some(isCollected)) return true;
	}
	return false;
}

function lostIn(transaction: Y.Transaction, updates: readonly Uint8Array[]): Rescue[] {
	const contents = updates.map((update) => readUpdate(update));
	const meant = new Ranges(contents.flatMap(({ deleted }) => deleted));
	const lost = textGone(transaction, meant);
	// What came too late: nothing of it is kept in the document, its text is only in the update.
	for (const { structs } of contents)
		for (const { client, from, to, content } of [...structs.values()].flat()) {
			if (content.kind !== 'text') continue;
			const late = { client, from, to, texte: content.text };
			for (const range of meant.without(late))
				for (const gone of partsOf(transaction.doc, range, isCollected)) lost.push(partOf(late, gone));
		}
	return lost;
}

function isCollected(struct: Y.Item | Y.GC): boolean {
	return struct instanceof Y.GC;
}

/** Keeps what was lost, in someone's transaction. What is kept already is not kept twice; what goes on a line is added to it. */
export async function storeRescues(
	trx: Transaction<Schema>,
	document: DocumentName,
	rescues: readonly Rescue[],
	now: number
): Promise<void> {
	for (const rescue of rescues) {
		const { client, from, to } = rescue;
		const rows = await trx
			.selectFrom('rescapes')
			.select(['id', 'debut', 'fin', 'texte', 'traite_at'])
			.where('document', '=', document)
			.where('client_id', '=', client)
			.where('debut', '<=', to)
			.where('fin', '>=', from)
			.execute();
		const kept = new Ranges(rows.map(({ debut, fin }) => ({ client, from: debut, to: fin })));
		for (const range of kept.without(rescue)) {
			const before = rows.find(({ fin, traite_at }) => fin === range.from && traite_at === null);
			const part = partOf(rescue, range);
			if (before) await lengthen(trx, before, part);
			else if (part.texte.trim() !== '') await insertRescue(trx, document, part, now);
		}
	}
}

async function lengthen(trx: Transaction<Schema>, row: { id: number; texte: string }, { to, texte }: Rescue) {
	await trx
		.updateTable('rescapes')
		.set({ fin: to, texte: storable(row.texte + texte) })
		.where('id', '=', row.id)
		.execute();
}

async function insertRescue(
	trx: Transaction<Schema>,
	document: DocumentName,
	{ client, from, to, texte }: Rescue,
	now: number
): Promise<void> {
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

async function ownerOf(trx: Transaction<Schema>, document: string, client: number): Promise<string | null> {
	const row = await trx
		.selectFrom('auteurs')
		.select('compte_id')
		.where('document', '=', document)
		.where('client_id', '=', client)
		.executeTakeFirst();
	return row?.compte_id ?? null;
}
