import { sql, type Transaction } from 'kysely';
import * as Y from 'yjs';
import { documentName } from '#lib/documents/document.ts';
import { champsOf, listeOf } from '#lib/fiches/fiche.ts';
import { foldNom } from '#lib/organismes/fold.ts';
import type { UsagesDOrganisme } from '#lib/organismes/usages.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import { changeNames } from '../pactes/act.ts';
import { ORGANISME_ABSENT } from '#lib/organismes/textes.ts';
import type { NommerAct } from './organismes.ts';

/**
 * Every place of the database that names an organisme, and what makes a row one of its kind besides: two rows that would be alike become
 * one. `fiche_organismes` is derived from the fiches, and follows them.
 */
export const LIENS_D_ORGANISME = {
	signataires: [],
	engagements: [],
	sections: [],
	section_porteurs: ['section_id'],
	instance_membres: ['instance_id'],
	fse_dispositifs: [],
	intermediaires: ['pacte_id'],
	participations: [],
	seance_presences: [],
	sieges: []
} as const satisfies Record<string, readonly string[]>;
type TableLiee = keyof typeof LIENS_D_ORGANISME;

const NOM_DE_TABLE: Record<TableLiee, string> = {
	signataires: 'signatures',
	engagements: 'engagements',
	sections: 'sections',
	section_porteurs: 'sections',
	instance_membres: 'instances',
	fse_dispositifs: 'dispositifs',
	intermediaires: 'organismes intermédiaires',
	participations: 'personnes',
	seance_presences: 'séances',
	sieges: 'places de séance'
};

/** Where an organisme is named, counted: what joining it with another moves. */
export async function readUsages(db: Queryable, pacteId: string, organismeId: string): Promise<UsagesDOrganisme> {
	const { fiches } = await db
		.selectFrom('fiche_organismes')
		.select(({ fn }) => fn.count<number>('fiche_id').distinct().as('fiches'))
		.where('pacte_id', '=', pacteId)
		.where('organisme_id', '=', organismeId)
		.executeTakeFirstOrThrow();
	const counts = new Map<string, number>();
	for (const table of Object.keys(LIENS_D_ORGANISME) as TableLiee[]) {
		const n = await countIn(db, table, organismeId);
		if (n > 0) counts.set(NOM_DE_TABLE[table], (counts.get(NOM_DE_TABLE[table]) ?? 0) + n);
	}
	return { fiches: Number(fiches), ailleurs: [...counts].map(([nom, nombre]) => ({ nom, nombre })) };
}

async function countIn(db: Queryable, table: TableLiee, organismeId: string): Promise<number> {
	const { rows } = await sql<{ n: number }>`
		select count(*) as n from ${sql.table(table)} where organisme_id = ${organismeId}`.execute(db);
	return Number(rows[0]?.n ?? 0);
}

const REUNIR = {
	source: 'organismes',
	allows: (role: string) => role === 'equipe_projet',
	refus: 'Réunir deux organismes est un geste de l’équipe projet. Demandez-le-lui.'
} as const;

/**
 * Makes one organisme of two that were one: every link of the second leads to the first, whose other names then hold those of the second.
 * The fiches are written as live documents: whoever is in them sees it.
 */
export async function reunirOrganismes(
	app: App,
	act: NommerAct & { gardeId: string; absorbeId: string }
): Promise<{ garde: string; absorbe: string }> {
	const { pacteId, by, gardeId, absorbeId } = act;
	if (gardeId === absorbeId) throw new DomainError('invalide', 'Choisissez deux organismes différents.');
	const { garde, absorbe } = await changeNames(app, { pacteId, by }, REUNIR, async ({ trx }) => {
		const [first, second] = [await requireNom(trx, pacteId, gardeId), await requireNom(trx, pacteId, absorbeId)];
		return { garde: first, absorbe: second };
	});
	await turnFiches(app, act);
	await changeNames(app, { pacteId, by }, REUNIR, async ({ trx, note }) => {
		await requireNom(trx, pacteId, gardeId);
		await requireNom(trx, pacteId, absorbeId);
		for (const [table, others] of Object.entries(LIENS_D_ORGANISME) as [TableLiee, readonly string[]][])
			await turnRows(trx, table, others, act);
		await trx
			.updateTable('organisme_alias')
			.set({ organisme_id: gardeId })
			.where('organisme_id', '=', absorbeId)
			.execute();
		await trx.deleteFrom('organismes').where('id', '=', absorbeId).execute();
		if (foldNom(absorbe) !== foldNom(garde))
			await trx
				.insertInto('organisme_alias')
				.values({ pacte_id: pacteId, organisme_id: gardeId, nom: absorbe, nom_plie: foldNom(absorbe) })
				.execute();
		await note('organismes_reunis', { garde: gardeId, absorbe: absorbeId, nom: absorbe });
	});
	// Somebody chose the one that was leaving, meanwhile.
	await turnFiches(app, act);
	for (const type of ['parties', 'sections', 'seances'] as const) app.collaboration.flux.publish(pacteId, { type });
	await app.collaboration.refreshRights();
	return { garde, absorbe };
}

async function requireNom(trx: Queryable, pacteId: string, id: string): Promise<string> {
	const row = await trx
		.selectFrom('organismes')
		.select('nom')
		.where('id', '=', id)
		.where('pacte_id', '=', pacteId)
		.executeTakeFirst();
	if (!row) throw new DomainError('introuvable', ORGANISME_ABSENT);
	return row.nom;
}

async function turnFiches(
	app: App,
	{ pacteId, by, gardeId, absorbeId }: NommerAct & { gardeId: string; absorbeId: string }
): Promise<void> {
	await app.collaboration.settle(pacteId);
	const fiches = await app.db
		.selectFrom('fiche_organismes')
		.select('fiche_id')
		.distinct()
		.where('pacte_id', '=', pacteId)
		.where('organisme_id', '=', absorbeId)
		.execute();
	for (const { fiche_id } of fiches)
		await app.collaboration.edit(documentName('fiche', fiche_id), (doc) => turnLists(doc, gardeId, absorbeId), by);
	await app.collaboration.settle(pacteId);
}

/** In each field the one takes the place of the other; where both are, the first keeps its own. */
function turnLists(doc: Y.Doc, garde: string, absorbe: string): void {
	doc.transact(() => {
		for (const champ of champsOf(doc).keys()) {
			const liste = listeOf(doc, champ);
			const rang = liste?.get(absorbe);
			if (!liste || rang === undefined) continue;
			if (!liste.has(garde)) liste.set(garde, rang);
			liste.delete(absorbe);
		}
	});
}

async function turnRows(
	trx: Transaction<Schema>,
	table: TableLiee,
	others: readonly string[],
	{ gardeId, absorbeId }: { gardeId: string; absorbeId: string }
): Promise<void> {
	if (others.length > 0) {
		const same = sql.join(
			others.map((name) => sql`twin.${sql.ref(name)} = ${sql.table(table)}.${sql.ref(name)}`),
			sql` and `
		);
		await keepPerimetre(trx, table, { gardeId, absorbeId });
		await sql`delete from ${sql.table(table)} where organisme_id = ${absorbeId} and exists
			(select 1 from ${sql.table(table)} as twin where twin.organisme_id = ${gardeId} and ${same})`.execute(trx);
	}
	await sql`update ${sql.table(table)} set organisme_id = ${gardeId} where organisme_id = ${absorbeId}`.execute(trx);
}

/** What an organisme intermédiaire does is written beside its name: two of them say both. */
async function keepPerimetre(
	trx: Transaction<Schema>,
	table: TableLiee,
	{ gardeId, absorbeId }: { gardeId: string; absorbeId: string }
): Promise<void> {
	if (table !== 'intermediaires') return;
	const rows = await trx
		.selectFrom('intermediaires')
		.select(['organisme_id', 'perimetre'])
		.where('organisme_id', 'in', [gardeId, absorbeId])
		.execute();
	const of = (id: string) => rows.find(({ organisme_id }) => organisme_id === id)?.perimetre.trim() ?? '';
	const both = [...new Set([of(gardeId), of(absorbeId)])].filter(Boolean).join('\u00a0; ');
	await trx.updateTable('intermediaires').set({ perimetre: both }).where('organisme_id', '=', gardeId).execute();
}
