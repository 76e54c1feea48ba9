/*
 * What any office file is made of, once read, and the text that the reader of pactes takes: headings as Markdown has them, items with
 * their mark, rows of cells between bars.
 */

export type BlocLu = ParagrapheLu | TableauDeFichier | { t: 'page' };

export interface ParagrapheLu {
	t: 'p';
	/** From 1 for a heading; 0: it is none. */
	rang: number;
	/** Its bullet or its number (« - », « 1. »), when it is an item of a list. */
	marque: string;
	/** Of the item, from 0. */
	retrait: number;
	/** A line end inside is a line end on the page. */
	texte: string;
}

export interface TableauDeFichier {
	t: 'tableau';
	/** How many of its first rows the file itself says to be heads. */
	entetes: number;
	rangees: CelluleLue[][];
}

export interface CelluleLue {
	/** Columns that it spans. */
	colonnes: number;
	/** It only goes on from the cell above. */
	suite: boolean;
	blocs: BlocLu[];
}

export function paragraphe(texte: string, more: Partial<ParagrapheLu> = {}): ParagrapheLu {
	return { t: 'p', rang: 0, marque: '', retrait: 0, texte, ...more };
}

/** A form feed stands before the first line of a page. */
export function texteOf(blocs: readonly BlocLu[]): string {
	return linesOf(blocs)
		.join('\n')
		.replace(/\f\n+(?=[^\n])/g, '\f')
		.replace(/\n{3,}/g, '\n\n')
		.replace(/\f{2,}/g, '\f')
		.trim();
}

function linesOf(blocs: readonly BlocLu[]): string[] {
	const lignes: string[] = [];
	let avant: BlocLu | undefined;
	for (const bloc of blocs) {
		if (bloc.t === 'page') lignes.push('', '\f');
		else if (bloc.t === 'tableau') lignes.push('', ...linesOfTableau(bloc), '');
		else {
			const isItem = (other: BlocLu | undefined) => other?.t === 'p' && other.marque !== '';
			if (!(isItem(bloc) && isItem(avant))) lignes.push('');
			lignes.push(...linesOfParagraphe(bloc));
		}
		avant = bloc;
	}
	return lignes;
}

function linesOfParagraphe({ rang, marque, retrait, texte }: ParagrapheLu): string[] {
	const lignes = texte.split('\n').map(tidyLine).filter(Boolean);
	if (lignes.length === 0) return [];
	if (rang > 0) return [`${'#'.repeat(Math.min(6, rang))} ${lignes.join(' ')}`];
	if (marque === '') return lignes;
	const blanc = '  '.repeat(Math.min(8, retrait));
	return lignes.map((ligne, i) => (i === 0 ? `${blanc}${marque} ${ligne}` : `${blanc}  ${ligne}`));
}

/** Blanks as one, the no-break ones as they are; a tab stays one. */
function tidyLine(ligne: string): string {
	return ligne
		.replace(/[ \t]*\t[ \t]*/g, '\t')
		.replace(/ {2,}/g, ' ')
		.trim();
}

/**
 * A table that the file gives a head to, or that is three columns wide, is a table. Another is often a page cut in boxes: what stands
 * alone in its row is a line of the text, and a short cell before a long one is its label.
 */
function linesOfTableau(tableau: TableauDeFichier): string[] {
	const rangees = tableau.rangees.map((rangee) => rangee.filter((cellule) => !isBlank(cellule) || rangee.length > 1));
	const lignes: string[] = [];
	let ouverte = false;
	for (const [i, rangee] of rangees.entries()) {
		const pleines = rangee.filter((cellule) => !isBlank(cellule));
		if (pleines.length === 0) continue;
		const seule = rangee.length === 1 || (pleines.length === 1 && pleines[0]!.colonnes > 1 && !rangee.some(isSuite));
		if (seule || (!isData(tableau) && isLabelled(rangee))) {
			for (const [n, cellule] of pleines.entries())
				lignes.push(...(n % 2 === 0 ? [''] : []), ...linesOf(cellule.blocs).filter((ligne) => ligne !== ''));
			lignes.push('');
			ouverte = false;
		} else {
			lignes.push(...(ouverte || i === 0 ? [] : ['']), rowOf(rangee));
			if (!ouverte && i < Math.max(1, tableau.entetes))
				lignes.push(`|${' --- |'.repeat(rangee.reduce((somme, { colonnes }) => somme + colonnes, 0))}`);
			ouverte = true;
		}
	}
	return lignes;
}

function isData({ entetes, rangees }: TableauDeFichier): boolean {
	if (entetes > 0) return true;
	const larges = rangees.filter((rangee) => rangee.length >= 3).length;
	return larges >= 2 && larges * 2 >= rangees.length && !rangees.every(isLabelled);
}

const ETIQUETTE_MAX = 60;

/** « Pilote | La CAF », once or twice in a row. */
function isLabelled(rangee: readonly CelluleLue[]): boolean {
	const isLabel = (cellule: CelluleLue) => {
		const texte = texteOf(cellule.blocs);
		return texte !== '' && texte.length <= ETIQUETTE_MAX && !texte.includes('\n');
	};
	if (rangee.length === 2) return isLabel(rangee[0]!);
	return rangee.length === 4 && [0, 2].every((i) => isLabel(rangee[i]!) && /:\s*$/.test(texteOf(rangee[i]!.blocs)));
}

function isSuite({ suite }: CelluleLue): boolean {
	return suite;
}

function isBlank({ blocs }: CelluleLue): boolean {
	return texteOf(blocs) === '';
}

function rowOf(rangee: readonly CelluleLue[]): string {
	const cellules = rangee.flatMap(({ colonnes, suite, blocs }) => [
		suite ? '' : cellOf(blocs),
		...Array.from({ length: Math.max(0, colonnes - 1) }, () => '')
	]);
	return `| ${cellules.join(' | ')} |`;
}

function cellOf(blocs: readonly BlocLu[]): string {
	const plat = blocs.flatMap((bloc): BlocLu[] => {
		if (bloc.t === 'p') return [{ ...bloc, rang: 0 }];
		return bloc.t === 'tableau' ? bloc.rangees.flatMap((rangee) => rangee.flatMap(({ blocs }) => blocs)) : [];
	});
	return linesOf(plat.filter(({ t }) => t === 'p'))
		.filter((ligne) => ligne !== '')
		.map((ligne) => ligne.trim().replaceAll('\t', ' ').replaceAll('|', '\\|'))
		.join('<br>');
}
