import { paragraphesOf, type Chiffre, type Inline, type Prose } from '#lib/editor/prose.ts';
import type { FigureLue } from './figure.ts';
import { formatValeur } from './nombre.ts';

/** What stands where a quoted value is gone. */
export const CHIFFRE_RETIRE = '[chiffre retiré]';

/** The words of a quoted value, as the figure has it now: changed there, it is changed wherever it is quoted. */
export function quoteOf(figures: readonly FigureLue[], chiffre: Omit<Chiffre, 'type'>): string {
	const figure = figures.find(({ id }) => id === chiffre.figure);
	const valeur = figure?.lignes.find(({ id }) => id === chiffre.ligne)?.valeurs[chiffre.serie];
	return figure && valeur?.trim() ? formatValeur(valeur, figure.unite) : CHIFFRE_RETIRE;
}

/** Each value of a figure with its address, as it is quoted. */
export function quotesOf(figure: FigureLue): (Omit<Chiffre, 'type'> & { texte: string })[] {
	return figure.lignes.flatMap(({ id: ligne, valeurs }) =>
		Object.entries(valeurs).flatMap(([serie, valeur]) =>
			valeur.trim() === '' ? [] : [{ figure: figure.id, ligne, serie, texte: formatValeur(valeur, figure.unite) }]
		)
	);
}

/** The figures that a prose shows, quotes or leads to, each once. */
export function figuresIn(prose: Prose): Set<string> {
	const found = new Set<string>();
	for (const bloc of prose) if (bloc.type === 'figure') found.add(bloc.figure);
	for (const { contenu } of paragraphesOf(prose)) for (const inline of contenu) addFrom(inline, found);
	return found;
}

function addFrom(inline: Inline, found: Set<string>): void {
	if (inline.type === 'chiffre') found.add(inline.figure);
	if (inline.type === 'renvoi' && inline.cible.startsWith('figure:')) found.add(inline.cible.slice('figure:'.length));
}
