import { describe, expect, test } from 'vitest';
import type { ValeurChamp } from './archive.ts';
import { convertValeur, isWhole, type Noms } from './conversion.ts';
import type { Champ, TypeDeChamp } from './modele.ts';

const noms: Noms = {
	nomOf: (id) => ({ o1: 'CAF', o2: 'Mission locale', k1: 'Schéma des solidarités' })[id],
	organisme: (nom) => ({ caf: 'o1', 'mission locale': 'o2' })[nom.toLowerCase()],
	schema: (nom) => ({ 'schéma des solidarités': 'k1' })[nom.toLowerCase()]
};

function champ(type: TypeDeChamp): Champ {
	const common = { id: type, etiquette: type, requis: false };
	switch (type) {
		case 'puces':
			return { ...common, type, puce: 'un point' };
		case 'organismes':
			return { ...common, type, ouverte: true };
		case 'choix':
			return { ...common, type, choix: ['Haut', 'Bas'] };
		case 'montants':
			return { ...common, type, annees: [2027] };
		case 'tableau':
			return {
				...common,
				type,
				ligne: 'une ligne',
				colonnes: [
					{ id: 'quoi', etiquette: 'Quoi', type: 'texte' },
					{ id: 'quand', etiquette: 'Quand', type: 'texte' }
				]
			};
		default:
			return { ...common, type };
	}
}

describe('what a value becomes in a field of another type', () => {
	const cases: [TypeDeChamp, ValeurChamp, TypeDeChamp, ValeurChamp, boolean][] = [
		['puces', { puces: ['Un', 'Deux'] }, 'texte', { texte: 'Un\nDeux' }, true],
		['texte', { texte: 'Un\n\nDeux' }, 'puces', { puces: ['Un', 'Deux'] }, true],
		['puces', { puces: ['Un', 'Deux'] }, 'court', { texte: 'Un\u00a0; Deux' }, true],
		[
			'puces',
			{ puces: ['Nombre de sorties'] },
			'indicateurs',
			{ lignes: [{ libelle: 'Nombre de sorties', nature: '', cible: '', ventilation: '' }] },
			true
		],
		['tableau', { lignes: [{ quoi: 'A', quand: '2027' }] }, 'puces', { puces: ['A · 2027'] }, true],
		[
			'organismes',
			{ organismes: ['o1', 'o2'], ouverte: false, texte: '' },
			'texte',
			{ texte: 'CAF\nMission locale' },
			true
		],
		[
			'texte',
			{ texte: 'CAF, Mission locale, une association' },
			'organismes',
			{ organismes: ['o1', 'o2'], ouverte: false, texte: 'une association' },
			true
		],
		['texte', { texte: 'Schéma des solidarités' }, 'schemas', { schemas: ['k1'], texte: '' }, true],
		['texte', { texte: 'Oui' }, 'ouinon', { texte: 'oui' }, true],
		['texte', { texte: 'bas' }, 'choix', { texte: 'Bas' }, true],
		['texte', { texte: 'peut-être' }, 'choix', { texte: '' }, false],
		[
			'tableau',
			{ lignes: [{ quoi: 'A', quand: '2027' }], suites: [{ ligne: 0, colonne: 'quand' }] },
			'indicateurs',
			{ lignes: [{ libelle: 'A · 2027', nature: '', cible: '', ventilation: '' }] },
			true
		]
	];
	test.each(cases)('%s %j → %s', (de, valeur, vers, expected, whole) => {
		const converti = convertValeur(champ(de), valeur, champ(vers), noms);
		expect(converti).toEqual(expected);
		expect(isWhole(champ(de), valeur, champ(vers), converti, noms)).toBe(whole);
	});
});
