import type { Insertable, Transaction } from 'kysely';
import * as Y from 'yjs';
import { documentName, parseDocumentName } from '#lib/documents/document.ts';
import { prepareFiche, SHAPE_FICHE } from '#lib/fiches/fiche.ts';
import { codesOf, readArbre, type ArbreDoc, type Noeud } from '#lib/orientations/arbre.ts';
import { niveauOf } from '#lib/pactes/modele.ts';
import { insertDocument } from '../collaboration/documents.ts';
import type { ProjectionContext } from '../collaboration/projections.ts';
import type { NoeudsTable, Schema } from '../database/schema.ts';
import { storable } from '../database/text.ts';
import { projectFiche } from '../fiches/fiche-projection.ts';
import { indexSource } from '../recherche/index-writer.ts';

type NoeudRow = Insertable<NoeudsTable>;

const ROWS_PER_INSERT = 200;

/** The rows of the tree, as it reads once repaired; and the birth of the fiches that its nodes carry and that are not there. */
export async function projectOrientations(
	trx: Transaction<Schema>,
	doc: ArbreDoc,
	context: ProjectionContext
): Promise<void> {
	const rows = noeudRows(doc, context);
	await trx.deleteFrom('noeuds').where('pacte_id', '=', context.pacteId).execute();
	for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
		const slice = rows.slice(start, start + ROWS_PER_INSERT);
		await trx.insertInto('noeuds').values(slice).execute();
	}
	await createMissingFiches(trx, rows, context);
	await indexSource(trx, context.pacteId, 'orientations');
}

function noeudRows(doc: ArbreDoc, { pacteId, modele }: ProjectionContext): NoeudRow[] {
	const arbre = readArbre(doc);
	const codes = codesOf(arbre, modele);
	const rows: NoeudRow[] = [];
	const add = (noeud: Noeud, parent: string | null, a_classer: 0 | 1) => {
		const { niveau, titre, enfants } = noeud;
		const id = storable(noeud.id);
		rows.push({
			id,
			pacte_id: pacteId,
			parent,
			niveau: storable(niveau),
			titre: storable(titre),
			code: codes.get(noeud.id) ?? '',
			ordre: rows.length,
			a_classer
		});
		for (const enfant of enfants) add(enfant, id, a_classer);
	};
	for (const noeud of arbre.racines) add(noeud, null, 0);
	for (const noeud of arbre.aClasser) add(noeud, null, 1);
	return rows;
}

/** A node's id was chosen by a browser: one that is taken elsewhere, or that no document can be called by, gets no fiche. */
async function createMissingFiches(
	trx: Transaction<Schema>,
	rows: readonly NoeudRow[],
	context: ProjectionContext
): Promise<void> {
	const { pacteId, modele, now } = context;
	const existing = await trx.selectFrom('fiches').select('id').where('pacte_id', '=', pacteId).execute();
	const known = new Set(existing.map(({ id }) => id));
	for (const { id, niveau } of rows) {
		const name = documentName('fiche', id);
		if (known.has(id) || !niveauOf(modele, niveau)?.fiche || !parseDocumentName(name)) continue;
		const { numInsertedOrUpdatedRows: inserted } = await trx
			.insertInto('fiches')
			.values({ id, pacte_id: pacteId, created_at: now })
			.onConflict((conflict) => conflict.column('id').doNothing())
			.executeTakeFirstOrThrow();
		if (!inserted) continue;
		const doc = new Y.Doc();
		prepareFiche(doc, modele);
		await insertDocument(trx, { name, kind: 'fiche', pacteId, shape: SHAPE_FICHE, doc, now });
		await projectFiche(trx, doc, { ...context, id });
		doc.destroy();
	}
}
