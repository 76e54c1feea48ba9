import { describe, expect, test } from 'vitest';
import { Impression } from './impression.ts';

const LETTRES = new Set(
	[...'abcdefghijklmnopqrstuvwxyzéÉABCDEFGHIJKLMNOPQRSTUVWXYZ .,\u00a0\ufffd•▪□✓'].map(
		(sign) => sign.codePointAt(0) as number
	)
);

function printed(source: string): { texte: string; remplacements: { caractere: string; code: string; par: string }[] } {
	const impression = new Impression([LETTRES]);
	const texte = impression.texte(source, 'Fiche-action 1.2, Objectifs');
	return {
		texte,
		remplacements: impression.remplacements.map(({ caractere, code, par }) => ({ caractere, code, par }))
	};
}

describe('what no font has is replaced visibly, and listed', () => {
	test.each([
		['an emoji', 'Bravo 😀', 'Bravo □', '😀', 'U+1F600', '□'],
		['an emoji of several characters, as one sign', 'Une 👩‍💻 ici', 'Une □ ici', '👩‍💻', 'U+1F469 U+200D U+1F4BB', '□'],
		['a flag, as one sign', 'La 🇫🇷', 'La □', '🇫🇷', 'U+1F1EB U+1F1F7', '□'],
		['Word’s private bullet', '\uf0b7 Mot', '• Mot', 'U+F0B7', 'U+F0B7', '•'],
		['Word’s private square', '\uf0a7 Mot', '▪ Mot', 'U+F0A7', 'U+F0A7', '▪'],
		['Word’s private tick', '\uf0fc Mot', '✓ Mot', 'U+F0FC', 'U+F0FC', '✓'],
		['a private character of nobody', 'a\ue123', 'a□', 'U+E123', 'U+E123', '□'],
		['a null character', 'a\0b', 'a□b', 'U+0000', 'U+0000', '□'],
		['a control', 'a\u0007b', 'a□b', 'U+0007', 'U+0007', '□'],
		['half a character', 'a\ud83d b', 'a□ b', 'U+D83D', 'U+D83D', '□'],
		['the sign of an earlier loss', 'd\ufffdfinir', 'd□finir', '\ufffd', 'U+FFFD', '□'],
		['what would turn the text over', 'a \u202etxet', 'a □txet', 'U+202E', 'U+202E', '□']
	])('%s', (_title, source, texte, caractere, code, par) => {
		expect(printed(source)).toEqual({ texte, remplacements: [{ caractere, code, par }] });
	});

	test.each([
		['an accent written apart joins its letter', 'e\u0301te\u0301', 'été'],
		['the mark of a byte order, and joiners alone, go without a word', '\ufeffMot\u200d', 'Mot'],
		['a tab and a line end are spaces', 'un\tmot\r\nici', 'un mot ici']
	])('%s', (_title, source, texte) => {
		expect(printed(source)).toEqual({ texte, remplacements: [] });
	});

	test('a letter whose accent has no glyph is replaced whole, and listed as it was', () => {
		expect(printed('q\u0301')).toMatchObject({ texte: '□', remplacements: [{ code: 'U+0071 U+0301' }] });
	});

	test('each place has its line, with how many times', () => {
		const impression = new Impression([LETTRES]);
		impression.texte('😀 a 😀', 'Axe 1, titre');
		impression.texte('😀 a 😀', 'Axe 1, titre'); // Printed again in the contents.
		impression.texte('😀', 'Axe 2, titre');
		expect(impression.remplacements.map(({ lieu, fois }) => [lieu, fois])).toEqual([
			['Axe 1, titre', 2],
			['Axe 2, titre', 1]
		]);
	});

	test('a text of several lines is several paragraphs, empty ones left out', () => {
		expect(new Impression([LETTRES]).paragraphes('Un.\n\n  \nDeux.\u2028Trois.', 'ici')).toEqual([
			'Un.',
			'Deux.',
			'Trois.'
		]);
	});
});
