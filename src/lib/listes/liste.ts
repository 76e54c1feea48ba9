import type { Cellules } from '#lib/figures/grid.ts';
import { foldNom } from '#lib/organismes/fold.ts';
import type { ValeurChamp } from '#lib/pactes/archive.ts';
import { asTableau, type Champ } from '#lib/pactes/modele.ts';

/*
 * A sheet of a spreadsheet, laid onto one field of the fiches: each row says the code of its fiche, then what to add there.
 */

/** A field that a list can fill: bullets, or rows of cells. */
export type ChampDeListe = Extract<Champ, { type: 'puces' | 'tableau' | 'indicateurs' | 'montants' }>;

export function isChampDeListe(champ: Champ): champ is ChampDeListe {
	return ['puces', 'tableau', 'indicateurs', 'montants'].includes(champ.type);
}

/** What a column of the sheet may be: the code of the fiche, or a column of the field. */
export interface Cible {
	id: string;
	etiquette: string;
	nombre: boolean;
}

export const CODE = 'code';
const TEXTE = 'texte';
const CELLULE_MAX = 500;
export const LIGNES_AU_PLUS = 500;

export function ciblesOf(champ: ChampDeListe): Cible[] {
	const code = { id: CODE, etiquette: 'Code de la fiche', nombre: false };
	if (champ.type === 'puces') return [code, { id: TEXTE, etiquette: champ.etiquette, nombre: false }];
	return [
		code,
		...asTableau(champ).colonnes.map(({ id, etiquette, type }) => ({
			id: `c:${id}`,
			etiquette,
			nombre: type === 'nombre'
		}))
	];
}

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

/** Guessed from the names of the columns, then from their order. */
export function guessCorrespondance(noms: readonly string[], cibles: readonly Cible[]): Correspondance {
	const folded = noms.map((nom) => foldNom(nom));
	const taken = new Set<number>();
	const found: Correspondance = {};
	const give = (cible: string, place: number) => {
		found[cible] = place;
		if (place >= 0) taken.add(place);
	};
	give(
		CODE,
		folded.findIndex((nom) => NOMS_DE_CODE.includes(nom))
	);
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
	/** The fiche; '' when it is not known. */
	fiche: string;
	code: string;
	/** By target. */
	valeurs: Record<string, string>;
	/** What to mend; empty: nothing. */
	erreur: string;
}

/** Reads each row; one that is wrong says why. `fiches`: the id of each fiche by its code. */
export function readListe(
	cellules: Cellules,
	{ entete, correspondance, cibles }: { entete: number; correspondance: Correspondance; cibles: readonly Cible[] },
	fiches: ReadonlyMap<string, string>
): LigneDeListe[] {
	const seen = new Map<string, number>();
	return cellules.flatMap((row, i) => {
		if (i <= entete || row.every((cell) => cell === '')) return [];
		const at = (cible: string) => (row[correspondance[cible] ?? -1] ?? '').trim();
		const code = at(CODE);
		const fiche = fiches.get(foldCode(code)) ?? '';
		const champs = cibles.filter(({ id }) => id !== CODE);
		const valeurs = Object.fromEntries(champs.map(({ id }) => [id, at(id)]));
		const same = JSON.stringify([fiche, valeurs]);
		const before = seen.get(same);
		seen.set(same, before ?? i + 1);
		return [{ ligne: i + 1, fiche, code, valeurs, erreur: erreurOf({ code, fiche, valeurs, before }, champs) }];
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
	champs: readonly Cible[]
): string {
	if (lu.code === '') return 'Le code de la fiche manque.';
	if (lu.fiche === '') return `Aucune fiche n’a le code «\u00a0${lu.code.slice(0, 30)}\u00a0».`;
	if (champs.every(({ id }) => lu.valeurs[id] === '')) return 'Il n’y a rien à écrire dans la fiche.';
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
export function valeurOf(champ: ChampDeListe, lignes: readonly LigneDeListe[]): ValeurChamp {
	if (champ.type === 'puces') return { puces: lignes.map(({ valeurs }) => valeurs[TEXTE] ?? '') };
	const ids = asTableau(champ).colonnes.map(({ id }) => id);
	return {
		lignes: lignes.map(({ valeurs }) => Object.fromEntries(ids.map((id) => [id, valeurs[`c:${id}`] ?? ''])))
	};
}
