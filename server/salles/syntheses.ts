import type { Transaction } from 'kysely';
import * as Y from 'yjs';
import { documentName } from '#lib/documents/document.ts';
import { prepareSynthese, SHAPE_SYNTHESE, texteDeSynthese } from '#lib/salles/synthese.ts';
import type { ProjectionContext } from '../collaboration/projections.ts';
import { insertDocument } from '../collaboration/documents.ts';
import type { Schema } from '../database/schema.ts';
import { storable } from '../database/text.ts';

/** A live text for each table of a room that has none yet. */
export async function ensureSyntheses(
	trx: Transaction<Schema>,
	{ pacteId, seanceId, now }: { pacteId: string; seanceId: string; now: number }
): Promise<void> {
	const tables = await trx
		.selectFrom('seance_tables')
		.select(['id', 'synthese'])
		.where('seance_id', '=', seanceId)
		.execute();
	const texts = new Map(tables.map(({ id, synthese }) => [documentName('synthese', id), synthese]));
	const names = [...texts.keys()];
	if (names.length === 0) return;
	const there = await trx.selectFrom('documents').select('name').where('name', 'in', names).execute();
	const known = new Set(there.map(({ name }) => name));
	for (const name of names) {
		if (known.has(name)) continue;
		const doc = new Y.Doc();
		prepareSynthese(doc, texts.get(name));
		await insertDocument(trx, { name, kind: 'synthese', pacteId, shape: SHAPE_SYNTHESE, doc, now });
		doc.destroy();
	}
}

/** What the room shows of a table's live text. It is a change of the room: a page that comes back must hear of it. */
export async function projectSynthese(trx: Transaction<Schema>, doc: Y.Doc, { id }: ProjectionContext): Promise<void> {
	const synthese = storable(texteDeSynthese(doc)?.toString() ?? '');
	const table = await trx
		.updateTable('seance_tables')
		.set({ synthese })
		.where('id', '=', id)
		.where('synthese', '!=', synthese)
		.returning('seance_id')
		.executeTakeFirst();
	if (!table) return;
	await trx
		.updateTable('salles')
		.set((eb) => ({ revision: eb('revision', '+', 1) }))
		.where('seance_id', '=', table.seance_id)
		.execute();
}
