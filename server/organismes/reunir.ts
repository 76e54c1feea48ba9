import { sql, type Selectable, type Transaction } from 'kysely';
import type * as Y from 'yjs';
import { documentName } from '#lib/documents/document.ts';
import { champsOf, listeOf } from '#lib/fiches/fiche.ts';
import type { UsagesDOrganisme } from '#lib/organismes/usages.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { OrganismesTable, Schema } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import type { Geste } from '../operations/gestes.ts';
import { Operation } from '../operations/operations.ts';
import { changeNames } from '../pactes/act.ts';
import { ORGANISME_ABSENT } from '#lib/organismes/textes.ts';
import type { NommerAct } from './organismes.ts';
import {
	isRow,
	isThere,
	LIENS_D_ORGANISME,
	tellAll,
	turnRow,
	type GesteDeReunion,
	type LienDOrganisme,
	type Ligne,
	type TableLiee
} from './separer.ts';

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

/** Which two, and which of them stays. */
interface Choix {
	gardeId: string;
	absorbeId: string;
}

/**
 * Makes one organisme of two that were one: every link of the second leads to the first, whose other names then hold those of the second.
 * The fiches are written as live documents: whoever is in them sees it. What it did is kept, so that it can be taken back.
 */
export async function reunirOrganismes(
	app: App,
	act: NommerAct & Choix
): Promise<{ garde: string; absorbe: string; operation: string }> {
	const { pacteId, by, gardeId, absorbeId } = act;
	if (gardeId === absorbeId) throw new DomainError('invalide', 'Choisissez deux organismes différents.');
	const [garde, absorbe] = await changeNames(app, act, REUNIR, async ({ trx }) => [
		(await requireRow(trx, pacteId, gardeId)).nom,
		(await requireRow(trx, pacteId, absorbeId)).nom
	]);
	const libelle = `«\u00a0${absorbe}\u00a0» réuni à «\u00a0${garde}\u00a0»`;
	const operation = await Operation.begin(app, { pacteId, by }, 'reunir', libelle);
	await turnFiches(app, operation, act);
	await changeNames(app, { pacteId, by }, REUNIR, async ({ trx, note }) => {
		await operation.note(1, await joinRows(trx, act), trx);
		await note('organismes_reunis', { garde: gardeId, absorbe: absorbeId, nom: absorbe });
	});
	// Somebody chose the one that was leaving, meanwhile.
	await turnFiches(app, operation, act);
	await operation.end(libelle);
	await tellAll(app, pacteId);
	return { garde, absorbe, operation: operation.id };
}

async function requireRow(trx: Queryable, pacteId: string, id: string): Promise<Selectable<OrganismesTable>> {
	const row = await trx
		.selectFrom('organismes')
		.selectAll()
		.where('id', '=', id)
		.where('pacte_id', '=', pacteId)
		.executeTakeFirst();
	if (!row) throw new DomainError('introuvable', ORGANISME_ABSENT);
	return row;
}

async function turnFiches(app: App, operation: Operation, { pacteId, gardeId, absorbeId }: NommerAct & Choix) {
	await app.collaboration.settle(pacteId);
	const fiches = await app.db
		.selectFrom('fiche_organismes')
		.select('fiche_id')
		.distinct()
		.where('pacte_id', '=', pacteId)
		.where('organisme_id', '=', absorbeId)
		.execute();
	for (const { fiche_id } of fiches)
		await operation.edit(documentName('fiche', fiche_id), (doc) => turnLists(doc, gardeId, absorbeId));
	await app.collaboration.settle(pacteId);
}

/** In each field the one takes the place of the other; where both are, the first keeps its own. */
function turnLists(doc: Y.Doc, garde: string, absorbe: string): Geste[] {
	return [...champsOf(doc).keys()].flatMap((champ): Geste[] => {
		const liste = listeOf(doc, champ);
		const rang = liste?.get(absorbe);
		if (!liste || rang === undefined) return [];
		const ajoutes = liste.has(garde) ? [] : [garde];
		for (const id of ajoutes) liste.set(id, rang);
		liste.delete(absorbe);
		return [{ nature: 'organismes', champ, ajoutes, retires: [[absorbe, rang]] }];
	});
}

async function joinRows(trx: Transaction<Schema>, { pacteId, gardeId, absorbeId }: NommerAct & Choix) {
	await requireRow(trx, pacteId, gardeId);
	const absorbe = await requireRow(trx, pacteId, absorbeId);
	const reunion: GesteDeReunion = {
		nature: 'reunion',
		garde: gardeId,
		absorbe,
		alias: [],
		liens: [],
		retires: [],
		perimetre: await joinPerimetres(trx, { gardeId, absorbeId })
	};
	for (const table of Object.keys(LIENS_D_ORGANISME) as TableLiee[]) await turnRows(trx, table, reunion);
	const named = await trx
		.updateTable('organisme_alias')
		.set({ organisme_id: gardeId })
		.where('organisme_id', '=', absorbeId)
		.returning('nom_plie')
		.execute();
	reunion.alias = named.map(({ nom_plie }) => nom_plie);
	await trx.deleteFrom('organismes').where('id', '=', absorbeId).execute();
	const { nom, nom_plie } = absorbe;
	await trx.insertInto('organisme_alias').values({ pacte_id: pacteId, organisme_id: gardeId, nom, nom_plie }).execute();
	return reunion;
}

async function turnRows(trx: Transaction<Schema>, table: TableLiee, reunion: GesteDeReunion): Promise<void> {
	const { cle, seul }: LienDOrganisme = LIENS_D_ORGANISME[table];
	const { garde, absorbe } = reunion;
	const { rows } = await sql<Ligne>`
		select * from ${sql.table(table)} where organisme_id = ${absorbe.id}`.execute(trx);
	for (const row of rows) {
		const own: Ligne = Object.fromEntries(cle.map((name) => [name, row[name] ?? null]));
		if (seul && (await isThere(trx, table, { ...own, organisme_id: garde }))) {
			reunion.retires.push({ table, ligne: row });
			await sql`delete from ${sql.table(table)} where ${isRow({ ...own, organisme_id: absorbe.id })}`.execute(trx);
		} else {
			reunion.liens.push({ table, cle: own });
			await turnRow(trx, table, own, { de: absorbe.id, vers: garde });
		}
	}
}

/** What an organisme intermédiaire does is written beside its name: two of them say both. */
async function joinPerimetres(trx: Transaction<Schema>, { gardeId, absorbeId }: Choix) {
	const rows = await trx
		.selectFrom('intermediaires')
		.select(['organisme_id', 'perimetre'])
		.where('organisme_id', 'in', [gardeId, absorbeId])
		.execute();
	const of = (id: string) => rows.find(({ organisme_id }) => organisme_id === id)?.perimetre;
	const [avant, autre] = [of(gardeId), of(absorbeId)];
	if (avant === undefined || autre === undefined) return null;
	const apres = [...new Set([avant.trim(), autre.trim()])].filter(Boolean).join('\u00a0; ');
	await trx.updateTable('intermediaires').set({ perimetre: apres }).where('organisme_id', '=', gardeId).execute();
	return { avant, apres };
}
