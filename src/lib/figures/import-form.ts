import type { Figure } from './figure.ts';
import { formeFor, headerOf, readTable, type Feuille } from './grid.ts';
import { parseSheets } from './sheets.ts';

/** What a page that reviews a table holds, from one answer of the server to the next. */
export interface Relecture {
	feuilles: Feuille[];
	/** The sheet that is chosen. */
	feuille: number;
	/** The row that names the columns, from 0; -1: none. */
	entete: number;
	/** Cells that are no numbers are taken as they are. */
	tolerer: boolean;
	champs: ChampsSaisis;
	erreur?: string;
}

type ChampsSaisis = Pick<Figure, 'titre' | 'unite' | 'date' | 'source'>;

/** A table that has just been read. The name of its file is a first title. */
export function newRelecture(feuilles: Feuille[], nomDeFichier: string): Relecture {
	const titre = nomDeFichier
		.replace(/\.[^.]{1,5}$/, '')
		.replace(/[_]+/g, ' ')
		.trim()
		.slice(0, 300);
	return {
		feuilles,
		feuille: 0,
		entete: headerOf(feuilles[0]?.cellules ?? []),
		tolerer: false,
		champs: { titre, unite: '', date: '', source: '' }
	};
}

/** What was chosen; null when the form does not hold a table. */
export function readRelecture(form: FormData): Relecture | null {
	const text = (name: string) => String(form.get(name) ?? '').trim();
	const feuilles = parseSheets(text('feuilles'));
	if (!feuilles || feuilles.length === 0) return null;
	const feuille = bounded(Number(text('feuille')), 0, feuilles.length - 1);
	const rows = feuilles[feuille]?.cellules.length ?? 0;
	return {
		feuilles,
		feuille,
		entete: bounded(Number(text('entete')), -1, rows - 1),
		tolerer: text('tolerer') === 'oui',
		champs: {
			titre: text('titre').slice(0, 300),
			unite: text('unite').slice(0, 60),
			date: text('date').slice(0, 100),
			source: text('source').slice(0, 300)
		}
	};
}

function bounded(value: number, min: number, max: number): number {
	return Number.isInteger(value) ? Math.max(min, Math.min(max, value)) : min;
}

/** The figure that was reviewed, or why it cannot be made. */
export function figureFromRelecture(relecture: Relecture): { figure: Partial<Figure> } | { erreur: string } {
	const { champs, feuilles, feuille, entete, tolerer } = relecture;
	if (champs.titre === '') return { erreur: 'Donnez un titre à la figure\u00a0: ce qu’elle montre.' };
	const { series, lignes, refus } = readTable(feuilles[feuille]?.cellules ?? [], entete);
	if (lignes.length === 0 || series.length === 0)
		return { erreur: 'Il n’y a rien à reprendre ainsi\u00a0: changez la ligne qui nomme les colonnes.' };
	if (refus.length > 0 && !tolerer)
		return {
			erreur:
				'Rien n’est écrit\u00a0: des cellules sont à corriger. Corrigez le fichier, ou cochez «\u00a0Reprendre ces cellules telles quelles\u00a0».'
		};
	return { figure: { ...champs, series, lignes, forme: formeFor({ series, lignes }) } };
}
