import { expect, test } from 'vitest';
import { centsIn, formatEuros } from './montant.ts';

test.each([
	['4 624 000 €', 462_400_000],
	['4\u202f624\u202f000\u00a0€', 462_400_000],
	['2500,50', 250_050],
	['2500.5 euros', 250_050],
	['1,5 M€', 150_000_000],
	['0', 0],
	['', null],
	['  € ', null],
	['environ 3 000', undefined],
	['-5', undefined],
	['1.234,56', undefined]
])('« %s » is %s cents', (texte, cents) => expect(centsIn(texte)).toBe(cents));

test('an amount is printed as French does, and read again as it was', () => {
	expect(formatEuros(462_400_000)).toBe('4\u00a0624\u00a0000\u00a0€');
	expect(formatEuros(250_050)).toBe('2\u00a0500,50\u00a0€');
	for (const cents of [0, 1, 99, 100, 250_050, 462_400_000]) expect(centsIn(formatEuros(cents))).toBe(cents);
});
