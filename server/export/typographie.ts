/** No-break, as wide as a space: the house's choice before all of « : ; ? ! » and inside guillemets. */
const NBSP = '\u00a0';

/** What may stand before a sign that closes or ends: not a space, not the sign of an address or of an hour. */
const WORD_END = /[\p{L}\p{N}\p{M})\]%€°…’»"”]/u.source;

const RULES: [RegExp, string][] = [
	// « word » : the spaces inside, written or not.
	[/« */g, `«${NBSP}`],
	[/ *»/g, `${NBSP}»`],
	// A written space before the sign.
	[/ +(?=[:;?!])/g, NBSP],
	// No space at all, at the end of a word: « Objectif: » but not « https: » nor « 10:30 ».
	[new RegExp(`(?<=${WORD_END})(?=[:;?!]+(?:[\\s\u00a0\u202f»)]|$))`, 'gu'), NBSP],
	// Numbers stay with what they count, and whole.
	[/(?<=\d) (?=%|€|\d{3}(?!\d))/g, NBSP],
	[/(?<=\bn°|\bN°|§|\bart\.|\bp\.) (?=\d)/g, NBSP]
];

/** Sets the no-break spaces of French where the text has plain ones, or none. What is right already is left alone. */
export function french(texte: string): string {
	return RULES.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), texte).replace(
		/[\u00a0\u202f]{2,}/g,
		NBSP
	);
}

/** Longer than any French word: an address, most often. */
const LONGEST_WORD = 28;
const ZERO_WIDTH_SPACE = '\u200b';

/** Lets a word that is longer than a column break, after the signs of an address first. */
export function breakable(texte: string): string {
	return texte.replace(/\S{29,}/g, (word) =>
		word
			.replace(/(?<=[/.?&=_@-])(?=[^/.?&=_@-])/g, ZERO_WIDTH_SPACE)
			.replace(
				new RegExp(`[^${ZERO_WIDTH_SPACE}]{${LONGEST_WORD}}(?=[^${ZERO_WIDTH_SPACE}])`, 'gu'),
				`$&${ZERO_WIDTH_SPACE}`
			)
	);
}
