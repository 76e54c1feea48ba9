import { expect, test } from 'vitest';
import { arbreFromRows } from './arbre-from-rows.ts';
import { A_CLASSER } from './arbre.ts';

const row = (id: string, parent: string | null, aClasser = false) => ({
	id,
	parent,
	niveau: 'axe',
	titre: id,
	aClasser
});

test('rows in the order of reading give back the tree, and « À classer » with its own branches', () => {
	const arbre = arbreFromRows([
		row('a', null),
		row('a1', 'a'),
		row('a2', 'a'),
		row('b', null),
		row('x', null, true),
		row('x1', 'x', true)
	]);
	expect(arbre.racines.map(({ id, enfants }) => [id, enfants.map((enfant) => enfant.id)])).toEqual([
		['a', ['a1', 'a2']],
		['b', []]
	]);
	expect(arbre.aClasser.map(({ id, parent }) => [id, parent])).toEqual([['x', A_CLASSER]]);
	expect(arbre.parId.get('x1')?.parent).toBe('x');
});
