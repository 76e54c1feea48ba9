import type { Salle, TableDeSalle } from './salle.ts';

/** Who sits at a table now: people, with a device or a slip; a table's own device is nobody. */
export function personnesA(salle: Pick<Salle, 'sieges'>, tableId: string): number {
	return salle.sieges.filter((siege) => siege.tableId === tableId && siege.genre !== 'table' && !siege.absent).length;
}

/**
 * Where someone who joins on the way is led: the emptiest table that has a place left, the first of those; where none has, the
 * emptiest. null: there is no table.
 */
export function placeForLatecomer(salle: Pick<Salle, 'tables' | 'sieges'>): TableDeSalle | null {
	const withRoom = salle.tables.filter(({ id, places }) => places === null || personnesA(salle, id) < places);
	const [first, ...others] = withRoom.length > 0 ? withRoom : salle.tables;
	if (!first) return null;
	return others.reduce(
		(best, table) => (personnesA(salle, table.id) < personnesA(salle, best.id) ? table : best),
		first
	);
}
