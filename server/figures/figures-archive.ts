import type { Transaction } from 'kysely';
import { CHAMPS_FIGURE, type FigureLue } from '#lib/figures/figure.ts';
import { figureFromArchive, figureToArchive, type FigureArchive, type FigureIds } from '#lib/figures/figure-archive.ts';
import type { Schema } from '../database/schema.ts';
import { insertFigure, readFigures } from './figures.ts';

export interface FiguresArchivees {
	list: FigureArchive[];
	/** By the id that each figure has here. */
	ids: Map<string, FigureIds>;
}

/** The figures of a pacte, as its archive holds them; those that are put aside are not in it. */
export async function readFiguresArchive(
	trx: Transaction<Schema>,
	pacteId: string,
	kept: (texte: string) => string
): Promise<FiguresArchivees> {
	const figures = await readFigures(trx, pacteId, { corbeille: false });
	const archived = figures.map((figure, i) => figureToArchive(keptTexts(figure, kept), `g${i + 1}`));
	return {
		list: archived.map(({ archive }) => archive),
		ids: new Map(archived.map(({ ids }, i) => [(figures[i] as FigureLue).id, ids]))
	};
}

function keptTexts(figure: FigureLue, kept: (texte: string) => string): FigureLue {
	const texts = Object.fromEntries(CHAMPS_FIGURE.map((champ) => [champ, kept(figure[champ])]));
	return {
		...figure,
		...texts,
		series: figure.series.map(({ id, nom }) => ({ id, nom: kept(nom) })),
		lignes: figure.lignes.map(({ id, libelle, valeurs }) => ({
			id,
			libelle: kept(libelle),
			valeurs: Object.fromEntries(Object.entries(valeurs).map(([serie, texte]) => [serie, kept(texte)]))
		}))
	};
}

/** Writes the figures of an archive: rows and live documents. `idOf` gives the id that an archive's id has here. */
export async function insertFiguresArchive(
	trx: Transaction<Schema>,
	pacteId: string,
	figures: readonly FigureArchive[],
	idOf: (local: string) => string,
	now: number
): Promise<void> {
	for (const [rang, figure] of figures.entries())
		await insertFigure(trx, { id: idOf(figure.id), pacteId, rang, figure: figureFromArchive(figure), now });
}
