import type { FigureArchive } from '#lib/figures/figure-archive.ts';
import type { Forme } from '#lib/figures/figure.ts';

interface Donnees {
	titre: string;
	forme: Forme;
	unite?: string;
	date?: string;
	source?: string;
	phrase?: string;
	/** The names of the columns, then the rows. */
	table: string[][];
}

/** One of them has no source yet: what a diagnostic looks like half-way. */
const FIGURES: Donnees[] = [
	{
		titre: 'Taux de chômage',
		forme: 'barres',
		unite: '%',
		date: '2024',
		source: 'Observatoire de la Haute-Rivière',
		table: [
			['Département', 'Région', 'France'],
			['Taux de chômage', '8,4', '7,6', '7,3']
		]
	},
	{
		titre: 'Allocataires du RSA',
		forme: 'lignes',
		unite: 'allocataires',
		date: '2019-2024',
		source: 'CAF et MSA',
		phrase: 'Le nombre d’allocataires a monté en 2020, puis il est revenu au niveau d’avant.',
		table: [
			['Allocataires'],
			['2019', '4 120'],
			['2020', '4 690'],
			['2021', '4 540'],
			['2022', '4 310'],
			['2023', '4 150'],
			['2024', '4 080']
		]
	},
	{
		titre: 'Allocataires du RSA selon la situation familiale, par territoire',
		forme: 'parts',
		unite: '%',
		date: '31 décembre 2024',
		source: 'CAF',
		table: [
			['Bourg-le-Pont', 'Vallée du Clain-Vert', 'Hautes communes'],
			['Personne seule', '51', '48', '57'],
			['Famille monoparentale', '31', '29', '18'],
			['Couple avec enfant', '13', '17', '16'],
			['Couple sans enfant', '5', '6', '9']
		]
	},
	{
		titre: 'Allocataires du RSA par âge',
		forme: 'groupees',
		unite: '%',
		date: '31 décembre 2024',
		table: [
			['Haute-Rivière', 'Région'],
			['Moins de 30 ans', '21', '24'],
			['30 à 49 ans', '47', '48'],
			['50 ans et plus', '32', '28']
		]
	}
];

/** The figures of the demonstration, as an archive holds them. */
export function figuresDeHauteRiviere(): FigureArchive[] {
	return FIGURES.map(({ titre, forme, unite = '', date = '', source = '', phrase = '', table }, i) => {
		const [noms = [], ...rows] = table;
		return {
			id: `g${i + 1}`,
			titre,
			phrase,
			source,
			date,
			territoire: '',
			unite,
			forme,
			series: noms.map((nom, s) => ({ id: `s${s + 1}`, nom })),
			lignes: rows.map(([libelle = '', ...valeurs], l) => ({ id: `l${l + 1}`, libelle, valeurs }))
		};
	});
}
