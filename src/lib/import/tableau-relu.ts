import type { TableauPropose } from './proposition.ts';

/* How a proposed table is corrected by hand: rows come and go, the cells that go on from the one above follow. */

export function isSuite({ suites = [] }: TableauPropose, r: number, c: number): boolean {
	return suites.some(([rangee, colonne]) => rangee === r && colonne === c);
}

/** An empty cell is one with the cell above it. */
export function joinAbove(tableau: TableauPropose, r: number, c: number): void {
	if (r === 0 || isSuite(tableau, r, c)) return;
	tableau.suites = [...(tableau.suites ?? []), [r, c] as [number, number]].sort(([a, x], [b, y]) => a - b || x - y);
}

export function separate(tableau: TableauPropose, r: number, c: number): void {
	keepSuites(
		tableau,
		(tableau.suites ?? []).filter(([rangee, colonne]) => rangee !== r || colonne !== c)
	);
}

export function addRangee(tableau: TableauPropose): void {
	tableau.lignes.push(tableau.colonnes.map(() => ''));
}

/**
 * The rows below move up. What went on from a row that goes is then said by no one: the words of that row go down to the
 * first cell that went on from it.
 */
export function removeRangee(tableau: TableauPropose, r: number): void {
	const { lignes, colonnes } = tableau;
	const partie = lignes[r];
	if (partie === undefined) return;
	const suivante = lignes[r + 1];
	const detachees = new Set<number>();
	for (const c of colonnes.keys()) {
		if (!isSuite(tableau, r + 1, c) || isSuite(tableau, r, c) || suivante === undefined) continue;
		suivante[c] = partie[c] ?? '';
		detachees.add(c);
	}
	const suites = (tableau.suites ?? [])
		.filter(([rangee, c]) => rangee !== r && !(rangee === r + 1 && detachees.has(c)))
		.map(([rangee, c]): [number, number] => [rangee > r ? rangee - 1 : rangee, c])
		.filter(([rangee]) => rangee > 0);
	lignes.splice(r, 1);
	keepSuites(tableau, suites);
}

function keepSuites(tableau: TableauPropose, suites: [number, number][]): void {
	if (suites.length > 0) tableau.suites = suites;
	else delete tableau.suites;
}
