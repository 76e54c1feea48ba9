import { describe, expect, test } from 'vitest';
import { actionsFromLines, bilanInWords, yearsIn } from './bilan.ts';

describe('actions out of lines', () => {
	test('a plain list, its bullets and numbers dropped', () => {
		expect(actionsFromLines('• Un guichet\n\n2) Un numéro\n- Une aide  à la garde').map(({ titre }) => titre)).toEqual([
			'Un guichet',
			'Un numéro',
			'Une aide à la garde'
		]);
	});

	test('columns of a spreadsheet, by tabs, with the line of their names', () => {
		expect(
			actionsFromLines(
				'Action\tÉtat\tAnnées\tCommentaire\nUn guichet\tRéalisée\t2019\tOuvert à Bourg\nUn bus\tAbandonnée\t\t'
			)
		).toEqual([
			{ titre: 'Un guichet', etat: 'realisee', annees: '2019', commentaire: 'Ouvert à Bourg' },
			{ titre: 'Un bus', etat: 'abandonnee', annees: '', commentaire: '' }
		]);
	});

	test('a .csv with quotes, a mark at its head, and a comment that holds a separator', () => {
		expect(actionsFromLines('\ufeff"Un guichet; ouvert";en partie;2018-2019;"trop ""loin""; trop cher"')).toEqual([
			{ titre: 'Un guichet; ouvert', etat: 'partielle', annees: '2018-2019', commentaire: 'trop "loin"; trop cher' }
		]);
	});

	test.each([
		['réalisée', 'realisee'],
		['Réalisée en partie', 'partielle'],
		['oui', 'realisee'],
		['non', 'abandonnee'],
		['non renseignée', 'non_renseignee'],
		['???', 'non_renseignee']
	])('« %s » is read as %s', (etat, read) => expect(actionsFromLines(`A;${etat}`)[0]?.etat).toBe(read));
});

test('what was done is said in words, and nothing of an empty bilan', () => {
	expect(bilanInWords([])).toBe('');
	expect(bilanInWords([{ etat: 'realisee' }])).toBe('1\u00a0action sur 1 réalisée, soit 100\u00a0%.');
	expect(bilanInWords([{ etat: 'partielle' }, { etat: 'partielle' }])).toBe(
		'0\u00a0action sur 2 réalisée, soit 0\u00a0%\u00a0; 2\u00a0réalisées en partie.'
	);
});

test('years are read from lists and spans, in order, each once', () => {
	expect(yearsIn('2013, 2010-2012 et 2011')).toEqual([2010, 2011, 2012, 2013]);
	expect(yearsIn('aucune')).toEqual([]);
});
