import type { Cellules } from '#lib/figures/grid.ts';
import { foldNom } from '#lib/organismes/fold.ts';
import type { ValeurChamp } from '#lib/pactes/archive.ts';
import { asTableau, type Champ } from '#lib/pactes/modele.ts';

/*
 * A sheet of a spreadsheet, laid onto one field of the fiches: each row says the code of its fiche, then what to add there. Or
 * laid onto the tree: each row says where a new action goes, then its title.
 */

/** A field that a list can fill: bullets, rows of cells, names of organismes. */
export type ChampDeListe = Extract<Champ, { type: 'puces' | 'tableau' | 'indicateurs' | 'montants' | 'organismes' }>;

export function isChampDeListe(champ: Champ): champ is ChampDeListe {
	return ['puces', 'tableau', 'indicateurs', 'montants', 'organismes'].includes(champ.type);
}

/** What a column of the sheet may be: the code of the fiche, or a column of the field. */
export interface Cible {
	id: string;
	etiquette: string;
	nombre: boolean;
}

/** What a list fills when it is no field: the tree, with new actions. */
export const ACTIONS = 'actions';
export const CODE = 'code';
export const TEXTE = 'texte';
const CELLULE_MAX = 500;
export const LIGNES_AU_PLUS = 500;

export function ciblesOf(champ: ChampDeListe): Cible[] {
	const code = { id: CODE, etiquette: 'Code de la fiche', nombre: false };
	if (champ.type === 'puces' || champ.type === 'organismes')
		return [code, { id: TEXTE, etiquette: champ.etiquette, nombre: false }];
	return [
		code,
		...asTableau(champ).colonnes.map(({ id, etiquette, type }) => ({
			id: `c:${id}`,
			etiquette,
			nombre: type === 'nombre'
		}))
	];
}

export const CIBLES_D_ACTIONS: Cible[] = [
	{ id: CODE, etiquette: 'Sous (numéro ou intitulé)', nombre: false },
	{ id: TEXTE, etiquette: 'Intitulé de l’action', nombre: false }
];

/** For each target, its column in the sheet, from 0; -1: none. */
export type Correspondance = Record<string, number>;

const NOMS_DE_CODE = [
	'code',
	'fiche',
	'action',
	'sous action',
	'n',
	'no',
	'numero',
	'code de la fiche',
	'code fiche',
	'ref',
	'reference'
];

/** The columns that name where an action goes, by how they begin. */
const NOMS_DE_PARENT = /^(?:sous|dans|axe|orientation|objectif|priorite|volet|chantier|niveau|rattache|parent)\b/;

/** Guessed from the names of the columns, then from their order. */
export function guessCorrespondance(noms: readonly string[], cibles: readonly Cible[]): Correspondance {
	const folded = noms.map((nom) => foldNom(nom));
	const taken = new Set<number>();
	const found: Correspondance = {};
	const give = (cible: string, place: number) => {
		found[cible] = place;
		if (place >= 0) taken.add(place);
	};
	const enArbre = cibles === CIBLES_D_ACTIONS;
	give(
		CODE,
		folded.findIndex((nom) => (enArbre ? NOMS_DE_PARENT.test(nom) : NOMS_DE_CODE.includes(nom)))
	);
	if (enArbre) {
		const titre = folded.findIndex((nom) => /^(?:intitule|titre|action|sous action|fiche|nom)\b/.test(nom));
		give(TEXTE, titre >= 0 ? titre : noms.findIndex((_, i) => !taken.has(i)));
		return found;
	}
	for (const { id, etiquette } of cibles.filter(({ id }) => id !== CODE)) {
		const name = foldNom(etiquette);
		const isFree = (i: number) => !taken.has(i);
		const same = folded.findIndex((nom, i) => isFree(i) && nom === name);
		const near = folded.findIndex(
			(nom, i) => isFree(i) && nom !== '' && (nom.startsWith(name) || name.startsWith(nom))
		);
		give(id, same >= 0 ? same : near);
	}
	const next = () => noms.findIndex((_, i) => !taken.has(i));
	if (found[CODE] === -1) give(CODE, next());
	const first = cibles[1];
	if (first && cibles.slice(1).every(({ id }) => found[id] === -1)) give(first.id, next());
	return found;
}

export interface LigneDeListe {
	/** In the sheet, from 1. */
	ligne: number;
	/** The fiche, or what will hold the action; '' when it is not known. */
	fiche: string;
	code: string;
	/** By target. */
	valeurs: Record<string, string>;
	/** What to mend; empty: nothing. */
	erreur: string;
}

/** Where the rows of a list may go. */
export interface Places {
	/** The id of each by its code, or by another of its names. */
	parCode: ReadonlyMap<string, string>;
	/** Where those go that do not say it. */
	sinon?: string;
	manque: string;
	inconnu: (code: string) => string;
	vide: string;
}

/** The fiches, by their codes. */
export function placesInFiches(parCode: ReadonlyMap<string, string>): Places {
	return {
		parCode,
		manque: 'Le code de la fiche manque.',
		inconnu: (code) => `Aucune fiche n’a le code «\u00a0${code}\u00a0».`,
		vide: 'Il n’y a rien à écrire dans la fiche.'
	};
}

/** The branches that may hold an action, by their codes and their titles. */
export function placesInArbre(parCode: ReadonlyMap<string, string>, sinon: string): Places {
	return {
		parCode,
		...(sinon !== '' && { sinon }),
		manque: 'Rien ne dit où va cette action\u00a0: donnez la colonne qui le dit, ou choisissez sous quoi la mettre.',
		inconnu: (code) => `Rien de ce nom ne peut tenir une action\u00a0: «\u00a0${code}\u00a0».`,
		vide: 'L’intitulé manque.'
	};
}

/** Reads each row; one that is wrong says why. */
export function readListe(
	cellules: Cellules,
	{ entete, correspondance, cibles }: { entete: number; correspondance: Correspondance; cibles: readonly Cible[] },
	places: Places
): LigneDeListe[] {
	const seen = new Map<string, number>();
	return cellules.flatMap((row, i) => {
		if (i <= entete || row.every((cell) => cell === '')) return [];
		const at = (cible: string) => (row[correspondance[cible] ?? -1] ?? '').trim();
		const code = at(CODE);
		const fiche = (code === '' ? places.sinon : places.parCode.get(foldCode(code))) ?? '';
		const champs = cibles.filter(({ id }) => id !== CODE);
		const valeurs = Object.fromEntries(champs.map(({ id }) => [id, at(id)]));
		const same = JSON.stringify([fiche, valeurs]);
		const before = seen.get(same);
		seen.set(same, before ?? i + 1);
		return [{ ligne: i + 1, fiche, code, valeurs, erreur: erreurOf({ code, fiche, valeurs, before }, champs, places) }];
	});
}

/** « I-3-a-1 » and « I3a1 » are the same code. */
export function foldCode(code: string): string {
	return code
		.toLowerCase()
		.replace(/[^\p{L}\p{N}.]/gu, '')
		.replace(/\.+$/, '');
}

function erreurOf(
	lu: Pick<LigneDeListe, 'code' | 'fiche' | 'valeurs'> & { before: number | undefined },
	champs: readonly Cible[],
	{ manque, inconnu, vide }: Places
): string {
	if (lu.fiche === '') return lu.code === '' ? manque : inconnu(lu.code.slice(0, 30));
	if (champs.every(({ id }) => lu.valeurs[id] === '')) return vide;
	if (lu.before !== undefined) return `C’est la même chose qu’à la ligne ${lu.before}.`;
	for (const { id, etiquette, nombre } of champs) {
		const valeur = lu.valeurs[id] ?? '';
		if (valeur.length >= CELLULE_MAX) return `«\u00a0${etiquette}\u00a0» dépasse ${CELLULE_MAX - 1} caractères.`;
		if (nombre && valeur !== '' && !/^-?[\d\s]+([.,]\d+)?$/.test(valeur))
			return `«\u00a0${etiquette}\u00a0»\u00a0: «\u00a0${valeur.slice(0, 30)}\u00a0» n’est pas un nombre.`;
	}
	return '';
}

/** What the rows of one fiche add to its field. */
export function valeurOf(
	champ: Exclude<ChampDeListe, { type: 'organismes' }>,
	lignes: readonly LigneDeListe[]
): ValeurChamp {
	if (champ.type === 'puces') return { puces: lignes.map(({ valeurs }) => valeurs[TEXTE] ?? '') };
	const ids = asTableau(champ).colonnes.map(({ id }) => id);
	return {
		lignes: lignes.map(({ valeurs }) => Object.fromEntries(ids.map((id) => [id, valeurs[`c:${id}`] ?? ''])))
	};
}
