import { cellulesOf, isEntreRangees, isTraitDeTableau } from './balisage.ts';
import { isDAction, likeness, PAIRES_MAXIMUM, type FicheEnCorps } from './branches.ts';
import { readCle } from './etiquettes.ts';
import type { Intitule } from './intitules.ts';
import type { Ligne } from './lignes.ts';
import { sameForm, tidy } from './mots.ts';
import { readTitreCode, roleOf } from './synthese.ts';

/** A table whose rows are actions, each with its fields. */
export interface TableauDActions {
	/** Line number of its head. */
	ligne: number;
	fiches: FicheEnCorps[];
}

interface Colonne {
	tete: string;
	/** The level that its cells name; null for a code or a field. */
	niveau: string | null;
	genre: 'niveau' | 'code' | 'champ';
}

/** A table of actions says so much of each: its title, and two fields. */
const CHAMPS_MINIMUM = 2;

/** The actions that a text gives in the rows of its tables. `hors` holds the lines that belong to something else. */
export function findTableauxDActions(lignes: readonly Ligne[], hors: ReadonlySet<number>): TableauDActions[] {
	const tableaux: TableauDActions[] = [];
	for (let i = 0; i < lignes.length; i++) {
		const colonnes = readColonnes(lignes[i]!, hors);
		if (colonnes === null) continue;
		const lu = readRangees(lignes, i, colonnes, hors);
		if (lu.fiches.length === 0) continue;
		tableaux.push({ ligne: lignes[i]!.numero, fiches: lu.fiches });
		i = lu.fin;
	}
	return tableaux;
}

/** A row that has the words of a fiche gathers it: the table is a synthesis. */
export function isSynthese({ fiches }: TableauDActions, autres: readonly FicheEnCorps[]): boolean {
	const titreDe = ({ bloc }: FicheEnCorps) => bloc.at(-1)?.titre ?? '';
	if (fiches.length * autres.length > PAIRES_MAXIMUM) {
		const connus = new Set(autres.map((autre) => sameForm(titreDe(autre))));
		return fiches.some((fiche) => connus.has(sameForm(titreDe(fiche))));
	}
	return fiches.some((fiche) => autres.some((autre) => likeness(titreDe(fiche), titreDe(autre)) >= 0.5));
}

function readColonnes(ligne: Ligne, hors: ReadonlySet<number>): Colonne[] | null {
	if (ligne.vide || hors.has(ligne.numero)) return null;
	const tetes = cellulesOf(ligne.brut)?.map((texte) => tidy(texte.replaceAll('\n', ' ')));
	if (tetes === undefined || tetes.length < 3 || tetes.some((texte) => texte === '' || texte.length > 60)) return null;
	const colonnes = tetes.map((tete): Colonne => {
		const role = roleOf(tete);
		if (role.genre === 'niveau') return { tete, niveau: role.niveau, genre: 'niveau' };
		return { tete, niveau: null, genre: role.genre === 'code' ? 'code' : 'champ' };
	});
	const champs = new Set(colonnes.flatMap(({ genre, tete }) => (genre === 'champ' ? (readCle(tete) ?? []) : [])));
	const actions = colonnes.filter(({ niveau }) => niveau !== null && isDAction(niveau));
	return actions.length > 0 && champs.size >= CHAMPS_MINIMUM ? colonnes : null;
}

function readRangees(
	lignes: readonly Ligne[],
	tete: number,
	colonnes: readonly Colonne[],
	hors: ReadonlySet<number>
): { fiches: FicheEnCorps[]; fin: number } {
	const fiches: FicheEnCorps[] = [];
	let courants: (Intitule | null)[] = colonnes.map(() => null);
	let fin = tete;
	for (let i = tete + 1; i < lignes.length; i++) {
		const ligne = lignes[i]!;
		if (isTraitDeTableau(ligne.brut) || (ligne.vide && isEntreRangees(ligne.brut)) || hors.has(ligne.numero)) continue;
		const cellules = ligne.vide ? null : cellulesOf(ligne.brut);
		if (cellules === null) break;
		fin = i;
		if (colonnes.every(({ tete }, c) => tidy(cellules[c] ?? '') === tete)) continue;
		const propres = colonnes.map((_, c) => cellules[c] ?? '');
		const lus = propres.map((texte, c) => readEchelon(colonnes[c]!, texte, propres, colonnes, ligne));
		if (lus.every((lu) => lu === null)) {
			addSuite(fiches.at(-1), colonnes, propres, ligne);
			continue;
		}
		// What stands left of the first cell that names a level goes on from the row above.
		const premiere = lus.findIndex((lu) => lu !== null);
		courants = lus.map((lu, c) => (c < premiere ? courants[c]! : lu));
		const bloc = courants.filter((intitule) => intitule !== null);
		if (!isDAction(bloc.at(-1)!.niveau!)) continue;
		const propre = { ...bloc.at(-1)!, lignes: [ligne.numero, ...(fiches.length === 0 ? [lignes[tete]!.numero] : [])] };
		fiches.push({
			corps: { tete: [], lignes: champsOf(colonnes, propres, ligne) },
			bloc: [...bloc.slice(0, -1), propre]
		});
	}
	return { fiches, fin };
}

function readEchelon(
	{ genre, niveau }: Colonne,
	texte: string,
	cellules: readonly string[],
	colonnes: readonly Colonne[],
	{ numero }: Ligne
): Intitule | null {
	const propre = tidy(texte.replaceAll('\n', ' '));
	if (genre !== 'niveau' || niveau === null || propre === '') return null;
	const { code, titre } = readTitreCode(propre);
	const colonneDuCode = isDAction(niveau) ? colonnes.findIndex(({ genre }) => genre === 'code') : -1;
	return { niveau, code: code || tidy(cellules[colonneDuCode] ?? ''), titre, ligne: numero, lignes: [numero] };
}

function champsOf(colonnes: readonly Colonne[], cellules: readonly string[], ligne: Ligne): Ligne[] {
	return colonnes.flatMap(({ genre, tete }, c) =>
		genre === 'champ' && cellules[c]!.trim() !== '' ? [toPaire(tete, cellules[c]!, ligne)] : []
	);
}

function toPaire(tete: string, valeur: string, ligne: Ligne): Ligne {
	return { ...ligne, paire: [tete, valeur], etiquettes: undefined };
}

/** A row without a title adds to the action above. */
function addSuite(
	fiche: FicheEnCorps | undefined,
	colonnes: readonly Colonne[],
	cellules: readonly string[],
	ligne: Ligne
): void {
	if (fiche === undefined) return;
	fiche.bloc.at(-1)!.lignes.push(ligne.numero);
	for (const [c, { tete, genre }] of colonnes.entries()) {
		if (genre !== 'champ' || cellules[c]!.trim() === '') continue;
		const deja = fiche.corps.lignes.find(({ paire }) => paire?.[0] === tete);
		if (deja === undefined) fiche.corps.lignes.push(toPaire(tete, cellules[c]!, ligne));
		else deja.paire![1] += `\n${cellules[c]!}`;
	}
}
