import { sql, type Transaction } from 'kysely';
import type { FluxEvent } from '#lib/collaboration/flux-event.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import { renameOrganisme, removeAlias } from '../organismes/organismes.ts';
import { holdPacte, type Acteur } from '../pactes/act.ts';
import { indexSource } from '../recherche/index-writer.ts';
import type { NomDeSource } from '../recherche/sources.ts';

/** What an act changed outside of live documents, as data. */
export type GesteDeLigne = GesteDeTexte | GesteDeNom | GesteDeLien | GesteDeRenvoi;

/** The text of a row. */
export interface GesteDeTexte {
	nature: 'rangee';
	table: TableDeTextes;
	cle: Record<string, string | number>;
	colonne: string;
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

export type TableDeTextes = keyof typeof TEXTES;
export type TableDeLiens = (typeof LIENS)[number];

interface TextesDeTable {
	colonnes: Record<string, string>;
	/** What says which pages read them. */
	tells: FluxEvent;
	/** The text of the index that holds them. */
	source?: NomDeSource;
}

/** The rows that hold words, and those of their columns that do. */
export const TEXTES = {
	glossaire: {
		colonnes: { developpe: 'développé', definition: 'définition' },
		tells: { type: 'glossaire' },
		source: 'glossaire'
	},
	sections: { colonnes: { titre: 'titre' }, tells: { type: 'sections' }, source: 'plan' },
	seances: {
		colonnes: { titre: 'titre', objet: 'objet', compte_rendu: 'compte rendu' },
		tells: { type: 'seances' }
	},
	seance_points: { colonnes: { texte: 'ordre du jour' }, tells: { type: 'seances' } },
	phases: { colonnes: { titre: 'titre', sous_titre: 'sous-titre' }, tells: { type: 'seances' } },
	instances: {
		colonnes: { nom: 'nom', objet: 'objet', presidence: 'présidence', composition: 'composition' },
		tells: { type: 'parties' }
	},
	schemas_lies: { colonnes: { intitule: 'intitulé', precision: 'lien' }, tells: { type: 'parties' } },
	bilan_actions: { colonnes: { titre: 'titre', commentaire: 'commentaire' }, tells: { type: 'parties' } },
	bilan_indicateurs: { colonnes: { libelle: 'indicateur' }, tells: { type: 'parties' } },
	enveloppes: { colonnes: { libelle: 'libellé', exclusions: 'exclusions' }, tells: { type: 'parties' } },
	signataires: { colonnes: { fonction: 'fonction', instance: 'instance' }, tells: { type: 'parties' } }
} as const satisfies Record<string, TextesDeTable>;

const LIENS = [
	'constat_reponses',
	'engagement_liens',
	'fse_axes',
	'versements',
	'seance_textes',
	'anciens_codes',
	'fiche_filiations'
] as const;

/** Changes the text of a row, if it still says what it said. */
export async function changeRow(app: App, acteur: Acteur, geste: GesteDeTexte): Promise<boolean> {
	const { source, tells }: TextesDeTable = TEXTES[geste.table];
	const changed = await app.db.transaction().execute(async (trx) => {
		await holdPacte(trx, acteur.pacteId);
		const done = await writeText(trx, geste);
		if (done && source) await indexSource(trx, acteur.pacteId, source);
		return done;
	});
	if (changed) app.collaboration.flux.publish(acteur.pacteId, tells);
	return changed;
}

async function writeText(
	trx: Transaction<Schema>,
	{ table, cle, colonne, avant, apres }: GesteDeTexte
): Promise<boolean> {
	if (!Object.hasOwn(TEXTES[table].colonnes, colonne)) return false;
	const where = sql.join(
		[...Object.entries(cle), [colonne, avant] as const].map(([name, value]) => sql`${sql.ref(name)} = ${value}`),
		sql` and `
	);
	const { numAffectedRows } =
		await sql`update ${sql.table(table)} set ${sql.ref(colonne)} = ${apres} where ${where}`.execute(trx);
	return Number(numAffectedRows ?? 0) > 0;
}

/** Adds a link; false: it is there already. */
export async function addLink(db: Queryable, { table, ligne }: GesteDeLien): Promise<boolean> {
	const names = Object.keys(ligne).map((name) => sql.ref(name));
	const { numAffectedRows } = await sql`insert into ${sql.table(table)} (${sql.join(names)})
		values (${sql.join(Object.values(ligne))}) on conflict do nothing`.execute(db);
	return Number(numAffectedRows ?? 0) > 0;
}

/** Takes back what was done to a row, when nobody has changed it since. */
export async function takeRowBack(app: App, acteur: Acteur, geste: GesteDeLigne): Promise<boolean> {
	switch (geste.nature) {
		case 'rangee':
			return changeRow(app, acteur, { ...geste, avant: geste.apres, apres: geste.avant });
		case 'nom':
			return takeNameBack(app, acteur, geste);
		case 'lien':
			return takeLinkBack(app, acteur, geste);
		case 'renvoi':
			return turnLink(app.db, { ...geste, avant: geste.apres, apres: geste.avant });
		default:
			return geste satisfies never;
	}
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
