import type { ValeurPuces, ValeurTableau } from '#lib/pactes/archive.ts';
import type { ChampTableau } from '#lib/pactes/modele.ts';

/** Bullets as their rows keep them. */
export function pucesFromRows(rows: readonly { texte: string; retrait: number }[]): ValeurPuces {
	const retraits = rows.flatMap(({ retrait }, i) => (retrait === 1 && i > 0 ? [i] : []));
	return { puces: rows.map(({ texte }) => texte), ...(retraits.length > 0 && { retraits }) };
}

/** The key under which a row keeps which of its cells go on from the one above. Never the id of a column. */
const SUITES = '=suites';

/** A row of a table as `fiche_champs` keeps it. */
export function rowFromLigne({ lignes, suites = [] }: ValeurTableau, index: number): string {
	const own = suites.filter(({ ligne }) => ligne === index).map(({ colonne }) => colonne);
	return JSON.stringify({ ...lignes[index], ...(own.length > 0 && { [SUITES]: own }) });
}

/** A whole table, by the columns that its model has now. */
export function tableauFromRows(
	champ: Pick<ChampTableau, 'colonnes'>,
	rows: readonly { cellules: string | null }[],
	kept?: (texte: string) => string
): ValeurTableau {
	const suites = rows.flatMap(({ cellules }, ligne) =>
		suitesOf(champ, cellules).map((colonne) => ({ ligne, colonne }))
	);
	return {
		lignes: rows.map(({ cellules }) => ligneFromRow(champ, cellules, kept)),
		...(suites.length > 0 && { suites })
	};
}

function suitesOf({ colonnes }: Pick<ChampTableau, 'colonnes'>, cellules: string | null): string[] {
	const { [SUITES]: own = [] } = JSON.parse(cellules ?? '{}') as { [SUITES]?: string[] };
	return colonnes.map(({ id }) => id).filter((id) => own.includes(id));
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
