import type { Imprimeur } from './assemble.ts';
import type { Couverture } from './coverage.ts';
import { breakable, french } from './typographie.ts';

/** A character that could not be printed, and what stands in its place. */
export interface Remplacement {
	/** As a person can read it: the character itself, or its number when it has no shape (« U+F0B7 »). */
	caractere: string;
	/** « U+1F600 »; several for a composed sign. */
	code: string;
	par: string;
	/** « Fiche-action 1.2, Objectifs » */
	lieu: string;
	fois: number;
}

/** What stands where no font has the sign. */
const INCONNU = '□';

/** Word writes its bullets and boxes in private characters of two old fonts, by position. */
const PRIVATE: Record<number, string> = {
	0xf02d: '–',
	0xf06c: '●',
	0xf06e: '■',
	0xf06f: '□',
	0xf071: '□',
	0xf076: '❖',
	0xf0a7: '▪',
	0xf0a8: '□',
	0xf0b7: '•',
	0xf0d8: '➢',
	0xf0de: '→',
	0xf0e0: '→',
	0xf0e8: '➔',
	0xf0fc: '✓',
	0xf0fe: '☑'
};

const LIGNES = /[\n\r\v\f\u0085\u2028\u2029]+/;

/** Signs without shape that may go without a word: they only tell how the others are joined, drawn or ordered. */
const SILENT: readonly (readonly [number, number])[] = [
	[0x200b, 0x200f],
	[0x2060, 0x2060],
	[0xfe00, 0xfe0f],
	[0xfeff, 0xfeff],
	[0xe0100, 0xe01ef]
];
/** They would show the text in another order than it is written. */
const REORDERS = /[\u202a-\u202e\u2066-\u2069]/;
/** Controls and private characters, for which a font may have a glyph of its own; and the sign of an earlier loss. */
const NEVER = /[\p{Cc}\p{Co}\ufeff\ufffd-\uffff]/u;

const GRAPHEMES = new Intl.Segmenter('fr', { granularity: 'grapheme' });

/**
 * Makes the texts of a document printable, and keeps the list of what had to be replaced. The same text at the same
 * place counts once, however many times it is printed.
 */
export class Impression {
	readonly #polices: readonly Couverture[];
	readonly #done = new Map<string, string>();
	readonly #replaced = new Map<string, Remplacement>();

	/** What each font has, in the order in which they are tried. */
	constructor(polices: readonly Couverture[]) {
		this.#polices = polices;
	}

	/** One paragraph, with the spaces of French. */
	texte(source: string, lieu: string): string {
		const key = `${lieu}\0${source}`;
		let printable = this.#done.get(key);
		if (printable === undefined) {
			printable = breakable(french(this.#printable(oneLine(source), lieu)));
			this.#done.set(key, printable);
		}
		return printable;
	}

	/** The paragraphs of a text, empty ones left out. */
	paragraphes(source: string, lieu: string): string[] {
		return source
			.split(LIGNES)
			.map((line) => this.texte(line, lieu))
			.filter((line) => line !== '');
	}

	get remplacements(): Remplacement[] {
		return [...this.#replaced.values()];
	}

	#printable(source: string, lieu: string): string {
		const [first] = this.#polices;
		if (first && [...source].every((char) => isIn(first, char))) return source;
		let text = '';
		for (const { segment } of GRAPHEMES.segment(source.normalize('NFC'))) text += this.#sign(segment, lieu);
		return text;
	}

	/** What a person sees as one sign: kept whole, or replaced whole. */
	#sign(sign: string, lieu: string): string {
		const visible = [...sign].filter((char) => !isSilent(char)).join('');
		if (this.#isPrintable(visible)) return visible;
		const known = PRIVATE[visible.codePointAt(0) as number] ?? INCONNU;
		const par = visible.length === 1 && this.#isPrintable(known) ? known : INCONNU;
		this.#report(sign, par, lieu);
		return par;
	}

	/** A letter and its marks must be in one font: the compiler does not take them from two. */
	#isPrintable(sign: string): boolean {
		return this.#polices.some((police) => [...sign].every((char) => isIn(police, char)));
	}

	#report(sign: string, par: string, lieu: string): void {
		const code = [...sign].map(codeOf).join(' ');
		const key = `${lieu}\0${code}`;
		const known = this.#replaced.get(key);
		if (known) known.fois++;
		else this.#replaced.set(key, { caractere: hasShape(sign) ? sign : code, code, par, lieu, fois: 1 });
	}
}

/** For formats that bring no font: every sign stays as it was written. */
export const telQuel: Imprimeur = {
	texte: (source) => french(oneLine(source)),
	paragraphes: (source) =>
		source
			.split(LIGNES)
			.map((line) => french(oneLine(line)))
			.filter((line) => line !== '')
};

function oneLine(source: string): string {
	return source.replace(/[\s\u0085\u2028\u2029]+/g, (space) => (/^[\u00a0\u202f]$/.test(space) ? space : ' ')).trim();
}

function isIn(police: Couverture, char: string): boolean {
	return police.has(char.codePointAt(0) as number) && !NEVER.test(char) && !REORDERS.test(char);
}

function isSilent(char: string): boolean {
	const point = char.codePointAt(0) as number;
	return SILENT.some(([first, last]) => point >= first && point <= last);
}

function codeOf(char: string): string {
	return `U+${(char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Controls, private characters and halves of characters have none of their own. */
function hasShape(sign: string): boolean {
	return [...sign].every((char) => isSilent(char) || !/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/u.test(char));
}
