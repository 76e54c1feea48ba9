import { describe, expect, test } from 'vitest';
import { formatValeur, isAbsent, readNombre, uniteIn } from './nombre.ts';

const NBSP = '\u00a0';

describe('numbers as people write them in a cell', () => {
	test.each<[string, number]>([
		['307 453', 307_453],
		['307\u00a0453', 307_453],
		['307\u202f453', 307_453],
		['307453', 307_453],
		['1.234.567', 1_234_567],
		['9,1 %', 9.1],
		['9.1%', 9.1],
		['59 hab/km²', 59],
		['- 3,5', -3.5],
		['−3', -3],
		['+2', 2],
		['1 200,50 €', 1200.5],
		['0', 0],
		['12 mois', 12]
	])('« %s » is %d', (texte, nombre) => expect(readNombre(texte)).toBe(nombre));

	test.each(['', 'n. d.', 'environ 300', '2014-2015', '12 à 15', 'douze', '1 23', '--3', '5 % de 30'])(
		'« %s » is no number',
		(texte) => expect(readNombre(texte)).toBeNull()
	);

	test.each(['', ' ', 'n.d.', 'n. d.', 'ND', 'nc', '-', '–', '…', 'non disponible', 'NS'])(
		'« %s » says that there is none',
		(texte) => expect(isAbsent(texte)).toBe(true)
	);

	test('a word is neither a number nor an absence', () => expect(isAbsent('douze')).toBe(false));

	test('the unit of the cell itself is read', () => {
		expect(uniteIn('9,1 %')).toBe('%');
		expect(uniteIn('59 hab/km²')).toBe('hab/km²');
		expect(uniteIn('59')).toBe('');
	});

	test.each<[string, string, string]>([
		['307453', 'habitants', `307${NBSP}453${NBSP}habitants`],
		['307 453', '', `307${NBSP}453`],
		['9,1', '%', `9,1${NBSP}%`],
		['9,1 %', '%', `9,1${NBSP}%`],
		['-3', '', '\u22123'],
		['2014', '', '2014'],
		['nd', '%', `n.${NBSP}d.`],
		['douze', '%', 'douze'],
		['', '%', '']
	])('« %s » in « %s » is printed as « %s »', (texte, unite, printed) =>
		expect(formatValeur(texte, unite)).toBe(printed)
	);

	test('a hostile cell is read in no time', () => {
		const start = performance.now();
		for (const texte of ['1'.repeat(100_000), `${'1 '.repeat(50_000)}x`, '1'.repeat(50_000) + ' '.repeat(50_000)]) {
			readNombre(texte);
			isAbsent(texte);
		}
		expect(performance.now() - start).toBeLessThan(500);
	});
});
