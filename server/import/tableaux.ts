import type { CleDeChamp } from '#lib/import/proposition.ts';
import { cellulesOf, isEntreRangees, isTraitDeTableau } from './balisage.ts';
import { readCle, readEtiquettes } from './etiquettes.ts';
import { readIdentite, readIntitule } from './intitules.ts';
import { isMarked } from './jalons.ts';
import type { Ligne } from './lignes.ts';
import { fold, tidy } from './mots.ts';

/** A table as the text prints it: every row has as many cells as there are columns. */
export interface TableauLu {
	cle: CleDeChamp | null;
	colonnes: string[];
	lignes: string[][];
	/** The cells that go on from the one above: [row from 0, column from 0]. */
	suites: [ligne: number, colonne: number][];
	/** How many lines of the text it takes, its head included. */
	longueur: number;
}

/** What a column may hold without being a field of a fiche. */
const COLONNE =
	/^(?:n[°ºo]?|code|action|operateurs?|responsables?|qui|quoi|quand|ou|comment|cibles?|valeurs?(?: cibles?| de depart| actuelle)?|sources?|nature|periodicite|frequence|unite|libelle|intitule|montants?|annee|type|statut|etat|descriptif|description|commentaires?|taches?|mesures?|\d{4}|total)(?: .{1,30})?$/;
/** Fields that a table may carry; « Pilote | Partenaires » is a box, its values below. */
const EN_TABLEAU = new Set<string>([
	'livrables',
	'etapes',
	'indicateurs',
	'modalites',
	'budget',
	'financeurs',
	'resultats',
	'calendrier'
]);
const LONGUEUR_D_ENTETE = 60;
/** How far the lines of one row may run. */
const LOIN = 20;

// — Labels behind bullets —

/** Among the labels of a text, so many stand behind bullets that the bullets say nothing. */
const PUCES_MINIMUM = 6;

/** « - **Pilote :** CAF »: where most labels are items of a list, they are labels all the same. */
export function unmarkEtiquettes(lignes: readonly Ligne[]): void {
	const etiquettes = lignes.filter(
		(ligne) => !ligne.vide && readEtiquettes(ligne).length > 0 && (!isMarked(ligne) || DEUX_POINTS.test(ligne.texte))
	);
	const marquees = etiquettes.filter(isMarked);
	const cles = new Set(marquees.map((ligne) => readEtiquettes(ligne)[0]!.cle));
	if (marquees.length < PUCES_MINIMUM || cles.size < 3 || marquees.length * 3 < etiquettes.length * 2) return;
	const retrait = Math.min(...marquees.map((ligne) => ligne.retrait));
	for (const ligne of lignes)
		if (isMarked(ligne) && ligne.retrait === retrait && DEUX_POINTS.test(ligne.texte)) ligne.marque = null;
}

const DEUX_POINTS = /^[^:]{2,60}:/;

// — A fiche laid out as a table: a label and its value in each row —

/** Marks the rows « label | value » of the tables that hold a fiche; a head « Rubrique | Contenu » says nothing. */
export function pairRangees(lignes: readonly Ligne[]): void {
	for (let i = 0; i < lignes.length; i++) {
		if (pairOf(lignes[i]!) === null) continue;
		let fin = i + 1;
		while (fin < lignes.length && goesOn(lignes, fin)) fin++;
		markPaires(lignes.slice(i, fin));
		i = fin - 1;
	}
}

function pairOf({ vide, brut }: Ligne): [string, string] | null {
	const cellules = vide ? null : cellulesOf(brut);
	if (cellules === null || cellules.slice(2).some((texte) => texte !== '')) return null;
	const etiquette = tidy(cellules[0]!.replaceAll('\n', ' '));
	return etiquette === '' || etiquette.length > LONGUEUR_D_ENTETE ? null : [etiquette, cellules[1]!];
}

/** Rows, and the lines below a row that its cell goes on with. */
function goesOn(lignes: readonly Ligne[], i: number): boolean {
	const ligne = lignes[i]!;
	if (ligne.vide) return isEntreRangees(ligne.brut);
	if (pairOf(ligne) !== null || isTraitDeTableau(ligne.brut)) return true;
	return cellulesOf(ligne.brut) === null && ligne.profondeur === 0 && !ligne.brut.includes('<');
}

function markPaires(lignes: readonly Ligne[]): void {
	const rangees = lignes.flatMap((ligne) => {
		const paire = pairOf(ligne);
		return paire === null ? [] : [{ ligne, paire, sure: isChamp(paire) }];
	});
	const cles = new Set(rangees.flatMap(({ sure, paire }) => (sure ? [readCle(paire[0])] : [])));
	if (cles.size < 2 || cles.size * 3 < rangees.length) return;
	// What a cell goes on with has its own lines, and no margin that would cut them.
	for (const ligne of lignes) ligne.paragraphe ||= /^[\p{Lu}\d«]/u.test(ligne.texte);
	for (const [r, { ligne, paire, sure }] of rangees.entries()) {
		if (r === 0 && ENTETE_DE_FICHE.test(fold(paire[0]))) Object.assign(ligne, { texte: '', plie: '', vide: true });
		else if (sure || !isIntitule(ligne)) ligne.paire = paire;
	}
}

const ENTETE_DE_FICHE = /^(?:rubriques?|champs?|items?|elements?|themes?|categories?|intitules?|informations?)$/;

/** What names the fiche, or what holds it, stands among its headings. */
function isIntitule(ligne: Ligne): boolean {
	return readIntitule(ligne) !== null || readIdentite(ligne) !== null || readEtiquettes(ligne)[0]?.cle === 'axe';
}

function isChamp([etiquette, valeur]: [string, string]): boolean {
	const tete = tidy(valeur.replaceAll('\n', ' '));
	return readCle(etiquette) !== null && readCle(tete) === null && !COLONNE.test(fold(tete));
}

// — Tables of rows —

/** Reads the table whose head is at this index; null when there is none. `titre` is the label right above it. */
export function readTableau(lignes: readonly Ligne[], index: number, titre: CleDeChamp | null): TableauLu | null {
	const tete = readTete(lignes, index, titre);
	if (tete === null) return null;
	const { cle, colonnes, decoupe } = tete;
	const rangees: string[][] = [];
	let fin = index;
	for (let i = index + 1; i < lignes.length; i++) {
		const ligne = lignes[i]!;
		if (isTraitDeTableau(ligne.brut)) {
			fin = i;
			continue;
		}
		if (ligne.vide && isEntreRangees(ligne.brut)) continue;
		if (ligne.vide && !/\S/.test(ligne.brut.replaceAll('|', ''))) {
			// The rows of a table of spaces may stand apart.
			if (decoupe.parTabulations || !isRangeeDe(lignes[i + 1], decoupe)) break;
			continue;
		}
		const cellules = decoupe.read(ligne);
		const repetee = cellules !== null && sameCellules(cellules, colonnes);
		// Another table begins right below.
		if (!repetee && readTete(lignes, i, null) !== null) break;
		if (cellules === null) {
			const derniere = rangees.at(-1);
			if (derniere === undefined || isAutreChose(ligne)) break;
			appendTo(
				derniere,
				derniere.findLastIndex((texte) => texte !== ''),
				ligne.texte
			);
		} else if (repetee) {
			// The head comes back at the top of a page.
		} else if (!decoupe.parTabulations && continuesRangee(cellules, rangees.at(-1))) {
			for (const [c, texte] of cellules.entries()) if (texte !== '') appendTo(rangees.at(-1)!, c, texte);
		} else rangees.push(fit(cellules, colonnes.length));
		fin = i;
	}
	const pleines = rangees.filter((rangee) => rangee.some((texte) => texte !== ''));
	if (pleines.length === 0) return null;
	return { cle, colonnes, lignes: pleines, suites: suitesOf(pleines), longueur: fin - index + 1 };
}

interface Decoupe {
	parTabulations: boolean;
	read(ligne: Ligne): string[] | null;
}

function readTete(
	lignes: readonly Ligne[],
	index: number,
	titre: CleDeChamp | null
): { cle: CleDeChamp | null; colonnes: string[]; decoupe: Decoupe } | null {
	const ligne = lignes[index]!;
	if (ligne.vide || isMarked(ligne)) return null;
	const parCellules = cellulesOf(ligne.brut);
	const places = parCellules === null ? placesOf(ligne.brut) : null;
	const colonnes = trimEnd(
		(parCellules ?? places?.map(({ texte }) => texte) ?? []).map((texte) => tidy(texte.replaceAll('\n', ' ')))
	);
	if (colonnes.length < 2 || colonnes.some((texte) => texte.length > LONGUEUR_D_ENTETE)) return null;
	if (colonnes.filter((texte) => texte === '').length > 1) return null;
	const decoupe: Decoupe =
		places === null
			? { parTabulations: true, read: ({ brut }) => cellulesOf(brut) }
			: { parTabulations: false, read: ({ brut }) => atPlaces(brut, places) };
	const suivante = lignes
		.slice(index + 1, index + LOIN)
		.filter(({ vide, brut }) => !(vide && isEntreRangees(brut)))
		.slice(0, 3)
		.find(({ vide, brut }) => !vide && !isTraitDeTableau(brut));
	const premiereRangee = suivante === undefined ? null : decoupe.read(suivante);
	if (premiereRangee === null || sameCellules(premiereRangee, colonnes)) return null;
	// « Calendrier    2025 à 2026 » is a field and its value.
	if (colonnes.length === 2 && /^\d/.test(colonnes[1]!)) return null;
	const cles = colonnes.map((texte) => (texte === '' ? null : readCle(texte)));
	const connues = colonnes.filter((texte, i) => cles[i] !== null || COLONNE.test(fold(texte))).length;
	const premiere = cles[0] ?? null;
	const sure = isTraitDeTableau(lignes[index + 1]?.brut ?? '');
	const cle = premiere !== null && EN_TABLEAU.has(premiere) ? (premiere as CleDeChamp) : titre;
	const estUnTableau =
		(premiere !== null && EN_TABLEAU.has(premiere) && connues >= Math.max(2, colonnes.length / 2)) ||
		(titre !== null && (sure || connues >= Math.max(2, colonnes.length / 2)));
	return estUnTableau ? { cle, colonnes, decoupe } : null;
}

function trimEnd(cellules: string[]): string[] {
	const fin = cellules.findLastIndex((texte) => texte !== '');
	return cellules.slice(0, fin + 1);
}

/** The columns of a line whose cells stand three spaces apart, by where they begin. */
function placesOf(brut: string): { debut: number; texte: string }[] {
	if (brut.length > 400 || !/\S {2,}\S/.test(brut)) return [];
	return [...brut.matchAll(/\S+(?: \S+)*/g)].map(({ 0: texte, index }) => ({ debut: index, texte }));
}

/** The cells of a line below: each goes to the column under which it begins, or to the one before it. */
function atPlaces(brut: string, places: readonly { debut: number }[]): string[] | null {
	if (brut.length > 2000) return null;
	const morceaux = placesIn(brut);
	if (morceaux.length === 0) return null;
	const cellules = places.map(() => '');
	for (const { debut, texte } of morceaux) {
		const c = places.findLastIndex((place) => place.debut <= debut + 1);
		if (c === -1) return null;
		cellules[c] = cellules[c] === '' ? texte : `${cellules[c]} ${texte}`;
	}
	const seule = cellules.filter((texte) => texte !== '').length === 1 && cellules[0] !== '';
	// A long line under the first column alone is prose that follows the table.
	return seule && cellules[0]!.length > (places[1]?.debut ?? 0) ? null : cellules;
}

function placesIn(brut: string): { debut: number; texte: string }[] {
	return [...brut.matchAll(/\S+(?: \S+)*/g)].map(({ 0: texte, index }) => ({ debut: index, texte }));
}

function isRangeeDe(ligne: Ligne | undefined, decoupe: Decoupe): boolean {
	if (ligne === undefined || ligne.vide || isAutreChose(ligne)) return false;
	const cellules = decoupe.read(ligne);
	return cellules !== null && cellules.filter((texte) => texte !== '').length > 1;
}

/** A line of spaces that ends the row above: it begins low, or has nothing under the first column. */
function continuesRangee(cellules: readonly string[], precedente: readonly string[] | undefined): boolean {
	if (precedente === undefined) return false;
	const pleines = cellules.filter((texte) => texte !== '');
	if (pleines.length === 0) return true;
	if (cellules[0] === '') return true;
	return (
		pleines.every((texte) => /^[\p{Ll}(]/u.test(texte)) || (pleines.length === 1 && /^[\p{Ll}(]/u.test(pleines[0]!))
	);
}

function isAutreChose(ligne: Ligne): boolean {
	return isMarked(ligne) || ligne.vide || readEtiquettes(ligne).length > 0 || ligne.profondeur > 0;
}

function sameCellules(cellules: readonly string[], colonnes: readonly string[]): boolean {
	return fit(cellules, colonnes.length).every(
		(texte, c) => fold(tidy(texte.replaceAll('\n', ' '))) === fold(colonnes[c]!)
	);
}

/** A row may lack its last cells, or have more of them than the head. */
function fit(cellules: readonly string[], nombre: number): string[] {
	const rangee = Array.from({ length: nombre }, (_, c) => cellules[c] ?? '');
	const enTrop = cellules.slice(nombre).filter((texte) => texte !== '');
	if (enTrop.length > 0) appendTo(rangee, nombre - 1, enTrop.join(' '));
	return rangee;
}

function appendTo(rangee: string[], c: number, texte: string): void {
	if (c < 0) return;
	rangee[c] = rangee[c] === '' ? texte : `${rangee[c]} ${texte}`;
}

/** A row without its first cell adds to the one above: the empty cells before what it adds go on from there. */
function suitesOf(rangees: readonly string[][]): TableauLu['suites'] {
	return rangees.flatMap((rangee, r) => {
		if (r === 0 || rangee[0] !== '') return [];
		const debut = rangee.findIndex((texte) => texte !== '');
		return rangee.slice(0, debut).map((_, c): [number, number] => [r, c]);
	});
}
