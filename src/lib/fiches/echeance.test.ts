import { describe, expect, test } from 'vitest';
import { readEcheance, yearsInWords } from './echeance.ts';

const PACTE = { debut: 2020, fin: 2022 };
const LONG = { debut: 2017, fin: 2021 };

describe('readEcheance finds the years of what people write', () => {
	test.each([
		['2021', [2021]],
		['2021 ou 2022', [2021, 2022]],
		['2020, 2021 et 2022', [2020, 2021, 2022]],
		['Fin 2021', [2021]],
		['fin des travaux en 2020', [2020]],
		['1er semestre 2018', [2018]],
		['2 nd semestre 2018', [2018]],
		['septembre 2021 - mars 2022', [2021, 2022]],
		['31/12/2021', [2021]],
		['d’ici 2022', [2022]],
		['2017-2021', [2017, 2018, 2019, 2020, 2021]],
		['2017 – 2019', [2017, 2018, 2019]],
		['2017/2019', [2017, 2018, 2019]],
		['de 2017 à 2019', [2017, 2018, 2019]],
		['2018-20', [2018, 2019, 2020]],
		['2022-2021', [2021, 2022]]
	])('%s', (texte, annees) => {
		expect(readEcheance(texte, LONG)).toEqual({ nature: 'annees', annees });
	});

	test.each([
		['2019 et suivants', [2019, 2020, 2021]],
		['2019 et années suivantes', [2019, 2020, 2021]],
		['À partir de 2020', [2020, 2021]],
		['dès 2020', [2020, 2021]],
		['Démarrée en 2016 - en cours', [2016, 2017, 2018, 2019, 2020, 2021]],
		['jusqu’en 2019', [2017, 2018, 2019]]
	])('%s goes to the edge of the pacte', (texte, annees) => {
		expect(readEcheance(texte, LONG)).toEqual({ nature: 'annees', annees });
	});

	test('without a known period, an open span is the year that is written', () => {
		expect(readEcheance('2019 et suivants', { debut: null, fin: null }).annees).toEqual([2019]);
	});
});

describe('readEcheance understands what has no year', () => {
	test.each(['tout au long du PTI', 'Tout au long du pacte', 'toute la durée du pacte', '2 fois/an', 'En continu'])(
		'%s is every year of the pacte',
		(texte) => {
			expect(readEcheance(texte, PACTE)).toEqual({ nature: 'permanente', annees: [2020, 2021, 2022] });
		}
	);

	test.each(['A définir', 'à définir', 'À préciser en comité'])('%s is to be decided, which is a value', (texte) => {
		expect(readEcheance(texte, PACTE)).toEqual({ nature: 'a_definir', annees: [] });
	});

	test('nothing typed is nothing', () => {
		expect(readEcheance(' \u00a0\n', PACTE)).toEqual({ nature: 'vide', annees: [] });
	});

	test.each(['au printemps', 'dès que possible', '12/05', '20210'])(
		'%s is kept as text, and claims no year',
		(texte) => {
			expect(readEcheance(texte, PACTE)).toEqual({ nature: 'libre', annees: [] });
		}
	);

	test('no number typed by mistake makes a list without end', () => {
		expect(readEcheance('1901-2099', PACTE).annees).toEqual([1901, 2099]);
		expect(readEcheance(`${'2021 - '.repeat(5000)}`, PACTE).annees).toEqual([2021]);
	});
});

test('years are said as people say them', () => {
	expect(yearsInWords([2021])).toBe('2021');
	expect(yearsInWords([2021, 2022])).toBe('2021 et 2022');
	expect(yearsInWords([2017, 2018, 2019])).toBe('de 2017 à 2019');
	expect(yearsInWords([2017, 2019, 2020])).toBe('2017, 2019 et 2020');
	expect(yearsInWords([])).toBe('');
});
