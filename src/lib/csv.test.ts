import { expect, test } from 'vitest';
import { writeCsv } from './csv.ts';
import { readSeparated } from './figures/grid.ts';

const written = (cell: string | number | null) => writeCsv([[cell]]).slice(1, -2);

test.each([
	'=1+1',
	'+cmd|x',
	'-2+3',
	'@SUM(A1)',
	'\t=1',
	'\r=1',
	'\n=1',
	' =1',
	'\u00a0=1',
	'\0=1',
	'＝1',
	'−A1',
	'\t1'
])('a cell that begins like a formula is text: %j', (cell) => {
	expect(written(cell)).toMatch(/^"?'/);
});

test.each([
	['-3,5 %', '-3,5 %'],
	['+12', '+12'],
	['1 234,5', '1 234,5'],
	['1\u202f234', '1\u202f234'],
	['a-b=c', 'a-b=c'],
	['', ''],
	['un;deux', '"un;deux"'],
	['un, deux', '"un, deux"'],
	['dit « oui »', 'dit « oui »'],
	['dit "oui"', '"dit ""oui"""'],
	['a\tb', 'a b'],
	['1\n2', '"1\n2"']
])('%j is written %j', (cell, csv) => {
	expect(written(cell)).toBe(csv);
});

test('numbers are written as French spreadsheets read them; what is none is empty', () => {
	expect(writeCsv([[1234.5, -3, 0, null, NaN, Infinity]])).toBe('\ufeff1234,5;-3;0;;;\r\n');
});

test('what was written comes back, lines and quotes included', () => {
	const rows = [
		['a;b', 'dit "oui"', ''],
		['été', '12', 'x']
	];
	expect(readSeparated(writeCsv(rows), ';')).toEqual(rows);
});
