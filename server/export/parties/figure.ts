import { figureFromArchive, type FigureArchive } from '#lib/figures/figure-archive.ts';
import type { Figure } from '#lib/figures/figure.ts';
import { filledLignes } from '#lib/figures/list.ts';
import { formatValeur, uniteCourte } from '#lib/figures/nombre.ts';
import { phraseOf } from '#lib/figures/sentence.ts';
import { alternativeOf, figureSvg } from '#lib/figures/svg.ts';
import { titreOuRien } from '#lib/figures/textes.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import type { Imprimeur, Tete } from '../assemble.ts';

/** A figure as it is printed: its drawing, its sentence, its table, where it comes from. May stand anywhere in prose. */
export interface BlocFigure {
	type: 'figure';
	/** Where other pages lead to: the figure's id in the archive. */
	cle: string;
	/** Its place among the figures of the pacte, from 1. */
	numero: number;
	titre: string;
	/** « % », or nothing. */
	unite: string;
	/** The drawing, as SVG; its words are those of the fonts. */
	svg: string;
	/** Its height for a width of 1. */
	hauteur: number;
	/** What the drawing says to who does not see it. */
	alternative: string;
	phrase: string;
	/** The names of the columns, then the rows with their labels; no column when there is no value. */
	colonnes: string[];
	rangees: string[][];
	/** « Source : Insee · 2014 ». */
	origine: string;
}

/** The figures with their sources, and where they are. */
export interface BlocListeDesFigures extends Tete {
	type: 'listeDesFigures';
	entrees: { cle: string; numero: number; titre: string; origine: string }[];
}

/** All figures one after another, until the plan of the document says where each stands. */
export interface BlocFigures extends Tete {
	type: 'figures';
	figures: BlocFigure[];
}

/** One figure of the archive; null when there is none by this id. */
export function printFigure({ figures }: ArchivePacte, id: string, print: Imprimeur): BlocFigure | null {
	const index = figures.findIndex((figure) => figure.id === id);
	const figure = figures[index];
	return figure ? blocOf(figure, index + 1, print) : null;
}

/** Figures one after another, in their order: all of them, or those that are asked for by their ids. */
export function printFigures(
	{ figures }: ArchivePacte,
	print: Imprimeur,
	tete: Tete,
	isWanted: (id: string) => boolean = () => true
): BlocFigures[] {
	const blocs = figures.flatMap((figure, i) => (isWanted(figure.id) ? [blocOf(figure, i + 1, print)] : []));
	return blocs.length === 0 ? [] : [{ type: 'figures', ...tete, figures: blocs }];
}

/** « Liste des figures et de leurs sources »; nothing when there is none. `only`: the ids of those that are printed. */
export function printListeDesFigures(
	{ figures }: ArchivePacte,
	print: Imprimeur,
	tete: Tete,
	only: ReadonlySet<string> = new Set(figures.map(({ id }) => id))
): BlocListeDesFigures[] {
	const entrees = figures.flatMap((figure, i) => {
		if (!only.has(figure.id)) return [];
		const printed = printedFigure(figure, i + 1, print);
		return [{ cle: figure.id, numero: i + 1, titre: titreOuRien(printed.titre), origine: origineOf(printed) }];
	});
	return entrees.length === 0 ? [] : [{ type: 'listeDesFigures', ...tete, entrees }];
}

function blocOf(figure: FigureArchive, numero: number, print: Imprimeur): BlocFigure {
	const printed = printedFigure(figure, numero, print);
	const lignes = filledLignes(printed);
	const series = lignes.length === 0 ? [] : printed.series;
	const svg = figureSvg(printed);
	return {
		type: 'figure',
		cle: figure.id,
		numero,
		titre: titreOuRien(printed.titre),
		unite: printed.unite,
		svg,
		hauteur: ratioOf(svg),
		alternative: alternativeOf(printed),
		phrase: print.texte(phraseOf(printed), lieuOf(numero)),
		colonnes: series.map(({ nom }) => nom || 'Valeur'),
		rangees: lignes.map(({ libelle, valeurs }) => [
			libelle,
			...series.map(({ id }) => formatValeur(valeurs[id] ?? '', uniteCourte(printed.unite)) || '–')
		]),
		origine: origineOf(printed)
	};
}

/** Every text made of signs that the fonts have. */
function printedFigure(archive: FigureArchive, numero: number, print: Imprimeur): Figure {
	const figure = figureFromArchive(archive);
	const text = (source: string) => print.texte(source, lieuOf(numero));
	return {
		titre: text(figure.titre),
		phrase: text(figure.phrase),
		source: text(figure.source),
		date: text(figure.date),
		territoire: text(figure.territoire),
		unite: text(figure.unite),
		forme: figure.forme,
		series: figure.series.map(({ id, nom }) => ({ id, nom: text(nom) })),
		lignes: figure.lignes.map(({ id, libelle, valeurs }) => ({
			id,
			libelle: text(libelle),
			valeurs: Object.fromEntries(Object.entries(valeurs).map(([serie, valeur]) => [serie, text(valeur)]))
		}))
	};
}

function ratioOf(svg: string): number {
	const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
	return Number(height) / Number(width);
}

function lieuOf(numero: number): string {
	return `Figure ${numero}`;
}

function origineOf({ source, date, territoire }: Figure): string {
	const parts = [source === '' ? '' : `Source\u00a0: ${source}`, date, territoire].filter((part) => part !== '');
	return parts.length === 0 ? 'Source et date à préciser' : parts.join(' · ');
}
