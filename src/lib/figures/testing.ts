// For the tests of figures: what the seeds measure, as data.
import type { Figure, Forme } from './figure.ts';
import { emptyFigure } from './figure.ts';

/** A figure from a small table: its first row names the columns. */
export function figureFrom(rows: readonly (readonly string[])[], rest: Partial<Figure> = {}): Figure {
	const [header = [], ...lines] = rows;
	const series = header.slice(1).map((nom, i) => ({ id: `s${i + 1}`, nom }));
	const lignes = lines.map(([libelle = '', ...cells], i) => ({
		id: `l${i + 1}`,
		libelle,
		valeurs: Object.fromEntries(series.map(({ id }, s) => [id, cells[s] ?? '']))
	}));
	return { ...emptyFigure(), series, lignes, ...rest };
}

const INSEE = { source: 'Insee', date: '2014' };

/** Mayenne, statement 9: what is measured there, beside the region and the country. */
export const MAYENNE: Figure[] = [
	figureFrom(
		[
			['', 'Mayenne'],
			['Population', '307 453']
		],
		{
			titre: 'Population',
			unite: 'habitants',
			source: 'Insee',
			date: '2012'
		}
	),
	figureFrom(
		[
			['', 'Mayenne'],
			['Densité', '59']
		],
		{
			titre: 'Densité de population',
			unite: 'hab/km²',
			source: 'Insee',
			date: '2012'
		}
	),
	figureFrom(
		[
			['', 'Département', 'Région', 'France'],
			['Taux', '7', '9,1', '10,5']
		],
		{
			titre: 'Taux de chômage',
			unite: '%',
			...INSEE
		}
	)
];

const COMMISSIONS = ['Alençon', 'Argentan', 'Flers', 'Mortagne-au-Perche'];

/** The shapes of Orne's charts: by part of the département or whole, and how each is drawn. */
export const ORNE: { titre: string; forme: Forme; lignes: string[]; series: string[]; unite: string }[] = [
	['Population par commission RSA', 'barres', COMMISSIONS, [''], 'habitants'],
	[
		'Population par âge',
		'barres',
		['0 à 14 ans', '15 à 29 ans', '30 à 44 ans', '45 à 59 ans', '60 à 74 ans', '75 ans et plus'],
		[''],
		'%'
	],
	[
		'Population par âge et par commission RSA',
		'groupees',
		['0 à 14 ans', '15 à 29 ans', '30 à 44 ans'],
		COMMISSIONS,
		'%'
	],
	[
		'Composition des ménages',
		'parts',
		['Personne seule', 'Familles monoparentales', 'Couples sans enfant', 'Couples avec enfant'],
		[''],
		'%'
	],
	[
		'Ménages selon la situation familiale et par commission RSA',
		'parts',
		['Personne seule', 'Familles monoparentales', 'Couples sans enfant', 'Couples avec enfant'],
		COMMISSIONS,
		'%'
	],
	['Taux de pauvreté', 'barres', [...COMMISSIONS, 'Département', 'France'], [''], '%'],
	['Revenu médian par commission RSA', 'barres', COMMISSIONS, [''], '€'],
	['Taux de chômage', 'lignes', ['2015', '2016', '2017', '2018', '2019'], ['Département', 'Région', 'France'], '%'],
	['Demandeurs d’emploi par catégorie', 'parts', ['Catégorie A', 'Catégorie B', 'Catégorie C'], [''], '%'],
	['Demandeurs d’emploi par âge', 'parts', ['Moins de 25 ans', '25 à 49 ans', '50 ans et plus'], COMMISSIONS, '%'],
	[
		'Demandeurs d’emploi selon l’ancienneté',
		'parts',
		['Moins de 12 mois', '12 à 24 mois', 'Plus de 24 mois'],
		[''],
		'%'
	],
	['Demandeurs d’emploi par sexe', 'parts', ['Hommes', 'Femmes'], COMMISSIONS, '%'],
	['Allocataires du RSA', 'lignes', ['2014', '2015', '2016', '2017', '2018', '2019'], [''], 'allocataires'],
	['Allocataires du RSA par commission RSA', 'barres', COMMISSIONS, [''], 'allocataires'],
	['Allocataires du RSA par âge', 'parts', ['Moins de 30 ans', '30 à 49 ans', '50 ans et plus'], [''], '%'],
	[
		'Allocataires du RSA par âge et par commission RSA',
		'groupees',
		['Moins de 30 ans', '30 à 49 ans', '50 ans et plus'],
		COMMISSIONS,
		'%'
	],
	[
		'Allocataires du RSA selon la situation familiale',
		'parts',
		['Personne seule', 'Familles monoparentales', 'Couples sans enfant', 'Couples avec enfant'],
		[''],
		'%'
	],
	['Allocataires du RSA par sexe et par commission RSA', 'groupees', ['Hommes', 'Femmes'], COMMISSIONS, '%'],
	[
		'Allocataires du RSA selon l’ancienneté',
		'parts',
		['12 mois ou moins', '13 à 24 mois', '25 à 36 mois', 'Plus de 36 mois'],
		[''],
		'%'
	],
	[
		'Allocataires du RSA selon l’ancienneté et par commission RSA',
		'groupees',
		['12 mois ou moins', '13 à 24 mois', '25 à 36 mois', 'Plus de 36 mois'],
		COMMISSIONS,
		'%'
	],
	[
		'Allocataires par niveau de formation',
		'barres',
		['Sans diplôme', 'CAP ou BEP', 'Bac', 'Bac + 2 et plus'],
		[''],
		'%'
	],
	['Référents par commission RSA', 'barres', COMMISSIONS, [''], 'ETP'],
	['Contrats signés', 'lignes', ['2016', '2017', '2018'], COMMISSIONS, 'contrats']
].map(([titre, forme, lignes, series, unite]) => ({ titre, forme, lignes, series, unite }) as (typeof ORNE)[number]);

/** One of them with plausible values: parts that make 100. */
export function orneFigure(index: number): Figure {
	const { titre, forme, lignes, series, unite } = ORNE[index] as (typeof ORNE)[number];
	const cell = (l: number, s: number) => {
		if (forme !== 'parts') return String(10 + ((l * 7 + s * 3) % 40));
		const each = Math.floor(100 / lignes.length);
		return String(l === 0 ? 100 - each * (lignes.length - 1) : each);
	};
	const rows = [['', ...series], ...lignes.map((libelle, l) => [libelle, ...series.map((_, s) => cell(l, s))])];
	return figureFrom(rows, { titre, forme, unite, source: 'Caf', date: '30 novembre 2019' });
}
