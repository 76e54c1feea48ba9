import { expect, test } from 'vitest';
import { colonnesDeNombres, hauteursOf, tableau } from './blocs.ts';

test('numbers stand under one another; what names a row, years and words do not', () => {
	const table = tableau(
		'',
		['Année', 'Allocataires', 'Part', 'Montant', 'Depuis', 'Remarque'],
		[
			['2029', '4\u202f120', '8,4\u00a0%', '640 000\u00a0€', '2027', '12 places'],
			['2030', '—', '7,6\u00a0%', '', '2028', '4']
		]
	);
	expect([...colonnesDeNombres(table)]).toEqual([1, 2, 3]);
});

test('a row of a sheet is as high as its longest cell; a cell over several rows shares its lines among them', () => {
	const feuille = {
		nom: 'Fiches',
		colonnes: [
			{ titre: 'Axe', largeur: 10 },
			{ titre: 'Fiche', largeur: 20 }
		],
		lignes: [
			['x'.repeat(38), 'Un bus le soir'],
			['', 'Un\npermis\nde conduire'],
			[new Date('2026-10-20'), 4]
		],
		fusions: [{ ligne: 0, colonne: 0, lignes: 2, colonnes: 1 }]
	};
	expect(hauteursOf(feuille)).toEqual([2, 3, 1]);
});
