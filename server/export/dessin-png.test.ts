import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { figureSvg } from '#lib/figures/svg.ts';
import { MAYENNE, ORNE, orneFigure } from '#lib/figures/testing.ts';
import { planningOf, planningSvg } from '#lib/seances/planning.ts';
import { pngOfSvg } from './dessin-png.ts';
import { readImage } from '../pieces/image-reader.ts';

/** The colour of a point of a file of ours: three bytes a point, no filter. */
function pointsOf(png: Uint8Array): { largeur: number; hauteur: number; at(x: number, y: number): string } {
	const { largeur, hauteur } = readImage(png);
	const view = Buffer.from(png);
	const start = view.indexOf('IDAT') + 4;
	const lines = inflateSync(view.subarray(start, start + view.readUInt32BE(start - 8)));
	const at = (x: number, y: number) => {
		const place = y * (3 * largeur + 1) + 1 + 3 * x;
		return lines.subarray(place, place + 3).toString('hex');
	};
	return { largeur, hauteur, at };
}

const svg = (inside: string) =>
	`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20" font-size="14" fill="#1b2428"><defs><pattern id="m" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#ffffff"/><rect width="4" height="8" fill="#7a4b00"/></pattern></defs>${inside}</svg>`;

describe('a drawing as points', () => {
	test('is twice as fine as the drawing; shapes have their colour, where they are and nowhere else', () => {
		const { largeur, hauteur, at } = pointsOf(
			pngOfSvg(
				svg('<rect x="5" y="5" width="10" height="10" fill="#0b5563"/><circle cx="30" cy="10" r="5" fill="#a3201d"/>')
			)
		);
		expect([largeur, hauteur]).toEqual([80, 40]);
		expect([at(20, 20), at(60, 20), at(2, 2), at(45, 20), at(31, 20)]).toEqual([
			'0b5563',
			'a3201d',
			'ffffff',
			'ffffff',
			'ffffff'
		]);
	});

	test('a pattern comes back each time it is as wide', () => {
		const { at } = pointsOf(pngOfSvg(svg('<rect x="0" y="0" width="40" height="20" fill="url(#m)"/>')));
		expect([at(4, 9), at(12, 9), at(20, 9), at(28, 9)]).toEqual(['7a4b00', 'ffffff', '7a4b00', 'ffffff']);
	});

	test('a dashed line stops and goes on; a broken one has no stray point', () => {
		const { at } = pointsOf(
			pngOfSvg(svg('<path d="M0 10L40 10" fill="none" stroke="#0b5563" stroke-width="4" stroke-dasharray="8 8"/>'))
		);
		expect([at(8, 20), at(24, 20), at(40, 20)]).toEqual(['0b5563', 'ffffff', '0b5563']);
		const bent = pointsOf(pngOfSvg(svg('<path d="M2 2L20 2L38 4" fill="none" stroke="#0b5563" stroke-width="2"/>')));
		expect([bent.at(4, 38), bent.at(4, 39), bent.at(4, 36)]).toEqual(['ffffff', 'ffffff', 'ffffff']);
	});

	test('words are drawn, accents too, and those that end somewhere end there', () => {
		const ink = (anchor: string, words: string) => {
			const { largeur, hauteur, at } = pointsOf(
				pngOfSvg(svg(`<text x="20" y="15" text-anchor="${anchor}">${words}</text>`))
			);
			const xs: number[] = [];
			for (let y = 0; y < hauteur; y++) for (let x = 0; x < largeur; x++) if (at(x, y) !== 'ffffff') xs.push(x);
			return xs;
		};
		expect(Math.max(...ink('end', 'il'))).toBeLessThanOrEqual(40);
		expect(Math.min(...ink('start', 'il'))).toBeGreaterThanOrEqual(39);
		expect(ink('middle', 'é').length).toBeGreaterThan(ink('middle', 'e').length);
		expect(ink('middle', '&lt;').length).toBeGreaterThan(0);
	});

	test('every form of figure and the planning are drawn whole', () => {
		const drawings = [
			...[...MAYENNE.slice(0, 1), ...[0, 7, 12, 15, 20].filter((i) => i < ORNE.length).map((i) => orneFigure(i))].map(
				(figure) => figureSvg(figure)
			),
			planningSvg(
				planningOf(
					[{ titre: 'Diagnostic', debut: '2027-01', fin: '2027-06', periode: '' }],
					[{ nom: 'Comité', seances: [{ date: '2027-02-03' }, { date: '2027-03' }] }]
				)
			)
		];
		for (const drawing of drawings) {
			const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(drawing) ?? [];
			expect(readImage(pngOfSvg(drawing))).toMatchObject({ largeur: 2 * Number(width), hauteur: 2 * Number(height) });
		}
	});

	test('what it does not know how to draw is not left out in silence', () => {
		expect(() => pngOfSvg(svg('<ellipse cx="1" cy="1" rx="2" ry="3"/>'))).toThrow('ellipse');
	});
});
