import { describe, expect, test } from 'vitest';
import { FORMES } from './figure.ts';
import { alternativeOf, figureSvg } from './svg.ts';
import { figureFrom, MAYENNE, ORNE, orneFigure } from './testing.ts';

const wordsIn = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, words]) => words);

/** Every mark and text stays inside the drawing. */
function outside(svg: string): string[] {
	const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
	const found: string[] = [];
	for (const [tag] of svg.replace(/<defs>.*<\/defs>/, '').matchAll(/<(rect|text|circle|line)[^>]*>/g)) {
		const at = (name: string) => Number(new RegExp(` ${name}="(-?[\\d.]+)"`).exec(tag)?.[1] ?? 0);
		if (at('x') < -1 || at('x') + at('width') > Number(width) + 1) found.push(tag);
		if (at('y') < -1 || at('y') + at('height') > Number(height) + 1) found.push(tag);
	}
	return found;
}

describe('the drawing of a figure', () => {
	test('Mayenne 9: every value is written beside its bar, with its unit', () => {
		const words = wordsIn(figureSvg(MAYENNE[2]!));
		for (const value of ['7\u00a0%', '9,1\u00a0%', '10,5\u00a0%', 'Département', 'Région', 'France'])
			expect(words, value).toContain(value);
	});

	test('bars are as long as what they measure', () => {
		const svg = figureSvg(
			figureFrom([
				['', ''],
				['a', '10'],
				['b', '20'],
				['c', '40']
			])
		);
		const widths = [...svg.matchAll(/<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="24"/g)].map(([, w]) =>
			Number(w)
		);
		expect(widths).toHaveLength(3);
		expect(widths[1]! / widths[0]!).toBeCloseTo(2, 1);
		expect(widths[2]! / widths[0]!).toBeCloseTo(4, 1);
	});

	test('Orne 4: each of the 23 shapes is drawn inside its frame, on paper and on a phone, whatever the form', () => {
		ORNE.forEach((_, i) => {
			for (const forme of FORMES)
				for (const largeur of [288, 640, 760])
					expect(
						outside(figureSvg({ ...orneFigure(i), forme }, { largeur })),
						`${ORNE[i]?.titre}, ${forme}, ${largeur}`
					).toEqual([]);
		});
	});

	test('never colour alone: each series has a ground of its own and its name in words', () => {
		const svg = figureSvg(orneFigure(2));
		const grounds = new Set([...svg.matchAll(/<rect [^>]*fill="([^"]+)" stroke/g)].map(([, fill]) => fill));
		expect(grounds.size).toBe(4);
		for (const nom of ORNE[2]!.series) expect(wordsIn(svg)).toContain(nom);
		const lines = figureSvg(orneFigure(7));
		expect(
			new Set(
				[...lines.matchAll(/<path d="M[^"]+" fill="none"[^>]*?(stroke-dasharray="[^"]+")?\/>/g)].map(([, dash]) => dash)
			).size
		).toBe(3);
	});

	test('shares are written in their parts, or under the bar when they are too thin', () => {
		const svg = figureSvg(
			figureFrom(
				[
					['', 'Orne'],
					['Grande', '98 %'],
					['Petite', '2 %']
				],
				{ forme: 'parts' }
			)
		);
		const words = wordsIn(svg);
		expect(words).toContain('98\u00a0%');
		expect(words).toContain('Petite\u00a0: 2\u00a0%');
	});

	test('counts become shares', () => {
		const words = wordsIn(
			figureSvg(
				figureFrom(
					[
						['', 'Orne'],
						['A', '300'],
						['B', '100']
					],
					{ forme: 'parts', unite: 'personnes' }
				)
			)
		);
		expect(words).toContain('75\u00a0%');
	});

	test('negative, absent and unreadable values have their place', () => {
		const svg = figureSvg(
			figureFrom([
				['', ''],
				['a', '-10'],
				['b', '20'],
				['c', 'n.d.'],
				['d', 'douze']
			])
		);
		expect(outside(svg)).toEqual([]);
		const words = wordsIn(svg);
		for (const word of ['\u221210', '20', 'n.\u00a0d.', 'douze']) expect(words).toContain(word);
	});

	test('nothing to show is said, not drawn', () => {
		for (const forme of FORMES) expect(figureSvg(figureFrom([['', 'A']], { forme }))).toContain('Pas encore de valeur');
	});

	test('what people write stays text', () => {
		const evil = '"><script>alert(1)</script>&\u0000\u0008';
		const figure = figureFrom(
			[
				['', evil, 'b'],
				[evil, '1', '2']
			],
			{ titre: evil, phrase: evil, unite: evil }
		);
		for (const forme of FORMES) {
			const svg = figureSvg({ ...figure, forme });
			expect(svg).not.toMatch(/<script/);
			expect(svg).not.toMatch(/\p{Cc}/u);
			expect(svg.match(/<svg /g)).toHaveLength(1);
		}
	});

	test('its alternative says what it is and what it shows', () => {
		expect(alternativeOf(MAYENNE[2]!).replaceAll('\u00a0', ' ')).toBe(
			'Diagramme en barres : Taux de chômage. En 2014, le taux de chômage est de 7 % dans le département, contre 9,1 % dans la région et 10,5 % en France.'
		);
	});
});
