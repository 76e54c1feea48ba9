import type { Valeurs } from '#lib/fiches/completeness.ts';
import type { FicheLue, PlaceDeFiche } from '#lib/fiches/fiche-lue.ts';
import type { Repere } from '#lib/fiches/synthese.ts';
import type { NoeudLu } from '#lib/orientations/arbre-from-rows.ts';
import type { ValeurChamp } from '#lib/pactes/archive.ts';
import {
	allChamps,
	asTableau,
	contenuOf,
	niveauOf,
	type Champ,
	type ChampEnLignes,
	type Modele
} from '#lib/pactes/modele.ts';
import { pucesFromRows, tableauFromRows } from '#lib/fiches/rows.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import { DomainError } from '../errors.ts';
import { listNoeuds } from '../orientations/noeuds.ts';

/** What the fiches of a pacte hold, by the fields of its model; or one of them. */
export async function readFiches(
	db: Queryable,
	pacteId: string,
	modele: Modele,
	ficheId?: string
): Promise<Map<string, Valeurs>> {
	const champs = await db
		.selectFrom('fiche_champs')
		.select(['fiche_id', 'champ', 'texte', 'ouverte', 'retrait', 'cellules'])
		.where('pacte_id', '=', pacteId)
		.$if(ficheId !== undefined, (query) => query.where('fiche_id', '=', ficheId as string))
		.orderBy('ordre')
		.execute();
	const organismes = await db
		.selectFrom('fiche_organismes')
		.select(['fiche_id', 'champ', 'organisme_id'])
		.where('pacte_id', '=', pacteId)
		.$if(ficheId !== undefined, (query) => query.where('fiche_id', '=', ficheId as string))
		.orderBy('ordre')
		.execute();
	const schemas = await db
		.selectFrom('fiche_schemas')
		.select(['fiche_id', 'champ', 'schema_id'])
		.where('pacte_id', '=', pacteId)
		.$if(ficheId !== undefined, (query) => query.where('fiche_id', '=', ficheId as string))
		.orderBy('ordre')
		.execute();
	const rowsOf = new Map<string, Rows>();
	const rows = (fiche: string, champ: string): Rows => {
		const key = keyOf(fiche, champ);
		const found = rowsOf.get(key) ?? noRows();
		rowsOf.set(key, found);
		return found;
	};
	const fiches = new Set<string>();
	for (const { fiche_id, champ, texte, ouverte, retrait, cellules } of champs) {
		rows(fiche_id, champ).lignes.push({ texte, ouverte: ouverte === 1, retrait, cellules });
		fiches.add(fiche_id);
	}
	for (const { fiche_id, champ, organisme_id } of organismes) rows(fiche_id, champ).organismes.push(organisme_id);
	for (const { fiche_id, champ, schema_id } of schemas) rows(fiche_id, champ).schemas.push(schema_id);
	return new Map([...fiches].map((fiche) => [fiche, valeursOf(modele, (champ) => rowsOf.get(keyOf(fiche, champ)))]));
}

interface Rows {
	lignes: { texte: string; ouverte: boolean; retrait: number; cellules: string | null }[];
	organismes: string[];
	schemas: string[];
}

function noRows(): Rows {
	return { lignes: [], organismes: [], schemas: [] };
}

function keyOf(fiche: string, champ: string): string {
	return `${fiche} ${champ}`;
}

function valeursOf(modele: Modele, rowsOf: (champ: string) => Rows | undefined): Valeurs {
	return Object.fromEntries(allChamps(modele).map((champ) => [champ.id, valeurOf(champ, rowsOf(champ.id))]));
}

function valeurOf(champ: Champ, { lignes, organismes, schemas }: Rows = noRows()): ValeurChamp {
	const [first] = lignes;
	const contenu = contenuOf(champ);
	switch (contenu) {
		case 'puces':
			return pucesFromRows(lignes);
		case 'lignes':
			return tableauFromRows(asTableau(champ as ChampEnLignes), lignes);
		case 'schemas':
			return { schemas, texte: first?.texte ?? '' };
		case 'texte':
			return { texte: first?.texte ?? '' };
		case 'organismes':
			return { organismes, ouverte: first?.ouverte ?? false, texte: first?.texte ?? '' };
		default:
			return contenu satisfies never;
	}
}

export const FICHE_ABSENTE = 'Cette fiche n’existe pas, ou plus, dans ce pacte.';

/** A fiche with its place. One whose node was made a moment ago is waited for. */
export async function openFiche(
	{ db, collaboration }: Pick<App, 'db' | 'collaboration'>,
	{ id: pacteId, modele }: { id: string; modele: Modele },
	ficheId: string
): Promise<FicheLue> {
	const found = await findFiche(db, pacteId, modele, ficheId);
	if (found) return found;
	await collaboration.settle(pacteId);
	const born = await findFiche(db, pacteId, modele, ficheId);
	if (!born) throw new DomainError('introuvable', FICHE_ABSENTE);
	return born;
}

async function findFiche(db: Queryable, pacteId: string, modele: Modele, ficheId: string): Promise<FicheLue | null> {
	const row = await db
		.selectFrom('fiches')
		.select(['variante', 'corbeille_at'])
		.where('id', '=', ficheId)
		.where('pacte_id', '=', pacteId)
		.executeTakeFirst();
	if (!row) return null;
	const { variante, corbeille_at } = row;
	const valeurs = (await readFiches(db, pacteId, modele, ficheId)).get(ficheId) ?? valeursOf(modele, () => undefined);
	return { ...(await placeOf(db, pacteId, modele, ficheId)), variante, valeurs, jetee: corbeille_at !== null };
}

async function placeOf(db: Queryable, pacteId: string, modele: Modele, ficheId: string): Promise<PlaceDeFiche> {
	const noeuds = await listNoeuds(db, pacteId);
	const noeud = noeuds.find(({ id }) => id === ficheId);
	const aClasser = noeud?.aClasser ?? true;
	const fiches = noeuds.filter((other) => other.aClasser === aClasser && other.fiche);
	const here = fiches.findIndex(({ id }) => id === ficheId);
	const niveau = niveauOf(modele, noeud?.niveau ?? '') ?? modele.niveaux.find(({ fiche }) => fiche);
	return {
		id: ficheId,
		code: noeud?.code ?? '',
		titre: noeud?.titre ?? '',
		niveau: niveau?.nom ?? 'fiche',
		ancetres: noeud
			? ancestorsOf(noeuds, noeud).map((other) => ({ ...repere(other), niveau: nameOf(modele, other) }))
			: [],
		aClasser,
		anciens: await formerCodesOf(db, pacteId, ficheId, noeud?.code ?? ''),
		precedente: here > 0 ? repere(fiches[here - 1] as NoeudLu) : null,
		suivante: here >= 0 && fiches[here + 1] ? repere(fiches[here + 1] as NoeudLu) : null
	};
}

/** One that it has again is not former. */
async function formerCodesOf(db: Queryable, pacteId: string, noeudId: string, code: string): Promise<string[]> {
	const rows = await db
		.selectFrom('anciens_codes')
		.select('code')
		.where('pacte_id', '=', pacteId)
		.where('noeud_id', '=', noeudId)
		.where('code', '<>', code)
		.orderBy('rang', 'desc')
		.execute();
	return rows.map((row) => row.code);
}

function nameOf(modele: Modele, { niveau }: NoeudLu): string {
	return niveauOf(modele, niveau)?.nom ?? '';
}

/** What holds a node, from the top down. */
export function ancestorsOf(noeuds: readonly NoeudLu[], noeud: NoeudLu): NoeudLu[] {
	const ancestors: NoeudLu[] = [];
	const byId = new Map(noeuds.map((other) => [other.id, other]));
	for (let parent = noeud.parent; parent !== null && ancestors.length < noeuds.length;) {
		const other = byId.get(parent);
		if (!other) break;
		ancestors.unshift(other);
		parent = other.parent;
	}
	return ancestors;
}

export function repere({ id, code, titre }: Repere): Repere {
	return { id, code, titre };
}
