import {
	ArchiveError,
	idAt,
	LIMITES,
	listAt,
	objectAt,
	oneOf,
	onlyKeys,
	textAt,
	unique
} from '#lib/pactes/archive-values.ts';
import type { FigureArchive } from './figure-archive.ts';
import { CHAMPS_FIGURE, FORMES, LIGNES_MAX, SERIES_MAX, type ChampFigure } from './figure.ts';

/** Far above what a pacte holds. */
const FIGURES_MAX = 2_000;

/** A file from before there were figures has none. */
export function figuresAt(value: unknown): FigureArchive[] {
	if (value === undefined) return [];
	const figures = listAt(value, 'figures', FIGURES_MAX, figureAt);
	unique(figures, 'figures');
	return figures;
}

function figureAt(value: unknown, lieu: string): FigureArchive {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['id', ...CHAMPS_FIGURE, 'forme', 'series', 'lignes']);
	const text = (champ: ChampFigure) => textAt(source[champ], `${lieu}.${champ}`, LIMITES.texte);
	const series = listAt(source.series, `${lieu}.series`, SERIES_MAX, (serie, at) => {
		const { id, nom, ...rest } = objectAt(serie, at);
		onlyKeys(rest, at, []);
		return { id: shortIdAt(id, `${at}.id`), nom: textAt(nom, `${at}.nom`, LIMITES.titre) };
	});
	unique(series, `${lieu}.series`);
	const lignes = listAt(source.lignes, `${lieu}.lignes`, LIGNES_MAX, (ligne, at) => {
		const { id, libelle, valeurs, ...rest } = objectAt(ligne, at);
		onlyKeys(rest, at, []);
		const cells = listAt(valeurs, `${at}.valeurs`, series.length, (cell, where) => textAt(cell, where, LIMITES.titre));
		if (cells.length < series.length)
			throw new ArchiveError(`${at}.valeurs`, `une valeur par colonne est attendue, il y a ${series.length} colonnes.`);
		return {
			id: shortIdAt(id, `${at}.id`),
			libelle: textAt(libelle, `${at}.libelle`, LIMITES.titre),
			valeurs: cells
		};
	});
	unique(lignes, `${lieu}.lignes`);
	return {
		id: idAt(source.id, `${lieu}.id`),
		titre: text('titre'),
		phrase: text('phrase'),
		source: text('source'),
		date: text('date'),
		territoire: text('territoire'),
		unite: text('unite'),
		forme: oneOf(source.forme, `${lieu}.forme`, FORMES),
		series,
		lignes
	};
}

/** An id that a figure's document may bear. */
function shortIdAt(value: unknown, lieu: string): string {
	const id = idAt(value, lieu);
	if (id.length > 40) throw new ArchiveError(lieu, `«\u00a0${id.slice(0, 40)}…\u00a0» est un identifiant trop long.`);
	return id;
}
