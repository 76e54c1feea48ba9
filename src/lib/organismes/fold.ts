/** The longest name that an organisme may have. */
export const NOM_MAX = 200;

const DASHES = /[-\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d_]+/g;
const APOSTROPHES = /[\u2019\u02bc\u2032`´]/g;

/** A name as it is kept: one space between words, no « … » at its end. */
export function cleanNom(nom: string): string {
	let clean = nom.replace(/[\s\u200b\ufeff]+/g, ' ').trim();
	while (clean.endsWith('…') || clean.endsWith('...')) clean = withoutLast(clean, clean.at(-1) as string).trim();
	return clean;
}

function withoutLast(text: string, sign: string): string {
	let end = text.length;
	while (text[end - 1] === sign) end--;
	return text.slice(0, end);
}

/**
 * What two spellings of one name have in common: case, accents, dashes, spaces and a final « … » are put aside, words,
 * parentheses and numbers are kept (« CCAS – CIAS » is « ccas-cias », « Régions » is not « Région »).
 */
export function foldNom(nom: string): string {
	return cleanNom(nom)
		.replace(APOSTROPHES, "'")
		.replace(DASHES, ' ')
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/œ/g, 'oe')
		.replace(/æ/g, 'ae')
		.replace(/\s+/g, ' ')
		.trim();
}
