import { describe, expect, test } from 'vitest';
import type { TableauPropose } from './proposition.ts';
import { addRangee, isSuite, joinAbove, removeRangee, separate } from './tableau-relu.ts';

const tableau = (): TableauPropose => ({
	colonnes: ['Livrable', 'Opérateur'],
	lignes: [
		['Un guide', 'La CAF'],
		['', 'La MSA'],
		['', 'Le CCAS'],
		['Un film', '']
	],
	suites: [
		[1, 0],
		[2, 0]
	]
});

describe('a table under review', () => {
	test('a row that goes leaves its words to the cell that went on from it', () => {
		const table = tableau();
		removeRangee(table, 0);
		expect(table).toEqual({
			colonnes: ['Livrable', 'Opérateur'],
			lignes: [
				['Un guide', 'La MSA'],
				['', 'Le CCAS'],
				['Un film', '']
			],
			suites: [[1, 0]]
		});
	});

	test('a row in the middle goes, and those below still go on from the first', () => {
		const table = tableau();
		removeRangee(table, 1);
		expect(table.lignes).toEqual([
			['Un guide', 'La CAF'],
			['', 'Le CCAS'],
			['Un film', '']
		]);
		expect(table.suites).toEqual([[1, 0]]);
	});

	test('an empty cell is joined to the one above, and separated again', () => {
		const table = tableau();
		joinAbove(table, 3, 1);
		joinAbove(table, 0, 1);
		expect(table.suites).toEqual([
			[1, 0],
			[2, 0],
			[3, 1]
		]);
		separate(table, 3, 1);
		expect(isSuite(table, 3, 1)).toBe(false);
		removeRangee(table, 1);
		removeRangee(table, 1);
		expect(table.suites).toBeUndefined();
	});

	test('a row added has a cell for each column', () => {
		const table = tableau();
		addRangee(table);
		expect(table.lignes.at(-1)).toEqual(['', '']);
	});
});
