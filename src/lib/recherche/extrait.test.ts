import { describe, expect, test } from 'vitest';
import { extraitOf, marked, proximityOf } from './extrait.ts';
import { readRequete } from './requete.ts';
import { distanceOf, prochesOf } from './proches.ts';

const termes = (question: string) => readRequete(question).termes;
const shown = (pieces: ReturnType<typeof marked>) =>
	pieces.map(({ texte, marque }) => (marque ? `[${texte}]` : texte)).join('');

describe('a question', () => {
	test('is its words, without elisions nor empty words; only the last may be unfinished', () => {
		expect(termes('l’accompagnement des jeun').map(({ forme, prefixe }) => [forme, prefixe])).toEqual([
			['accompagnement', false],
			['jeun', true]
		]);
		expect(termes('jeunes ').map(({ prefixe }) => prefixe)).toEqual([false]);
	});

	test('may hold the number of a fiche or of a branch, exactly as it is printed', () => {
		expect(readRequete('fiche 2.3').codes).toEqual(['2.3']);
		expect(readRequete('I3a1').codes).toEqual(['i3a1']);
		expect(readRequete('garder les enfants').codes).toEqual([]);
	});

	test('of empty words only looks for nothing, or for those words when they are long enough', () => {
		expect(termes('de la')).toEqual([]);
		expect(termes('dans').map(({ forme }) => forme)).toEqual(['dans']);
	});
});

describe('what answers is marked, in the words of the text', () => {
	test('other forms of the word are marked, whole; what only looks alike is not', () => {
		expect(shown(marked('Les logements, loger, un logiciel', termes('logement ')))).toBe(
			'Les [logements], [loger], un logiciel'
		);
		expect(shown(marked('L’insertion : INSÉRER', termes('insertion ')))).toBe('L’[insertion] : INSÉRER');
	});

	test('marks and text are pieces: nothing that was typed becomes markup', () => {
		expect(marked('<b>emploi</b>', termes('emploi'))).toEqual([
			{ texte: '<b>', marque: false },
			{ texte: 'emploi', marque: true },
			{ texte: '</b>', marque: false }
		]);
	});

	test('a long text is shown where most of the words are, cut between words', () => {
		const long = `${'Une phrase qui ne dit rien. '.repeat(20)}Le logement des jeunes travailleurs. ${'Encore une. '.repeat(30)}`;
		const extrait = shown(extraitOf(long, termes('jeunes logement ')));
		expect(extrait).toContain('[logement] des [jeunes] travailleurs');
		expect(extrait.length).toBeLessThan(260);
		expect(extrait.startsWith('… ')).toBe(true);
		expect(extrait.endsWith(' …')).toBe(true);
		const words = new Set(long.split(/\s+/));
		for (const word of extrait
			.replace(/[[\]…]/g, '')
			.trim()
			.split(/\s+/))
			expect(words, word).toContain(word);
	});

	test('a short text is shown whole', () => {
		expect(shown(extraitOf('Le logement', termes('logement')))).toBe('Le [logement]');
	});

	test('words side by side are nearer than words apart; one alone is not near', () => {
		const question = termes('logement jeunes ');
		expect(proximityOf('logement jeunes', question)).toBe(1);
		expect(proximityOf('le logement de tous, et bien plus loin les jeunes', question)).toBeLessThan(0.5);
		expect(proximityOf('le logement', question)).toBe(0);
	});
});

describe('words spelt almost alike', () => {
	test('are counted in changes, swaps included, up to a limit', () => {
		expect(distanceOf('insertion', 'insertion', 2)).toBe(0);
		expect(distanceOf('insertoin', 'insertion', 2)).toBe(1);
		expect(distanceOf('inserton', 'insertion', 2)).toBe(1);
		expect(distanceOf('abc', 'xyzt', 2)).toBe(3);
		expect(distanceOf('', 'ab', 2)).toBe(2);
	});

	test('are proposed nearest first, then most frequent; another word is not', () => {
		const connu = (ecrit: string, passages: number) => ({ forme: ecrit, ecrit, passages });
		const mots = [connu('insertion', 9), connu('assertion', 30), connu('logement', 5), connu('insertions', 2)];
		expect(prochesOf('insertoin', mots).map(({ ecrit }) => ecrit)).toEqual(['insertion', 'insertions']);
		expect(prochesOf('rsa', [connu('caf', 3), connu('rsi', 1)]).map(({ ecrit }) => ecrit)).toEqual(['rsi']);
	});
});
