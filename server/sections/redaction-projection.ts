import type { Insertable, Transaction } from 'kysely';
import type * as Y from 'yjs';
import { corpsOf, countWords, paragraphesOf, plainText, readProse, texteOf } from '#lib/editor/prose.ts';
import type { ProjectionContext } from '../collaboration/projections.ts';
import type { ConstatsTable, Schema } from '../database/schema.ts';
import { storable } from '../database/text.ts';
import { projectChamps } from '../engagements/engagement-projection.ts';
import { indexSource } from '../recherche/index-writer.ts';

const ROWS_PER_INSERT = 200;

/** The rows of a section's live text: its prose, its constats. The section's own row exists already. */
export async function projectRedaction(
	trx: Transaction<Schema>,
	doc: Y.Doc,
	{ id, pacteId }: ProjectionContext
): Promise<void> {
	const section = await trx.selectFrom('sections').select('genre').where('id', '=', id).executeTakeFirst();
	if (!section) return; // Taken out of the plan: the text itself stays in its document.
	const prose = readProse(corpsOf(doc));
	const mots = countWords(texteOf(prose));
	const blocs = storable(JSON.stringify(prose));
	await trx.deleteFrom('section_textes').where('section_id', '=', id).execute();
	await trx.insertInto('section_textes').values({ section_id: id, pacte_id: pacteId, blocs, mots }).execute();
	await replaceConstats(trx, id, pacteId, prose);
	await projectChamps(trx, doc, { id, pacteId, genre: section.genre });
	await indexSource(trx, pacteId, 'section', id);
}

async function replaceConstats(
	trx: Transaction<Schema>,
	section_id: string,
	pacte_id: string,
	prose: ReturnType<typeof readProse>
): Promise<void> {
	const rows = new Map<string, Insertable<ConstatsTable>>();
	for (const { constat, contenu } of paragraphesOf(prose)) {
		const texte = storable(plainText(contenu).trim());
		// A paragraph that was copied with its id is shown as the one it was copied from.
		if (!constat || constat.cle === '' || texte === '' || rows.has(constat.cle)) continue;
		rows.set(constat.cle, {
			id: storable(constat.cle),
			pacte_id,
			section_id,
			ordre: rows.size,
			nature: constat.nature,
			texte,
			theme: storable(constat.theme),
			noeud_id: constat.noeud === '' ? null : storable(constat.noeud),
			origine: storable(constat.origine)
		});
	}
	await trx.deleteFrom('constats').where('section_id', '=', section_id).execute();
	const values = [...rows.values()];
	for (let start = 0; start < values.length; start += ROWS_PER_INSERT)
		await trx
			.insertInto('constats')
			.values(values.slice(start, start + ROWS_PER_INSERT))
			.execute();
}
