import { describe, expect, it } from 'vitest';
import { readLignes } from './lignes.ts';
import { groupPuces, joinParagraphes } from './puces.ts';

const group = (texte: string) => {
	const { lignes, mots } = readLignes(texte);
	return groupPuces(lignes, mots).puces.map((puce) => puce.texte);
};

describe('groupPuces', () => {
	it.each(['- ', '– ', '• ', '* ', '■', '\uF0B7 ', '\uFFFD', '\uFFFD\uFFFD', '➢ ', '₋ ', '∑ ', 'o ', '§ '])(
		'reads items that begin with « %s »',
		(marque) => {
			expect(group(`${marque}Un accueil\nouvert\n${marque}Une réponse`)).toEqual(['Un accueil ouvert', 'Une réponse']);
		}
	);

	it('reads numbered and lettered items, without their numbers', () => {
		for (const [un, deux] of [
			['1. ', '2. '],
			['1) ', '2) '],
			['1 - ', '2 - '],
			['a) ', 'b) ']
		])
			expect(group(`${un}Un accueil\n${deux}Une réponse`)).toEqual(['Un accueil', 'Une réponse']);
	});

	it('takes neither a figure nor a negative number for a mark', () => {
		expect(group('- Un taux de\n-2,4 % en un an\n- Un délai de\n12.5 jours')).toEqual([
			'Un taux de -2,4 % en un an',
			'Un délai de 12.5 jours'
		]);
	});

	it('gives a bullet alone on its line to the next one', () => {
		expect(group('•\nUn accueil\n•\nUne réponse')).toEqual(['Un accueil', 'Une réponse']);
	});

	it('finds again the bullets that were lost, by their place on the page', () => {
		expect(group('  • Un accueil\nouvert\n\n  Une réponse\n\n  • Un suivi')).toEqual([
			'Un accueil ouvert',
			'Une réponse',
			'Un suivi'
		]);
	});

	it('goes on after a page break in the middle of a sentence', () => {
		expect(group('- Un accueil ouvert\n\nle samedi\n\n- Une réponse')).toEqual([
			'Un accueil ouvert le samedi',
			'Une réponse'
		]);
	});

	it('leaves out what follows the list without its marks', () => {
		expect(group('- Un accueil\n- Une réponse\n\nLe présent pacte est signé pour trois ans.')).toEqual([
			'Un accueil',
			'Une réponse'
		]);
	});

	it('without marks, a line that does not continue the one above is an item', () => {
		expect(group('Un accueil ouvert avec la\nMSA le samedi\nUne réponse\nsous dix jours')).toEqual([
			'Un accueil ouvert avec la MSA le samedi',
			'Une réponse sous dix jours'
		]);
	});
});

it('joinParagraphes keeps paragraphs, and a dash before items', () => {
	const { lignes, mots } = readLignes('Deux vallées,\nun seul bus.\n\nOn attend :\n- une heure\n- deux heures');
	expect(joinParagraphes(lignes, mots)).toBe('Deux vallées, un seul bus.\nOn attend :\n- une heure\n- deux heures');
});
