import { foldNom } from '#lib/organismes/fold.ts';
import type { Defaut } from './faults.ts';
import type { Figure } from './figure.ts';

/** What one asks of the list of figures. */
export interface Filtre {
	q: string;
	/** Those where something is amiss. */
	manque: boolean;
}

export function readFiltre(params: URLSearchParams): Filtre {
	return { q: (params.get('q') ?? '').trim().slice(0, 200), manque: params.get('manque') === 'oui' };
}

export function filterFigures<Item extends { figure: Figure; defauts: readonly Defaut[] }>(
	items: readonly Item[],
	{ q, manque }: Filtre
): Item[] {
	return items.filter(({ figure, defauts }) => matchesWords(figure, q) && (!manque || defauts.length > 0));
}

/** Whether each word is somewhere in the figure; accents and capitals apart. */
export function matchesWords(figure: Figure, q: string): boolean {
	const words = foldNom(q).split(' ').filter(Boolean);
	if (words.length === 0) return true;
	const { titre, phrase, source, date, territoire, series, lignes } = figure;
	const all = [
		titre,
		phrase,
		source,
		date,
		territoire,
		...series.map(({ nom }) => nom),
		...lignes.map(({ libelle }) => libelle)
	];
	const text = foldNom(all.join(' \n '));
	return words.every((word) => text.includes(word));
}

/** The rows in which something is written. */
export function filledLignes({ lignes, series }: Pick<Figure, 'lignes' | 'series'>): Figure['lignes'] {
	return lignes.filter(
		({ libelle, valeurs }) => libelle.trim() !== '' || series.some(({ id }) => (valeurs[id] ?? '').trim() !== '')
	);
}
