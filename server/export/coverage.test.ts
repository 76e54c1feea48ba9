import { describe, expect, test } from 'vitest';
import { readCoverage } from './coverage.ts';
import { FAMILLES, readFont } from './fonts.ts';

const point = (char: string) => char.codePointAt(0) as number;
const plain = FAMILLES.map(({ fichiers }) => readCoverage(readFont(fichiers[0] as string)));
const [atkinson, noto, symboles] = plain as [Set<number>, Set<number>, Set<number>];

describe('the characters of a font are read from its own table', () => {
	test.each([
		['French letters are in the first font', 'aéèêëçàùîôœŒÀÉ«»’—…€°½', () => atkinson],
		['Greek and Cyrillic are in the second', 'ελληνικάрусский', () => noto],
		['boxes and ticks are in the third', '☐☑✓❖➢', () => symboles]
	])('%s', (_title, signs, font) => {
		expect([...signs].filter((sign) => !font().has(point(sign)))).toEqual([]);
	});

	test('what a font lacks is not claimed', () => {
		for (const font of plain) for (const sign of ['😀', '\uf0b7', 'ع', '語']) expect(font.has(point(sign))).toBe(false);
	});

	test('all the weights of a family have the same characters, so that bold text is not less covered', () => {
		for (const { fichiers } of FAMILLES) {
			const [first, ...others] = fichiers.map((fichier) => readCoverage(readFont(fichier)));
			for (const other of others) expect([...other].sort()).toEqual([...(first as Set<number>)].sort());
		}
	});

	test('what is not a font is refused', () => {
		expect(() => readCoverage(new Uint8Array(64))).toThrow(/cmap/);
	});
});
