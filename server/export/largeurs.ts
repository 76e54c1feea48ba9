import { wordsOf, type PageEcrite, type TableauEcrit } from './blocs.ts';

/** How many signs of a table stand side by side on a page, about. */
export const SIGNES: Record<PageEcrite['sens'], number> = { portrait: 88, paysage: 134 };

/** The room on both sides of a cell, in signs. */
const MARGE = 3;
/** A word that is longer may break. */
const MOT_MAX = 24;
/** A longer text is not given more room than this one. */
const TEXTE_MAX = 160;

/**
 * How wide each column is, as weights that add up to `place` signs: no word breaks where all of them fit, then whoever has most to say has
 * the most room. `colonnes`: the cells of each column, its name among them, each as its lines.
 */
export function largeursDe(colonnes: readonly (readonly (readonly string[])[])[], place: number): number[] {
	const least = colonnes.map((cells) => MARGE + Math.min(MOT_MAX, longestOf(cells.flat().flatMap(motsOf))));
	const wanted = colonnes.map((cells, x) =>
		Math.max(least[x] as number, MARGE + Math.min(TEXTE_MAX, Math.max(0, ...cells.map(wantedBy))))
	);
	const [leastOfAll, wantedByAll] = [sumOf(least), sumOf(wanted)];
	if (wantedByAll <= place) return wanted.map((largeur) => (largeur * place) / wantedByAll);
	if (leastOfAll >= place) return least;
	const share = (place - leastOfAll) / (wantedByAll - leastOfAll);
	return least.map((largeur, x) => largeur + share * ((wanted[x] as number) - largeur));
}

/** Columns that an upright page holds. */
const COLONNES_DEBOUT = 6;

/** How the page of a table of so many columns is held. */
export function sensOf(colonnes: number): PageEcrite['sens'] {
	return colonnes > COLONNES_DEBOUT ? 'paysage' : 'portrait';
}

/** How wide the columns of a table are, on pages that are held so. */
export function largeursOf({ colonnes, entetes, rangees, aSigner }: TableauEcrit, sens: PageEcrite['sens']): number[] {
	const cells = [...entetes, ...rangees].flat();
	const largeurs = largeursDe(
		Array.from({ length: colonnes }, (_, x) =>
			cells.filter((cell) => cell.x === x && cell.colonnes === 1).map((cell) => cell.lignesDeTexte.map(wordsOf))
		),
		SIGNES[sens]
	);
	// Whatever is written there, hands need room.
	return aSigner ? [...largeurs.slice(0, -1), Math.max(largeurs.at(-1) ?? 0, SIGNES[sens] / 2)] : largeurs;
}

/** Its longest line, or more when it has many. */
function wantedBy(lignes: readonly string[]): number {
	return Math.max(longestOf(lignes), lignes.join(' ').length / 3);
}

/** No-break spaces hold words together. */
function motsOf(texte: string): string[] {
	return texte.split(/[ \t\n\u200b\u2013-]+/);
}

function longestOf(textes: readonly string[]): number {
	return textes.reduce((longest, { length }) => Math.max(longest, length), 0);
}

function sumOf(numbers: readonly number[]): number {
	return numbers.reduce((sum, n) => sum + n, 0);
}
