import { describe, expect, it } from 'vitest';
import { placeForLatecomer } from './places.ts';
import type { Salle, Siege, TableDeSalle } from './salle.ts';

const table = (id: string, places: number | null) => ({ id, places }) as TableDeSalle;
const at = (tableId: string, genre: Siege['genre'] = 'personne') => ({ tableId, genre, absent: false }) as Siege;

const led = (tables: TableDeSalle[], sieges: Siege[]) =>
	placeForLatecomer({ tables, sieges } satisfies Pick<Salle, 'tables' | 'sieges'>)?.id ?? null;

describe('where someone who comes late is led', () => {
	it('is the emptiest table, devices of tables being nobody', () => {
		expect(led([table('a', null), table('b', null)], [at('a'), at('b', 'table'), at('b', 'table')])).toBe('b');
	});

	it('is never a full table while another has room, even an emptier one', () => {
		expect(led([table('a', 1), table('b', 6)], [at('a'), at('b'), at('b')])).toBe('b');
	});

	it('is the emptiest when all are full: nobody stays at the door', () => {
		expect(led([table('a', 2), table('b', 1)], [at('a'), at('a'), at('b')])).toBe('b');
	});

	it('is nowhere without tables', () => {
		expect(led([], [])).toBeNull();
	});
});
