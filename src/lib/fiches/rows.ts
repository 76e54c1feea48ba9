import type { ValeurPuces } from '#lib/pactes/archive.ts';
import type { ChampTableau } from '#lib/pactes/modele.ts';

/** Bullets as their rows keep them. */
export function pucesFromRows(rows: readonly { texte: string; retrait: number }[]): ValeurPuces {
	const retraits = rows.flatMap(({ retrait }, i) => (retrait === 1 && i > 0 ? [i] : []));
	return { puces: rows.map(({ texte }) => texte), ...(retraits.length > 0 && { retraits }) };
}

/** A row of a table, by the columns that its model has now. */
export function ligneFromRow(
	{ colonnes }: Pick<ChampTableau, 'colonnes'>,
	cellules: string | null,
	kept: (texte: string) => string = (texte) => texte
): Record<string, string> {
	const source = JSON.parse(cellules ?? '{}') as Record<string, string>;
	return Object.fromEntries(colonnes.map(({ id }) => [id, kept(source[id] ?? '')]));
}
