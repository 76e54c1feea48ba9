import { describe, expect, it } from 'vitest';
import { byRang, rangAt, rangLast, rangsAt, rangsOf, type Ranked } from '#lib/rang.ts';

const ranked = (rangs: string[]): Ranked[] => rangs.map((rang, i) => ({ id: `n${i + 1}`, rang }));

/** Inserts for real, as a document would: the newcomer's rank, and the new ranks of those who moved. */
function insert(brothers: Ranked[], index: number, id: string): Ranked[] {
	const { rang, moved } = rangAt(brothers, index);
	const changed = new Map(moved.map((other) => [other.id, other.rang]));
	return [...brothers.map((b) => ({ id: b.id, rang: changed.get(b.id) ?? b.rang })), { id, rang }].sort(byRang);
}

describe('rangAt', () => {
	it('places a newcomer first, between two brothers and last, without moving anyone', () => {
		const brothers = ranked(rangsOf(3));
		for (const index of [0, 1, 2, 3]) {
			const { moved } = rangAt(brothers, index);
			expect(moved).toEqual([]);
			expect(
				insert(brothers, index, 'x')
					.map(({ id }) => id)
					.indexOf('x')
			).toBe(index);
		}
	});

	it('places a newcomer between two brothers of equal rank, by giving a new rank to those on its right', () => {
		const brothers = ranked(['a0', 'a1', 'a1', 'a1', 'a2']);
		expect(insert(brothers, 2, 'x').map(({ id }) => id)).toEqual(['n1', 'n2', 'x', 'n3', 'n4', 'n5']);
		expect(rangAt(brothers, 2).moved.map(({ id }) => id)).toEqual(['n3', 'n4']);
	});

	it('keeps the order of brothers whose ranks are not ours, instead of refusing every newcomer', () => {
		for (const strange of ['', 'zzz', 'a00', '!', 'é', 'A00000000000000000000000000']) {
			const brothers = ranked(['a0', strange, 'a1']).sort(byRang);
			const before = brothers.map(({ id }) => id);
			const after = insert(brothers, 1, 'x').map(({ id }) => id);
			expect(after).toEqual([before[0], 'x', before[1], before[2]]);
		}
	});

	it('holds when a thousand newcomers take the same place one after the other', () => {
		let brothers = ranked(rangsOf(2));
		const expected = ['n1', 'n2'];
		for (let i = 0; i < 1000; i++) {
			brothers = insert(brothers, 1, `x${i}`);
			expected.splice(1, 0, `x${i}`);
		}
		expect(brothers.map(({ id }) => id)).toEqual(expected);
	});
});

describe('rangsAt', () => {
	it('places several newcomers side by side, in their order', () => {
		const brothers = ranked(['a1', 'a1']);
		const { rangs, moved } = rangsAt(brothers, 1, 3);
		const all = [
			...brothers.map((brother) => moved.find(({ id }) => id === brother.id) ?? brother),
			...rangs.map((rang, i) => ({ id: `x${i}`, rang }))
		];
		expect(all.sort(byRang).map(({ id }) => id)).toEqual(['n1', 'x0', 'x1', 'x2', 'n2']);
	});
});

describe('rangLast', () => {
	it('gives the first rank of an empty list, and a rank above the last one otherwise', () => {
		expect(rangLast([])).toBe('a0');
		expect(rangLast(ranked(['a0', 'a5'])) > 'a5').toBe(true);
	});
});

describe('byRang', () => {
	it('settles equal ranks by the id, whatever order they come in', () => {
		const a = { id: 'a', rang: 'a0' };
		const b = { id: 'b', rang: 'a0' };
		expect([b, a].sort(byRang)).toEqual([a, b]);
		expect([a, b].sort(byRang)).toEqual([a, b]);
	});
});
