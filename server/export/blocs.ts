import type { BlocDeProse, CelluleImprimee, Run, TableauDeProse } from './parties/prose.ts';

/*
 * A document as blocks, that any writer can write: .odt, .docx, .html, .md and .pdf from the same. What a pacte prints as prose is made
 * of the same blocks.
 */

export interface DocumentEcrit {
	type: 'ecrit';
	titre: string;
	/** Under the title; may be empty. */
	sousTitre: string;
	/** At the foot of each page. */
	pied: string;
	/** Its first heading says its title: a fiche, a branch alone. */
	titreDansLeTexte?: boolean;
	/** In place of the title alone: a page of its own. */
	couverture?: CouvertureEcrite;
	/** At the foot of each page, above its words. */
	bandeau?: BandeauEcrit;
	blocs: BlocEcrit[];
}

export interface CouvertureEcrite {
	/** Above the title; may be empty. */
	surtitre: string;
	/** Under it. */
	lignes: string[];
	bandeau: BandeauEcrit | null;
}

export type BlocEcrit =
	| TitreEcrit
	| ParagrapheEcrit
	| ImageEcrite
	| SommaireEcrit
	| FaitsEcrits
	| PageEcrite
	| BandeauEcrit
	| TableauEcrit
	| Extract<BlocDeProse, { t: 'constat' | 'liste' }>;

export interface ParagrapheEcrit {
	t: 'p' | 'citation';
	runs: Run[];
	/** Smaller and paler: where a figure comes from, of what kind an instance is. */
	discret?: true;
}

export interface TitreEcrit {
	t: 'titre';
	/** From 1, under the title of the document. */
	rang: number;
	texte: string;
	/** Its words, when they have notes. */
	runs?: Run[];
	/** Where a run that says `fiche` leads. */
	cle?: string;
	/** It opens a page. */
	nouvellePage?: true;
	/** That of a fiche: it stands out at any rank. */
	fiche?: true;
}

/** The contents, with the page of each part in the PDF. */
export interface SommaireEcrit {
	t: 'sommaire';
	titre: string;
	/** How many ranks of headings it names. */
	profondeur: number;
	entrees: { rang: number; texte: string; cle: string; page: number | null }[];
}

/** Who, with whom, until when. */
export interface FaitsEcrits {
	t: 'faits';
	faits: { etiquette: string; valeur: string }[];
}

/** What follows is on other pages, held so. */
export interface PageEcrite {
	t: 'page';
	sens: 'portrait' | 'paysage';
}

/** The logos and the words of those who pay. */
export interface BandeauEcrit {
	t: 'bandeau';
	mention: string;
	logos: ImageEcrite[];
}

export interface ImageEcrite {
	t: 'image';
	/** A drawing of ours comes as SVG. */
	type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/svg+xml';
	base64: string;
	/** In pixels. */
	largeur: number;
	hauteur: number;
	/** Empty: it says nothing that the text does not say. */
	alternative: string;
	legende: string;
	/** Where a run that says `fiche` leads. */
	cle?: string;
}

/** Its columns are as wide as its writer finds right. */
export type TableauEcrit = Omit<TableauDeProse, 'largeurs'> & {
	/** What it is called where no caption says it: for those who hear it. */
	nom?: string;
	/** Its rows leave room to sign. */
	aSigner?: true;
};

export function titre(rang: number, texte: string): TitreEcrit {
	return { t: 'titre', rang, texte };
}

export function paragraphe(texte: string): ParagrapheEcrit {
	return { t: 'p', runs: [{ texte }] };
}

/** « Rôles » */
export function fort(texte: string): ParagrapheEcrit {
	return { t: 'p', runs: [{ texte, gras: true }] };
}

export function discret(texte: string): ParagrapheEcrit {
	return { t: 'p', runs: [{ texte }], discret: true };
}

export function liste(items: readonly (string | Run[])[], numerotee = false): BlocEcrit[] {
	if (items.length === 0) return [];
	return [
		{
			t: 'liste',
			liste: {
				numerotee,
				items: items.map((item) => ({ runs: typeof item === 'string' ? [{ texte: item }] : item, sous: [] }))
			}
		}
	];
}

/** A plain table: one row of names, then rows of words. */
export function tableau(
	legende: string,
	colonnes: readonly string[],
	lignes: readonly (readonly string[])[]
): TableauEcrit {
	const row = (texts: readonly string[], y: number, entete: boolean): CelluleImprimee[] =>
		texts.map((texte, x) => ({
			x,
			y,
			colonnes: 1,
			lignes: 1,
			entete,
			lignesDeTexte: texte === '' ? [] : [[{ texte }]]
		}));
	return {
		t: 'tableau',
		legende,
		colonnes: colonnes.length,
		entetes: [row(colonnes, 0, true)],
		rangees: lignes.map((ligne, i) => row(ligne, i + 1, false))
	};
}

/** The words of runs, without their notes. */
export function wordsOf(runs: readonly Run[]): string {
	return runs.map((run) => ('texte' in run ? run.texte : 'saut' in run ? ' ' : '')).join('');
}

/** The columns of numbers, by their places: « 1 200 », « 8,4 % », « 640 000 € ». The first names its row, and years are dates. */
export function colonnesDeNombres({ colonnes, rangees }: TableauEcrit): ReadonlySet<number> {
	const cells = rangees.flat().filter(({ entete }) => !entete);
	const isOfNumbers = (x: number) => {
		const textes = cells
			.filter((cell) => cell.x === x)
			.map(({ lignesDeTexte }) => lignesDeTexte.map(wordsOf).join(' '))
			.filter((texte) => !SANS_VALEUR.test(texte));
		return textes.every((texte) => NOMBRE.test(texte)) && textes.some((texte) => !ANNEE.test(texte));
	};
	return new Set(Array.from({ length: colonnes }, (_, x) => x).filter((x) => x > 0 && isOfNumbers(x)));
}

const NOMBRE = /^[+\u2212-]?\d[\d\s]*(?:,\d+)?\s*[%€]?$/;
const ANNEE = /^(?:19|20)\d\d$/;
/** Nothing, or a dash. */
const SANS_VALEUR = /^[\u2013\u2014-]?$/;

/** A workbook: sheets of rows under one row of names. */
export interface Classeur {
	titre: string;
	feuilles: FeuilleDeCalcul[];
}

/** A day is a Date, at midnight UTC: sheets sort it as one. */
export type CelluleDeCalcul = string | number | Date | null;

export interface FeuilleDeCalcul {
	nom: string;
	/** `largeur`: in characters. */
	colonnes: { titre: string; largeur: number }[];
	lignes: CelluleDeCalcul[][];
	/** Cells that stand over several rows or columns: the words are in the first, the others are covered. None overlap. */
	fusions?: Fusion[];
}

/** Counted from 0, the row of names aside. */
export interface Fusion {
	ligne: number;
	colonne: number;
	lignes: number;
	colonnes: number;
}

/** Cells that cover something, and the places that they cover, each as « ligne.colonne ». */
export function fusionsOf({ fusions = [], lignes, colonnes }: FeuilleDeCalcul): {
	premieres: Map<string, Fusion>;
	couvertes: Map<string, Fusion>;
} {
	const premieres = new Map<string, Fusion>();
	const couvertes = new Map<string, Fusion>();
	for (const asked of fusions) {
		const fusion = {
			...asked,
			lignes: Math.min(asked.lignes, lignes.length - asked.ligne),
			colonnes: Math.min(asked.colonnes, colonnes.length - asked.colonne)
		};
		if (fusion.lignes < 1 || fusion.colonnes < 1 || fusion.lignes * fusion.colonnes === 1) continue;
		for (let y = 0; y < fusion.lignes; y++)
			for (let x = 0; x < fusion.colonnes; x++)
				(x + y === 0 ? premieres : couvertes).set(`${fusion.ligne + y}.${fusion.colonne + x}`, fusion);
	}
	return { premieres, couvertes };
}

/** « 20/10/2026 » */
export function jourEnChiffres(date: Date): string {
	return date.toISOString().slice(0, 10).split('-').reverse().join('/');
}

/** How many lines of text each row shows: for the suites that do not measure it by themselves. */
export function hauteursOf(feuille: FeuilleDeCalcul): number[] {
	const { premieres, couvertes } = fusionsOf(feuille);
	const widthOf = (x: number, colonnes: number) =>
		feuille.colonnes.slice(x, x + colonnes).reduce((sum, { largeur }) => sum + largeur, 0);
	const heights = feuille.lignes.map(() => 1);
	feuille.lignes.forEach((ligne, y) =>
		ligne.forEach((cell, x) => {
			const place = `${y}.${x}`;
			if (typeof cell !== 'string' || couvertes.has(place)) return;
			const { lignes = 1, colonnes = 1 } = premieres.get(place) ?? {};
			// A line breaks between words: it is seldom full.
			const width = Math.max(4, widthOf(x, colonnes) * 0.95);
			const shown = cell.split('\n').reduce((sum, { length }) => sum + Math.max(1, Math.ceil(length / width)), 0);
			for (let i = y; i < y + lignes; i++) heights[i] = Math.max(heights[i] ?? 1, Math.ceil(shown / lignes));
		})
	);
	return heights;
}

/** What an XML file may not hold, at all: nobody types it, and one such sign makes a file that no one can open. */
// eslint-disable-next-line no-control-regex -- these signs are what is looked for
const HORS_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

export function xmlText(text: string): string {
	return text.toWellFormed().replace(HORS_XML, '');
}

/** What is held upright, then on its side… each on pages of its own. */
export function feuillesOf(blocs: readonly BlocEcrit[]): { sens: PageEcrite['sens']; blocs: BlocEcrit[] }[] {
	const feuilles: { sens: PageEcrite['sens']; blocs: BlocEcrit[] }[] = [];
	let sens: PageEcrite['sens'] = 'portrait';
	let isOpen = false;
	for (const bloc of blocs) {
		if (bloc.t === 'page') {
			isOpen = isOpen && bloc.sens === sens;
			sens = bloc.sens;
			continue;
		}
		if (!isOpen) feuilles.push({ sens, blocs: [] });
		isOpen = true;
		feuilles.at(-1)?.blocs.push(bloc);
	}
	return feuilles.length === 0 ? [{ sens: 'portrait', blocs: [] }] : feuilles;
}

/** What stands where an image cannot be shown. */
export function instead(alternative: string): string {
	return `[Image${alternative === '' ? '' : `\u00a0: ${alternative}`}]`;
}
