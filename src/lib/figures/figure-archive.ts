import type { ChampFigure, Figure, FigureLue, Forme } from './figure.ts';
import { CHAMPS_FIGURE } from './figure.ts';

/** A figure in the archive of a pacte. Its id, and those of its rows and columns, are local: g1…, l1…, s1… in their order. */
export interface FigureArchive extends Record<ChampFigure, string> {
	id: string;
	forme: Forme;
	series: { id: string; nom: string }[];
	/** The values of a row, in the order of the columns. */
	lignes: { id: string; libelle: string; valeurs: string[] }[];
}

/** The archive's ids of a figure, by those that it has here: prose that quotes it is translated with them. */
export interface FigureIds {
	figure: string;
	series: ReadonlyMap<string, string>;
	lignes: ReadonlyMap<string, string>;
}

export function figureToArchive(figure: FigureLue, id: string): { archive: FigureArchive; ids: FigureIds } {
	const series = new Map(figure.series.map((serie, i) => [serie.id, `s${i + 1}`]));
	const lignes = new Map(figure.lignes.map((ligne, i) => [ligne.id, `l${i + 1}`]));
	return {
		archive: {
			id,
			...textsOf(figure),
			forme: figure.forme,
			series: figure.series.map(({ nom }, i) => ({ id: `s${i + 1}`, nom })),
			lignes: figure.lignes.map(({ libelle, valeurs }, i) => ({
				id: `l${i + 1}`,
				libelle,
				valeurs: figure.series.map((serie) => valeurs[serie.id] ?? '')
			}))
		},
		ids: { figure: id, series, lignes }
	};
}

/** The ids of rows and columns stay those of the archive: they need to be unique in their figure only. */
export function figureFromArchive({ series, lignes, forme, ...texts }: FigureArchive): Figure {
	return {
		...textsOf(texts),
		forme,
		series: series.map(({ id, nom }) => ({ id, nom })),
		lignes: lignes.map(({ id, libelle, valeurs }) => ({
			id,
			libelle,
			valeurs: Object.fromEntries(series.map((serie, i) => [serie.id, valeurs[i] ?? '']))
		}))
	};
}

function textsOf(texts: Record<ChampFigure, string>): Record<ChampFigure, string> {
	return Object.fromEntries(CHAMPS_FIGURE.map((champ) => [champ, texts[champ]])) as Record<ChampFigure, string>;
}
