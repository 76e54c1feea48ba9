import { describe, expect, test } from 'vitest';
import { formeFor, headerOf, isGrid, readPaste, readSeparated, readTable, separatorOf, toCsv } from './grid.ts';
import { figureFrom, MAYENNE } from './testing.ts';

describe('cells that come from elsewhere', () => {
	test('a paste from a spreadsheet: tabs, quotes around newlines, empty ends left out', () => {
		expect(readPaste('a\t1 200\r\n"b ""c""\nd"\t2\r\n\t\r\n')).toEqual([
			['a', '1 200'],
			['b "c" d', '2']
		]);
	});

	test('a word with a final newline is no grid; tabs or lines are', () => {
		expect([isGrid('douze'), isGrid('douze\n'), isGrid('a\tb'), isGrid('a\nb')]).toEqual([false, false, true, true]);
	});

	test.each([
		[';', 'nom;valeur\nNord;9,1\nSud;10,5'],
		[',', 'nom,valeur\nNord,9.1\nSud,10.5'],
		['\t', 'nom\tvaleur\nNord\t9,1\nSud\t10,5'],
		[',', '"Nord; Sud",12\n"Est",14']
	])('the separator « %s » is recognised', (separator, texte) => expect(separatorOf(texte)).toBe(separator));

	test('rows are made as wide as the widest', () => {
		expect(readSeparated('a;b;c\nd', ';')).toEqual([
			['a', 'b', 'c'],
			['d', '', '']
		]);
	});

	test('the row of names is found: above the first values, years included; none when values begin at once', () => {
		expect(
			headerOf([
				['', '2014', '2015'],
				['Nord', '1', '2']
			])
		).toBe(0);
		expect(
			headerOf([
				['Titre', ''],
				['Commune', 'Total'],
				['Nord', '12']
			])
		).toBe(1);
		expect(
			headerOf([
				['Nord', '12'],
				['Sud', '14']
			])
		).toBe(-1);
	});

	test('a table becomes rows and columns, and says what it cannot read, row by row as the file counts them', () => {
		const { series, lignes, refus } = readTable(
			[
				['Commune', '2014', '2015'],
				['Nord', '1', 'beaucoup'],
				['', '3', 'n. d.']
			],
			0
		);
		expect(series.map(({ nom }) => nom)).toEqual(['2014', '2015']);
		expect(lignes.map(({ libelle, valeurs }) => [libelle, ...Object.values(valeurs)])).toEqual([
			['Nord', '1', 'beaucoup'],
			['', '3', 'n. d.']
		]);
		expect(refus).toEqual([
			{ ligne: 2, phrase: '«\u00a02015\u00a0»\u00a0: «\u00a0beaucoup\u00a0» n’est pas un nombre.' },
			{ ligne: 3, phrase: 'le libellé manque dans la première colonne.' }
		]);
	});

	test('one column, no row or far too many are refused', () => {
		expect(readTable([['a'], ['b']], 0).refus.length).toBeGreaterThan(0);
		expect(readTable([['a', 'b']], 0).refus.length).toBeGreaterThan(0);
		expect(
			readTable(
				Array.from({ length: 1_002 }, () => ['a', '1']),
				-1
			).refus[0]?.phrase
		).toMatch(/1002 lignes/);
		expect(readTable([Array.from({ length: 70 }, () => '1')], -1).refus[0]?.phrase).toMatch(/69 colonnes/);
	});

	test('years give lines, several columns groups', () => {
		expect(
			formeFor(
				figureFrom([
					['', 'A'],
					['2014', '1'],
					['2015', '1'],
					['2016', '1']
				])
			)
		).toBe('lignes');
		expect(
			formeFor(
				figureFrom([
					['', 'A', 'B'],
					['Nord', '1', '2']
				])
			)
		).toBe('groupees');
		expect(formeFor(MAYENNE[0]!)).toBe('barres');
	});
});

describe('a figure as .csv', () => {
	test('opens in a French spreadsheet, and comes back the same', () => {
		const csv = toCsv(MAYENNE[2]!);
		expect(csv.startsWith('\ufeff;Département;Région;France\r\nTaux;7;9,1;10,5\r\n')).toBe(true);
		expect(readSeparated(csv, ';')[1]).toEqual(['Taux', '7', '9,1', '10,5']);
	});

	test('75. a cell that begins like a formula is text; a negative number is a number', () => {
		const evil = ['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', '\r=1', ' =1', '=HYPERLINK("http://x";"y")'];
		const rows = toCsv(figureFrom([['', 'v'], ...evil.map((label) => [label, '-3,5 %'])], { titre: '=cmd' })).split(
			'\r\n'
		);
		evil.forEach((label, i) => expect(rows[i + 1], JSON.stringify(label)).toMatch(/^"?'/));
		for (const row of rows.slice(1, 1 + evil.length)) expect(row).toMatch(/;-3,5 %$/);
		expect(rows).toContain("Titre;'=cmd");
	});
});
