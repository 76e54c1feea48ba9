import type { ValeurTableau } from '#lib/pactes/archive.ts';
import type { Colonne } from '#lib/pactes/modele.ts';

/** A cell as it is shown: it may stand over several rows. */
export interface CelluleMontree {
	colonne: string;
	texte: string;
	/** How many rows it stands over. */
	lignes: number;
}

/** The cells of a table by row: one that goes on from the one above is merged with it, and is not in its own row. */
export function mergeSuites(
	colonnes: readonly Pick<Colonne, 'id'>[],
	{ lignes, suites = [] }: ValeurTableau
): CelluleMontree[][] {
	const continues = continuesIn(suites);
	return lignes.map((ligne, i) =>
		colonnes.flatMap(({ id }) => {
			if (continues(i, id)) return [];
			let end = i + 1;
			while (end < lignes.length && continues(end, id)) end++;
			return [{ colonne: id, texte: ligne[id] ?? '', lignes: end - i }];
		})
	);
}

/** The rows with all that their cells say, what goes on from the row above said again: for what has no merged cells. */
export function expandSuites({ lignes, suites = [] }: ValeurTableau): Record<string, string>[] {
	const continues = continuesIn(suites);
	const said: Record<string, string>[] = [];
	lignes.forEach((ligne, i) => {
		const above = said[i - 1] ?? {};
		const own = Object.entries(ligne).map(([id, texte]) => [id, continues(i, id) ? (above[id] ?? '') : texte]);
		said.push(Object.fromEntries(own) as Record<string, string>);
	});
	return said;
}

function continuesIn(suites: NonNullable<ValeurTableau['suites']>): (ligne: number, colonne: string) => boolean {
	const keys = new Set(suites.map(({ ligne, colonne }) => `${ligne} ${colonne}`));
	return (ligne, colonne) => ligne > 0 && keys.has(`${ligne} ${colonne}`);
}

/** The values of a cell of type `liste`: one a line. */
export function valuesIn(texte: string): string[] {
	return texte
		.split('\n')
		.map((line) => line.trim())
		.filter(Boolean);
}

/** The key of what is proposed in a column. */
export function keyOfPropositions(champ: string, colonne: string): string {
	return `${champ}.${colonne}`;
}
