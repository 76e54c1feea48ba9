import { sql, type Transaction } from 'kysely';
import type { Modele } from '#lib/pactes/modele.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import { renameOrganisme, removeAlias } from '../organismes/organismes.ts';
import type { GesteDeReunion } from '../organismes/separer.ts';
import { holdPacte, type Acteur } from '../pactes/act.ts';
import { indexSource } from '../recherche/index-writer.ts';
import { colonneOf, jsonWith, TEXTES, type TableDeTextes, type TextesDeTable } from './textes-de-tables.ts';

/** What an act changed outside of live documents, as data. */
export type GesteDeLigne = GesteDeTexte | GesteDeReunion | GesteDeNom | GesteDeLien | GesteDeRenvoi | GesteDeForme;

/** The text of a row. */
export interface GesteDeTexte {
	nature: 'rangee';
	table: TableDeTextes;
	cle: Record<string, string | number>;
	colonne: string;
	/** Where in its JSON. */
	chemin?: string[];
	avant: string;
	apres: string;
}
/** The name of an organisme. */
export interface GesteDeNom {
	nature: 'nom';
	organisme: string;
	avant: string;
	apres: string;
	/** The former name was kept as an alias by this act. */
	alias: boolean;
}
/** A link that was added, whole. */
export interface GesteDeLien {
	nature: 'lien';
	table: TableDeLiens;
	ligne: Record<string, string | number | null>;
}

/** The one node that a row leads to. */
export interface GesteDeRenvoi {
	nature: 'renvoi';
	table: 'bilan_actions';
	id: string;
	avant: string;
	apres: string;
}

/** The form of a fiche. */
export interface GesteDeForme {
	nature: 'forme';
	fiche: string;
	avant: string | null;
	apres: string | null;
}

export type TableDeLiens = (typeof LIENS)[number];

const LIENS = [
	'constat_reponses',
	'engagement_liens',
	'fse_axes',
	'versements',
	'seance_textes',
	'anciens_codes',
	'fiche_filiations'
] as const;

/** Changes the texts of rows that still say what they said, in one transaction; gives those that it changed, to `also` too. */
export async function changeRows(
	app: App,
	{ pacteId }: Acteur,
	gestes: readonly GesteDeTexte[],
	also: (trx: Transaction<Schema>, done: GesteDeTexte[]) => Promise<void> = async () => {}
): Promise<GesteDeTexte[]> {
	if (gestes.length === 0) return [];
	const done: GesteDeTexte[] = [];
	await app.db.transaction().execute(async (trx) => {
		await holdPacte(trx, pacteId);
		for (const geste of gestes) if (await writeText(trx, pacteId, geste)) done.push(geste);
		for (const source of new Set(tablesOf(done).flatMap((table) => table.source ?? [])))
			await indexSource(trx, pacteId, source);
		await also(trx, done);
	});
	for (const tells of new Set(tablesOf(done).map((table) => table.tells)))
		app.collaboration.flux.publish(pacteId, tells);
	for (const seance of new Set(done.filter(({ table }) => isOfSalle(table)).map(({ cle }) => String(cle.seance_id))))
		app.salles.publish(seance);
	return done;
}

function tablesOf(gestes: readonly GesteDeTexte[]): TextesDeTable[] {
	return gestes.map(({ table }) => TEXTES[table]);
}

function isOfSalle(table: TableDeTextes): boolean {
	return (TEXTES[table] as TextesDeTable).salle === true;
}

/** A room that is open says what it said; one that is prepared goes on to its next revision. */
async function isPrepared(trx: Transaction<Schema>, cle: GesteDeTexte['cle']): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('salles')
		.set((eb) => ({ revision: eb('revision', '+', 1) }))
		.where('seance_id', '=', String(cle.seance_id))
		.where('etat', '=', 'preparation')
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

async function writeText(
	trx: Transaction<Schema>,
	pacteId: string,
	{ table, cle, colonne, chemin, avant, apres }: GesteDeTexte
): Promise<boolean> {
	const known = colonneOf(table, colonne);
	if (!known || (isOfSalle(table) && !(await isPrepared(trx, cle)))) return false;
	const isThisRow = allEqual(Object.entries(cle));
	const { rows } = await sql<{ texte: string }>`
		select ${sql.ref(colonne)} as texte from ${sql.table(table)} where ${isThisRow}`.execute(trx);
	const said = rows[0]?.texte;
	if (said === undefined) return false;
	const next = chemin ? jsonWith(said, chemin, avant, apres) : said === avant ? apres : null;
	if (next === null) return false;
	const also: [string, string][] = known.cle ? [[known.cle.colonne, known.cle.de(next)]] : [];
	if (also.length > 0 && (await isTaken(trx, table, isThisRow, [['pacte_id', pacteId], ...also]))) return false;
	const changes = [[colonne, next] as const, ...also].map(([name, value]) => sql`${sql.ref(name)} = ${value}`);
	// Whoever edits the model from a page of before is told.
	if (table === 'pactes' && colonne === 'modele') changes.push(sql`modele_version = modele_version + 1`);
	await sql`update ${sql.table(table)} set ${sql.join(changes)} where ${isThisRow}`.execute(trx);
	return true;
}

async function isTaken(
	trx: Transaction<Schema>,
	table: TableDeTextes,
	isThisRow: ReturnType<typeof allEqual>,
	values: readonly (readonly [string, string])[]
): Promise<boolean> {
	const { rows } = await sql`
		select 1 from ${sql.table(table)} where ${allEqual(values)} and not (${isThisRow})`.execute(trx);
	return rows.length > 0;
}

function allEqual(values: readonly (readonly [string, string | number])[]) {
	return sql.join(
		values.map(([name, value]) => sql`${sql.ref(name)} = ${value}`),
		sql` and `
	);
}

/** Adds a link; false: it is there already. */
export async function addLink(db: Queryable, { table, ligne }: GesteDeLien): Promise<boolean> {
	const names = Object.keys(ligne).map((name) => sql.ref(name));
	const { numAffectedRows } = await sql`insert into ${sql.table(table)} (${sql.join(names)})
		values (${sql.join(Object.values(ligne))}) on conflict do nothing`.execute(db);
	return Number(numAffectedRows ?? 0) > 0;
}

/** Takes texts of rows back, the last one first; says how many it could. */
export async function takeTextsBack(app: App, acteur: Acteur, gestes: readonly GesteDeTexte[]): Promise<number> {
	const back = gestes.toReversed().map((geste) => ({ ...geste, avant: geste.apres, apres: geste.avant }));
	return (await changeRows(app, acteur, back)).length;
}

/** Takes back what was done to a row, when nobody has changed it since. */
export async function takeRowBack(
	app: App,
	acteur: Acteur,
	geste: Exclude<GesteDeLigne, GesteDeTexte | GesteDeReunion>
): Promise<boolean> {
	switch (geste.nature) {
		case 'nom':
			return takeNameBack(app, acteur, geste);
		case 'lien':
			return takeLinkBack(app, acteur, geste);
		case 'renvoi':
			return turnLink(app.db, { ...geste, avant: geste.apres, apres: geste.avant });
		case 'forme':
			return takeFormBack(app, acteur, geste);
		default:
			return geste satisfies never;
	}
}

/** A form that has left the model since is no form to come back to. */
async function takeFormBack(app: App, { pacteId }: Acteur, { fiche, avant, apres }: GesteDeForme): Promise<boolean> {
	const row = await app.db.selectFrom('pactes').select('modele').where('id', '=', pacteId).executeTakeFirst();
	const { variantes = [] } = JSON.parse(row?.modele ?? '{}') as Partial<Modele>;
	if (avant !== null && !variantes.some(({ id }) => id === avant)) return false;
	const { numUpdatedRows } = await app.db
		.updateTable('fiches')
		.set({ variante: avant })
		.where('id', '=', fiche)
		.where('pacte_id', '=', pacteId)
		.where('variante', apres === null ? 'is' : '=', apres)
		.executeTakeFirst();
	app.collaboration.flux.publish(pacteId, { type: 'variantes' });
	return numUpdatedRows > 0n;
}

/** Leads to another node what led to one. */
export async function turnLink(db: Queryable, { id, avant, apres }: GesteDeRenvoi): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('bilan_actions')
		.set({ noeud_id: apres })
		.where('id', '=', id)
		.where('noeud_id', '=', avant)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

async function takeNameBack(app: App, { pacteId, by }: Acteur, geste: GesteDeNom): Promise<boolean> {
	const { organisme: organismeId, avant, apres, alias } = geste;
	const row = await app.db
		.selectFrom('organismes')
		.select('nom')
		.where('id', '=', organismeId)
		.where('pacte_id', '=', pacteId)
		.executeTakeFirst();
	if (row?.nom !== apres) return false;
	try {
		await renameOrganisme(app, { pacteId, by, organismeId, nom: avant });
		if (alias) await removeAlias(app, { pacteId, by, organismeId, nom: apres });
		return true;
	} catch (error) {
		if (error instanceof DomainError) return false;
		throw error;
	}
}

async function takeLinkBack(app: App, { pacteId }: Acteur, { table, ligne }: GesteDeLien): Promise<boolean> {
	if (!LIENS.includes(table)) return false;
	const where = sql.join(
		Object.entries(ligne).map(([name, value]) =>
			value === null ? sql`${sql.ref(name)} is null` : sql`${sql.ref(name)} = ${value}`
		),
		sql` and `
	);
	const { numAffectedRows } = await sql`delete from ${sql.table(table)} where ${where}`.execute(app.db);
	app.collaboration.flux.publish(pacteId, { type: 'parties' });
	return Number(numAffectedRows ?? 0) > 0;
}
