import { expect, test } from 'vitest';
import { cleanTyped, listLines, withoutBullet } from './typed-text.ts';

test('line ends of every system become newlines', () => {
	expect(cleanTyped('a\r\nb\rc\u2028d\u000be')).toBe('a\nb\nc\nd\ne');
});

test('no-break spaces, joiners and accents typed in two pieces stay as they are', () => {
	expect(cleanTyped('12\u00a0%\u202f: e\u0301 👩‍🔧')).toBe('12\u00a0%\u202f: e\u0301 👩‍🔧');
});

test('controls, soft hyphens, zero-width spaces and half characters leave; a tab is a space', () => {
	expect(cleanTyped('a\u0000b\u00adc\u200bd\ufeffe\tf')).toBe('abcde f');
	expect(cleanTyped('x\ud83dy\ude00z😀')).toBe('xyz😀');
});

test.each([
	['•\tOuvrir vingt places', 'Ouvrir vingt places'],
	['\uf0b7 Ouvrir vingt places', 'Ouvrir vingt places'],
	['  – Ouvrir vingt places', 'Ouvrir vingt places'],
	['o Ouvrir vingt places', 'Ouvrir vingt places'],
	['-5 % de refus', '-5 % de refus'],
	['2. Ouvrir vingt places', '2. Ouvrir vingt places'],
	['ouvrir', 'ouvrir']
])('the sign of a list leaves the line: %j', (line, text) => {
	expect(withoutBullet(cleanTyped(line))).toBe(text);
});

test('a pasted list gives its lines, without blank ones', () => {
	expect(listLines('\uf0b7\tPremier\r\n\r\n\uf0b7\tSecond \r\n')).toEqual(['Premier', 'Second']);
});
