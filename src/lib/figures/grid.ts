import { writeCsv } from '../csv.ts';
import type { Figure, Forme, Ligne, Serie } from './figure.ts';
import { LIGNES_MAX, SERIES_MAX } from './figure.ts';
import { isAbsent, readNombre } from './nombre.ts';

/** Cells as they come from a spreadsheet, a paste or a file: rows of texts. */
export type Cellules = string[][];

/** A sheet of a file that was read. */
export interface Feuille {
	nom: string;
	cellules: Cellules;
	/** Rows that were beyond what a figure holds. */
	coupees: number;
}

/** What a cell may hold: a text, on one line. */
const CELLULE_MAX = 500;

/** Reads what a spreadsheet puts on the clipboard: tabs between cells, quotes around those that hold a newline. */
export function readPaste(texte: string): Cellules {
	return readSeparated(texte, '\t');
}

/** Whether a pasted text is several cells, rather than words for one. */
export function isGrid(texte: string): boolean {
	return /\t/.test(texte) || /\n/.test(texte.replace(/\s+$/, ''));
}

/** The separator that a .csv uses: the one that gives the same number of cells on most of its first lines. */
export function separatorOf(texte: string): string {
	const lines = texte.split(/\r\n|\r|\n/, 30).filter((line) => line.trim() !== '');
	const score = (separator: string) => {
		const counts = lines.map((line) => readSeparated(line, separator)[0]?.length ?? 1);
		const most = Math.max(1, ...counts);
		return most === 1 ? 0 : counts.filter((count) => count === most).length * 10 + most;
	};
	return ([';', '\t', ','] as const).toSorted((a, b) => score(b) - score(a))[0] as string;
}

/** RFC 4180, read tolerantly: a quote in the middle of a cell is a quote. Cells are cut at the longest. */
export function readSeparated(texte: string, separator: string, longest = CELLULE_MAX): Cellules {
	const rows: Cellules = [];
	let row: string[] = [];
	let cell = '';
	let quoted = false;
	const source = texte.replace(/^\ufeff/, '');
	const endCell = () => {
		row.push(cleanCell(cell, longest));
		cell = '';
	};
	for (let i = 0; i < source.length; i++) {
		const sign = source[i] as string;
		if (quoted) {
			if (sign !== '"') cell += sign;
			else if (source[i + 1] === '"') {
				cell += '"';
				i++;
			} else quoted = false;
		} else if (sign === '"' && cell.trim() === '') {
			cell = '';
			quoted = true;
		} else if (sign === separator) endCell();
		else if (sign === '\n' || sign === '\r') {
			if (sign === '\r' && source[i + 1] === '\n') i++;
			endCell();
			rows.push(row);
			row = [];
		} else cell += sign;
	}
	if (cell !== '' || row.length > 0) {
		endCell();
		rows.push(row);
	}
	return trimmed(rows);
}

function cleanCell(cell: string, longest: number): string {
	return cell.replace(/\s+/g, ' ').trim().slice(0, longest);
}

/** Without the empty rows and columns at its ends. */
export function trimmed(rows: Cellules): Cellules {
	const isEmpty = (row: readonly string[]) => row.every((cell) => cell === '');
	let start = 0;
	let end = rows.length;
	while (start < end && isEmpty(rows[start] as string[])) start++;
	while (end > start && isEmpty(rows[end - 1] as string[])) end--;
	const kept = rows.slice(start, end);
	const width = Math.max(0, ...kept.map((row) => row.findLastIndex((cell) => cell !== '') + 1));
	return kept.map((row) => Array.from({ length: width }, (_, i) => row[i] ?? ''));
}

/** Which row names the columns, if one does: the last before numbers begin. -1: none. */
export function headerOf(cellules: Cellules): number {
	const isValue = (cell: string) => cell !== '' && (readNombre(cell) !== null || isAbsent(cell));
	const first = cellules.findIndex(
		(row, i) => row.slice(1).some(isValue) && !isYears(row.slice(1)) && (i > 0 || row[0] !== '')
	);
	if (first > 0) return first - 1;
	return first === 0 ? -1 : cellules.length > 1 ? 0 : -1;
}

/** Years name columns; they are no values. */
function isYears(cells: readonly string[]): boolean {
	const filled = cells.filter((cell) => cell !== '');
	return filled.length > 0 && filled.every((cell) => /^(19|20)\d\d$/.test(cell));
}

/** A cell or a row that cannot be taken as it is. */
export interface Refus {
	/** In the file, from 1. */
	ligne: number;
	phrase: string;
}

export interface Lecture {
	series: Serie[];
	lignes: Ligne[];
	refus: Refus[];
}

/** Makes the rows and columns of a figure from cells. `entete`: the row that names the columns, from 0; -1: none. */
export function readTable(cellules: Cellules, entete: number): Lecture {
	const header = entete < 0 ? [] : (cellules[entete] ?? []);
	const rows = cellules.slice(entete + 1);
	const width = Math.max(1, ...cellules.slice(Math.max(0, entete)).map((row) => row.length));
	const refus: Refus[] = [];
	if (width < 2)
		refus.push({ ligne: 1, phrase: 'Il faut deux colonnes au moins\u00a0: les libellés, puis les valeurs.' });
	if (rows.length === 0) refus.push({ ligne: 1, phrase: 'Il n’y a aucune ligne de valeurs.' });
	if (width - 1 > SERIES_MAX)
		refus.push({
			ligne: entete + 1,
			phrase: `${width - 1} colonnes, c’est plus que les ${SERIES_MAX} qu’une figure peut tenir.`
		});
	if (rows.length > LIGNES_MAX)
		refus.push({
			ligne: 1,
			phrase: `${rows.length} lignes, c’est plus que les ${LIGNES_MAX} qu’une figure peut tenir.`
		});
	const series = Array.from({ length: Math.min(width - 1, SERIES_MAX) }, (_, i) => ({
		id: `s${i + 1}`,
		nom: header[i + 1] ?? ''
	}));
	const lignes: Ligne[] = [];
	rows.slice(0, LIGNES_MAX).forEach((row, i) => {
		if (row.every((cell) => cell === '')) return;
		const valeurs = Object.fromEntries(series.map(({ id }, s) => [id, row[s + 1] ?? '']));
		lignes.push({ id: `l${lignes.length + 1}`, libelle: row[0] ?? '', valeurs });
		refus.push(...refusIn(row, entete + 2 + i, series));
	});
	return { series, lignes, refus };
}

function refusIn(row: readonly string[], ligne: number, series: readonly Serie[]): Refus[] {
	const found: Refus[] = [];
	if ((row[0] ?? '') === '') found.push({ ligne, phrase: 'le libellé manque dans la première colonne.' });
	series.forEach(({ nom }, s) => {
		const cell = row[s + 1] ?? '';
		if (isAbsent(cell) || readNombre(cell) !== null) return;
		const where = nom === '' ? `colonne ${s + 2}` : `«\u00a0${nom}\u00a0»`;
		found.push({ ligne, phrase: `${where}\u00a0: «\u00a0${cell.slice(0, 60)}\u00a0» n’est pas un nombre.` });
	});
	return found;
}

/** The form that suits the data: years make lines, several columns make groups. */
export function formeFor({ series, lignes }: Pick<Figure, 'series' | 'lignes'>): Forme {
	const years = lignes.filter(({ libelle }) => /^(19|20)\d\d$/.test(libelle.trim())).length;
	if (years >= 3 && years === lignes.length) return 'lignes';
	return series.length > 1 ? 'groupees' : 'barres';
}

/** The cells of a figure, with the names of its rows and columns. */
export function cellsOf({ series, lignes }: Pick<Figure, 'series' | 'lignes'>): Cellules {
	return [
		['', ...series.map(({ nom }) => nom)],
		...lignes.map(({ libelle, valeurs }) => [libelle, ...series.map(({ id }) => valeurs[id] ?? '')])
	];
}

/** A figure as a .csv that French spreadsheets open: semicolons, a mark that says UTF-8, nothing that runs. */
export function toCsv(figure: Figure): string {
	const rows = [
		...cellsOf(figure),
		[],
		['Titre', figure.titre],
		['Unité', figure.unite],
		['Date', figure.date],
		['Territoire', figure.territoire],
		['Source', figure.source],
		['En une phrase', figure.phrase]
	];
	return writeCsv(rows);
}
