import { describe, expect, test } from 'vitest';
import type { Imprimeur } from '../assemble.ts';
import type { Champ } from '#lib/pactes/modele.ts';
import { printChamp } from './champ.ts';

const asIs: Imprimeur = {
	texte: (source) => source.trim(),
	paragraphes: (source) => source.split('\n').filter((line) => line.trim() !== '')
};
const at = { print: asIs, lieu: 'ici' };
const colonne = (id: string, type: 'texte' | 'liste' | 'nombre' = 'texte') => ({ id, etiquette: id, type });
const LIVRABLES: Champ = {
	id: 'livrables',
	type: 'tableau',
	etiquette: 'Livrables',
	requis: false,
	ligne: 'un livrable',
	colonnes: [colonne('quoi'), colonne('public', 'liste'), colonne('cout', 'nombre')]
};

describe('a field of a fiche on paper', () => {
	test('a cell that goes on below is printed once, as many rows high', () => {
		const printed = printChamp(
			LIVRABLES,
			{
				lignes: [
					{ quoi: 'Un guide', public: 'Jeunes\nParents', cout: '1 000' },
					{ quoi: 'Deux forums', public: 'caché', cout: '500' },
					{ quoi: 'Un site', public: '', cout: '' }
				],
				suites: [{ ligne: 1, colonne: 'public' }]
			},
			at
		);
		expect(printed).toMatchObject({
			rangees: [
				[
					{ x: 0, hauteur: 1, lignes: ['Un guide'] },
					{ x: 1, hauteur: 2, lignes: ['Jeunes', 'Parents'] },
					{ x: 2, hauteur: 1, lignes: ['1 000'] }
				],
				[
					{ x: 0, hauteur: 1, lignes: ['Deux forums'] },
					{ x: 2, hauteur: 1, lignes: ['500'] }
				],
				[{ x: 0 }, { x: 1, lignes: [] }, { x: 2 }]
			],
			totaux: ['Total, cout\u00a0: 1\u00a0500'],
			paysage: false
		});
	});

	test('a table of more columns than an upright page holds asks for a page on its side; columns of numbers take half', () => {
		const wide = (n: number, type: 'texte' | 'nombre'): Champ => ({
			...LIVRABLES,
			colonnes: Array.from({ length: n }, (_, i) => colonne(`c${i}`, type))
		});
		const value = { lignes: [{ c0: '1' }] };
		expect(printChamp(wide(6, 'texte'), value, at)).toMatchObject({ paysage: false });
		expect(printChamp(wide(7, 'texte'), value, at)).toMatchObject({ paysage: true });
		expect(printChamp(wide(9, 'nombre'), value, at)).toMatchObject({ paysage: false });
	});

	test('indicators are lines while nothing more is said of them, then a table of what is said', () => {
		const champ: Champ = { id: 'i', type: 'indicateurs', etiquette: 'Indicateurs', requis: false };
		expect(printChamp(champ, { lignes: [{ libelle: 'Personnes reçues' }] }, at)).toEqual({
			etiquette: 'Indicateurs',
			puces: [['Personnes reçues']]
		});
		expect(
			printChamp(champ, { lignes: [{ libelle: 'Personnes reçues', nature: 'nombre', cible: '', ventilation: '' }] }, at)
		).toMatchObject({ colonnes: [{ nom: 'Indicateur' }, { nom: 'Nature' }] });
	});

	test('money is one column a year, added up', () => {
		const champ: Champ = { id: 'm', type: 'montants', etiquette: 'Financement', requis: false, annees: [2027, 2028] };
		const lignes = [
			{ financeur: 'Département', a2027: '10 000', a2028: '' },
			{ financeur: 'FSE', a2027: '2 500', a2028: '100' }
		];
		expect(printChamp(champ, { lignes }, at)).toMatchObject({
			colonnes: [{ nom: 'Financeur' }, { nom: '2027', nombre: true }, { nom: '2028', nombre: true }],
			totaux: ['Total, 2027\u00a0: 12\u00a0500', 'Total, 2028\u00a0: 100']
		});
	});

	test('plans and schemas are named, then what is said of them', () => {
		const champ: Champ = { id: 's', type: 'schemas', etiquette: 'Liens', requis: false };
		const schemas = new Map([['k1', 'Schéma des solidarités']]);
		expect(printChamp(champ, { schemas: ['k1', 'k9'], texte: 'Voir l’action 2.' }, { ...at, schemas })).toEqual({
			etiquette: 'Liens',
			puces: [['Schéma des solidarités']],
			apres: ['Voir l’action 2.']
		});
		expect(printChamp(champ, { schemas: [], texte: '' }, at)).toBeNull();
	});
});
