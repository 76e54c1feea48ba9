import { describe, expect, test } from 'vitest';
import { figureFaults } from './faults.ts';
import { figureFrom, MAYENNE, ORNE, orneFigure } from './testing.ts';

const FAMILLES = [
	['', 'Alençon', 'Argentan'],
	['En couple avec enfant', '14 %', '16 %'],
	['En couple sans enfant', '4 %', '5 %'],
	['Familles monoparentales', '30 %', '27 %'],
	['Personne seule', '52 %', '52 %']
];
const KNOWN = { source: 'Caf', date: '2019' };
const genres = (figure: Parameters<typeof figureFaults>[0]) => figureFaults(figure).map(({ genre }) => genre);

describe('what a reader would stumble on is said, and nothing else', () => {
	test('a figure with a title, values, a source and a date has no fault', () => {
		expect(MAYENNE.flatMap(figureFaults)).toEqual([]);
	});

	test('no source, no date, no title, no value: each is said', () => {
		expect(
			genres(
				figureFrom([
					['', 'A'],
					['x', '']
				])
			)
		).toEqual(['titre_vide', 'vide', 'source', 'date']);
	});

	test('Orne 4: a chart « par sexe » over family situations is flagged, with the words that show it', () => {
		const faults = figureFaults(
			figureFrom(FAMILLES, { titre: 'Allocataires du RSA par sexe et par Commission RSA', ...KNOWN })
		);
		expect(faults.map(({ genre }) => genre)).toEqual(['titre']);
		expect(faults[0]?.phrase).toMatch(
			/annonce le sexe, mais les données montrent la situation familiale .*En couple avec enfant/
		);
	});

	test.each([
		'Allocataires selon la situation familiale',
		'Allocataires selon la composition familiale et par Commission RSA',
		'Allocataires du RSA',
		'Allocataires par Commission RSA'
	])('« %s » over family situations is right', (titre) => {
		expect(genres(figureFrom(FAMILLES, { titre, ...KNOWN }))).toEqual([]);
	});

	test('families in the columns count as well as in the rows', () => {
		const figure = figureFrom(
			[
				['', 'Personne seule', 'Couple'],
				['2018', '3', '4'],
				['2019', '3', '4']
			],
			{
				titre: 'Allocataires par âge',
				...KNOWN
			}
		);
		expect(genres(figure)).toEqual(['titre']);
	});

	test('the title is not doubted when one axis does show what it announces', () => {
		const figure = figureFrom(
			[
				['', 'Hommes', 'Femmes'],
				['Personne seule', '3', '4'],
				['En couple', '3', '4']
			],
			{
				titre: 'Allocataires par sexe',
				...KNOWN
			}
		);
		expect(genres(figure)).toEqual([]);
	});

	test('Orne 4: none of the 23 shapes of charts is doubted', () => {
		expect(ORNE).toHaveLength(23);
		expect(ORNE.flatMap((_, i) => figureFaults(orneFigure(i)).map(({ phrase }) => phrase))).toEqual([]);
	});

	test('shares in per cent make 100, give or take a rounding', () => {
		const shares = (a: string, b: string, unite = '%') =>
			genres(
				figureFrom(
					[
						['', 'Orne'],
						['Oui', a],
						['Non', b]
					],
					{ titre: 'Avis', forme: 'parts', unite, ...KNOWN }
				)
			);
		expect(shares('60', '40')).toEqual([]);
		expect(shares('60,4', '40,3')).toEqual([]);
		expect(shares('60', '45')).toEqual(['parts']);
		expect(shares('60 %', '45 %', '')).toEqual(['parts']);
		expect(shares('600', '450', 'personnes')).toEqual([]);
		expect(shares('600', '-450', 'personnes')).toEqual(['parts']);
	});

	test('a cell that holds no number is pointed at; « n. d. » is an answer', () => {
		const figure = figureFrom(
			[
				['', 'Orne'],
				['A', 'environ 12'],
				['B', 'n. d.'],
				['C', '3']
			],
			{ titre: 'T', ...KNOWN }
		);
		const [fault, ...others] = figureFaults(figure);
		expect(others).toEqual([]);
		expect(fault).toMatchObject({ genre: 'valeur', cellule: { ligne: 'l1', serie: 's1' } });
		expect(fault?.phrase).toMatch(/^«.A.», «.Orne.».: «.environ 12.» n’est pas un nombre/);
	});
});
