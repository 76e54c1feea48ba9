import type { Insertable, Transaction } from 'kysely';
import { sql } from 'kysely';
import * as Y from 'yjs';
import { documentName, parseDocumentName } from '#lib/documents/document.ts';
import { prepareFiche, SHAPE_FICHE } from '#lib/fiches/fiche.ts';
import { codesOf, readArbre, subtree, type Arbre, type ArbreDoc, type Noeud } from '#lib/orientations/arbre.ts';
import { allChamps, carriesFiche, niveauOf, type Modele } from '#lib/pactes/modele.ts';
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
	const arbre = readArbre(doc);
	const rows = noeudRows(arbre, context);
	await keepWritten(trx, rows, context.pacteId);
	await keepFormerCodes(trx, rows, context.pacteId);
	await trx.deleteFrom('noeuds').where('pacte_id', '=', context.pacteId).execute();
	for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
		const slice = rows.slice(start, start + ROWS_PER_INSERT);
		await trx.insertInto('noeuds').values(slice).execute();
	}
	await createMissingFiches(trx, rows, context);
	await followCorbeille(trx, arbre, context);
	await indexSource(trx, context.pacteId, 'orientations');
}

function noeudRows(arbre: Arbre, { pacteId, modele }: ProjectionContext): NoeudRow[] {
	const codes = codesOf(arbre, modele);
	const rows: NoeudRow[] = [];
	const add = (noeud: Noeud, parent: string | null, a_classer: 0 | 1) => {
		const { titre, enfants } = noeud;
		const id = storable(noeud.id);
		const niveau = niveauKnown(modele, noeud, arbre.parId.get(parent ?? '')?.niveau ?? null);
		rows.push({
			id,
			pacte_id: pacteId,
			parent,
			niveau: storable(niveau),
			titre: storable(titre),
			code: codes.get(noeud.id) ?? '',
			ordre: rows.length,
			a_classer,
			porte_fiche: carriesFiche(modele, niveau, enfants) ? 1 : 0
		});
		for (const enfant of enfants) add(enfant, id, a_classer);
	};
	for (const noeud of arbre.racines) add(noeud, null, 0);
	for (const noeud of arbre.aClasser) add(noeud, null, 1);
	return rows;
}

/** A level that a page still had when the model lost it: the node takes one that may stand there. */
function niveauKnown(modele: Modele, { niveau }: Noeud, parent: string | null): string {
	if (niveauOf(modele, niveau)) return niveau;
	return (modele.niveaux.find(({ parents }) => parents.includes(parent)) ?? modele.niveaux[0])?.id ?? niveau;
}

/** A fiche in which something is written is never hidden by what comes below it. */
async function keepWritten(trx: Transaction<Schema>, rows: NoeudRow[], pacteId: string): Promise<void> {
	const written = await trx
		.selectFrom('fiche_champs')
		.select('fiche_id')
		.distinct()
		.where('pacte_id', '=', pacteId)
		.where(sql<string>`trim(texte)`, '<>', '')
		.union(trx.selectFrom('fiche_organismes').select('fiche_id').where('pacte_id', '=', pacteId))
		.execute();
	const ids = new Set(written.map(({ fiche_id }) => fiche_id));
	for (const row of rows) if (ids.has(row.id)) row.porte_fiche = 1;
}

/** A code that changes stays known: people have it on paper, and texts say it. */
async function keepFormerCodes(trx: Transaction<Schema>, rows: readonly NoeudRow[], pacteId: string): Promise<void> {
	const before = await trx.selectFrom('noeuds').select(['id', 'code']).where('pacte_id', '=', pacteId).execute();
	const codeBefore = new Map(before.map(({ id, code }) => [id, code]));
	const now = new Map(rows.map(({ id, code }) => [id, code]));
	const coming = rows.filter(({ id, code }) => code !== '' && (codeBefore.get(id) ?? '') === '');
	for (const { id, code } of coming) await forgetFormerCode(trx, pacteId, id, code);
	// What goes aside, or to the bin, may come back under another code.
	const former = before.filter(({ id, code }) => code !== '' && now.get(id) !== code);
	if (former.length === 0) return;
	const known = await trx
		.selectFrom('anciens_codes')
		.select(({ fn }) => fn.max('rang').as('rang'))
		.where('pacte_id', '=', pacteId)
		.executeTakeFirst();
	const from = (known?.rang ?? 0) + 1;
	for (let start = 0; start < former.length; start += ROWS_PER_INSERT) {
		const slice = former
			.slice(start, start + ROWS_PER_INSERT)
			.map(({ id, code }, i) => ({ pacte_id: pacteId, noeud_id: id, code, rang: from + start + i }));
		await trx
			.insertInto('anciens_codes')
			.values(slice)
			.onConflict((conflict) => conflict.doNothing())
			.execute();
	}
}

/** It came back under the code that it had: that is no former one. */
async function forgetFormerCode(trx: Transaction<Schema>, pacteId: string, id: string, code: string): Promise<void> {
	await trx
		.deleteFrom('anciens_codes')
		.where('pacte_id', '=', pacteId)
		.where('noeud_id', '=', id)
		.where('code', '=', code)
		.execute();
}

/** Since when each fiche is in the bin: what is there is in no row of the tree, and is not found. */
async function followCorbeille(
	trx: Transaction<Schema>,
	{ corbeille }: Arbre,
	{ pacteId, now }: ProjectionContext
): Promise<void> {
	const thrown = new Set(corbeille.flatMap((noeud) => [...subtree(noeud)].map(({ id }) => storable(id))));
	const fiches = await trx
		.selectFrom('fiches')
		.select(['id', 'corbeille_at'])
		.where('pacte_id', '=', pacteId)
		.execute();
	for (const { id, corbeille_at } of fiches) {
		if (thrown.has(id) === (corbeille_at !== null)) continue;
		const since = thrown.has(id) ? now : null;
		await trx.updateTable('fiches').set({ corbeille_at: since }).where('id', '=', id).execute();
		await indexSource(trx, pacteId, 'fiche', id);
	}
}

/** A node's id was chosen by a browser: one that is taken elsewhere, or that no document can be called by, gets no fiche. */
async function createMissingFiches(
	trx: Transaction<Schema>,
	rows: readonly NoeudRow[],
	context: ProjectionContext
): Promise<void> {
	const { pacteId, now } = context;
	const existing = await trx.selectFrom('fiches').select('id').where('pacte_id', '=', pacteId).execute();
	const known = new Set(existing.map(({ id }) => id));
	for (const { id, porte_fiche } of rows) {
		const name = documentName('fiche', id);
		if (known.has(id) || porte_fiche !== 1 || !parseDocumentName(name)) continue;
		const { numInsertedOrUpdatedRows: inserted } = await trx
			.insertInto('fiches')
			.values({ id, pacte_id: pacteId, created_at: now })
			.onConflict((conflict) => conflict.column('id').doNothing())
			.executeTakeFirstOrThrow();
		if (!inserted) continue;
		const doc = new Y.Doc();
		// Those that were put aside too: they may come back.
		prepareFiche(doc, { champs: allChamps(context.modele) });
		await insertDocument(trx, { name, kind: 'fiche', pacteId, shape: SHAPE_FICHE, doc, now });
		await projectFiche(trx, doc, { ...context, id });
		doc.destroy();
	}
}
