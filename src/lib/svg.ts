/* What the drawings of the house are made of: dark ink on white, so that they read in grey, printed or copied. */

export const ENCRE = '#1b2428';
export const ENCRE_2 = '#4a565c';
export const FILET = '#7a868c';
export const POLICE = "'Atkinson Hyperlegible Next', 'Noto Sans', sans-serif";
export const TAILLE = 14;
const NBSP = '\u00a0';

export interface TextPlace {
	x: number;
	y: number;
	anchor?: 'middle' | 'end';
	weight?: 600;
	size?: number;
	fill?: string;
}

export function text({ x, y, anchor, weight, size, fill }: TextPlace, words: string): string {
	const attributes = [
		`x="${r(x)}" y="${r(y)}"`,
		anchor ? `text-anchor="${anchor}"` : '',
		weight ? `font-weight="${weight}"` : '',
		size ? `font-size="${size}"` : '',
		fill ? `fill="${fill}"` : ''
	];
	return `<text ${attributes.filter(Boolean).join(' ')}>${escape(words)}</text>`;
}

/** Text for XML: no control characters, none of the signs that only lines of text need. */
export function escape(words: string): string {
	return words
		.toWellFormed()
		.replace(/[\p{Cc}\u200b\u2060\ufffe\uffff]/gu, ' ')
		.replace(/\u202f/g, NBSP)
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;');
}

/** Without a browser to measure: an average of the house's font. */
export function widthOf(words: string): number {
	return words.length * TAILLE * 0.54;
}

/** Two lines at most, cut between words. */
export function wrapped(words: string, width: number): string[] {
	const longest = Math.max(6, Math.floor(width / (TAILLE * 0.54)));
	const lines: string[] = [];
	let line = '';
	for (const word of words
		.trim()
		.split(/[ \n\t]+/)
		.filter(Boolean)) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (longer.length > longest && line !== '') {
			lines.push(line);
			line = word;
		} else line = longer;
	}
	if (line !== '') lines.push(line);
	const most = 3;
	if (lines.length <= most) return lines.map((one) => clipped(one, longest));
	return [...lines.slice(0, most - 1), clipped(lines.slice(most - 1).join(' '), longest)];
}

export function clipped(words: string, longest: number): string {
	const clean = words.trim();
	return clean.length <= longest ? clean : `${clean.slice(0, Math.max(1, longest - 1)).trimEnd()}…`;
}

export function r(value: number): number {
	return Math.round(value * 10) / 10;
}
