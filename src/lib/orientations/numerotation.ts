import type { Numerotation } from '#lib/pactes/modele.ts';

/** A number as a level counts it: 3, « c », « III ». */
export function inNumerotation(count: number, numerotation: Exclude<Numerotation, 'aucune'>): string {
	switch (numerotation) {
		case '1':
			return String(count);
		case 'a':
			return letters(count);
		case 'I':
			return roman(count);
		default:
			return numerotation satisfies never;
	}
}

function letters(count: number): string {
	let text = '';
	for (let rest = count; rest > 0; rest = Math.floor((rest - 1) / 26))
		text = String.fromCharCode(97 + ((rest - 1) % 26)) + text;
	return text;
}

const ROMAN: [number, string][] = [
	[1000, 'M'],
	[900, 'CM'],
	[500, 'D'],
	[400, 'CD'],
	[100, 'C'],
	[90, 'XC'],
	[50, 'L'],
	[40, 'XL'],
	[10, 'X'],
	[9, 'IX'],
	[5, 'V'],
	[4, 'IV'],
	[1, 'I']
];

/** Nothing for 0, as there is no such sign. */
export function roman(count: number): string {
	let text = '';
	let rest = count;
	for (const [value, sign] of ROMAN) {
		text += sign.repeat(Math.floor(rest / value));
		rest %= value;
	}
	return text;
}
