import type { Insertable, Transaction } from 'kysely';
import { readFigure, type Figure, type FigureDoc } from '#lib/figures/figure.ts';
import { readNombre } from '#lib/figures/nombre.ts';
import type { ProjectionContext } from '../collaboration/projections.ts';
import type { FigureLignesTable, FigureSeriesTable, FigureValeursTable, Schema } from '../database/schema.ts';
import { storable } from '../database/text.ts';
import { indexSource } from '../recherche/index-writer.ts';

const ROWS_PER_INSERT = 200;

/** The rows of a figure: its texts, its columns, its rows, its cells. The figure's own row exists already. */
export async function projectFigure(
	trx: Transaction<Schema>,
	doc: FigureDoc,
	{ id, pacteId }: Pick<ProjectionContext, 'id' | 'pacteId'>
): Promise<void> {
	const figure = readFigure(doc);
	const { titre, phrase, source, date, territoire, unite } = storableTexts(figure);
	const { numUpdatedRows } = await trx
		.updateTable('figures')
		.set({ titre, phrase, source, date, territoire, unite, forme: figure.forme })
		.where('id', '=', id)
		.executeTakeFirst();
	if (numUpdatedRows === 0n) return; // Gone for good: its document follows.
	for (const table of ['figure_series', 'figure_lignes', 'figure_valeurs'] as const)
		await trx.deleteFrom(table).where('figure_id', '=', id).execute();
	const key = { figure_id: id, pacte_id: pacteId };
	await insertAll(seriesRows(figure, key), (rows) => trx.insertInto('figure_series').values(rows).execute());
	await insertAll(lignesRows(figure, key), (rows) => trx.insertInto('figure_lignes').values(rows).execute());
	await insertAll(valeursRows(figure, key), (rows) => trx.insertInto('figure_valeurs').values(rows).execute());
	await indexSource(trx, pacteId, 'figure', id);
}

function storableTexts(figure: Figure): Figure {
	const { titre, phrase, source, date, territoire, unite } = figure;
	return {
		...figure,
		titre: storable(titre),
		phrase: storable(phrase),
		source: storable(source),
		date: storable(date),
		territoire: storable(territoire),
		unite: storable(unite)
	};
}

interface Key {
	figure_id: string;
	pacte_id: string;
}

function seriesRows({ series }: Figure, key: Key): Insertable<FigureSeriesTable>[] {
	return series.map(({ id, nom }, ordre) => ({ ...key, id, ordre, nom: storable(nom) }));
}

function lignesRows({ lignes }: Figure, key: Key): Insertable<FigureLignesTable>[] {
	return lignes.map(({ id, libelle }, ordre) => ({ ...key, id, ordre, libelle: storable(libelle) }));
}

function valeursRows({ lignes }: Figure, key: Key): Insertable<FigureValeursTable>[] {
	return lignes.flatMap(({ id, valeurs }) =>
		Object.entries(valeurs).flatMap(([serie_id, valeur]) => {
			const texte = storable(valeur);
			return texte === '' ? [] : [{ ...key, ligne_id: id, serie_id, texte, nombre: readNombre(texte) }];
		})
	);
}

/** Inserts rows by slices: both engines bound how many values a statement holds. */
async function insertAll<Row>(rows: Row[], insert: (slice: Row[]) => Promise<unknown>): Promise<void> {
	for (let start = 0; start < rows.length; start += ROWS_PER_INSERT)
		await insert(rows.slice(start, start + ROWS_PER_INSERT));
}
