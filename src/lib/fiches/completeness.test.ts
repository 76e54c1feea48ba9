import { describe, expect, test } from 'vitest';
import { MODELE_ORNE, MODELE_VIERGE } from '#lib/pactes/modeles/structures.ts';
import { completenessInWords, completenessOf, hintsOf, isFilled, type Valeurs } from './completeness.ts';

const PLEINE: Valeurs = {
	finalite: { puces: ['Que chacun trouve une place'] },
	objectifs: { puces: ['Ouvrir vingt places', 'Couvrir les deux vallées'] },
	modalites: { puces: ['Un groupe par vallée'] },
	indicateurs: { puces: ['Nombre de places ouvertes'] },
	echeance: { texte: '2027 ou 2028' },
	partenaires: { organismes: ['msa'], ouverte: true, texte: '' },
	pilotes: { organismes: ['caf'], ouverte: false, texte: '' }
};
const NOMS: Record<string, string> = { caf: 'CAF', msa: 'MSA' };
const CONTEXTE = { periode: { debut: 2026, fin: 2030 }, nomOf: (id: string) => NOMS[id] };
const hints = (valeurs: Valeurs) =>
	hintsOf(MODELE_ORNE, { ...PLEINE, ...valeurs }, CONTEXTE).map(({ message }) => message);

describe('completeness', () => {
	test('a full fiche has no hole', () => {
		expect(completenessOf(MODELE_ORNE, PLEINE)).toEqual({ remplis: 7, total: 7, trous: [] });
		expect(completenessInWords(completenessOf(MODELE_ORNE, PLEINE))).toBe('Fiche complète');
	});

	test('each empty field is a hole, named in words, with its field', () => {
		const completude = completenessOf(MODELE_ORNE, {
			...PLEINE,
			pilotes: { organismes: [], ouverte: false, texte: ' ' },
			objectifs: { puces: ['', ' '] },
			echeance: { texte: '' }
		});
		expect(completude.trous).toEqual([
			{ champ: 'objectifs', message: 'Objectifs manquants' },
			{ champ: 'echeance', message: 'Échéance manquante' },
			{ champ: 'pilotes', message: 'Pilote manquant' }
		]);
		expect(completenessInWords(completude)).toBe('4\u00a0champs remplis sur 7');
	});

	test('every field that a shipped model asks for has its own words', () => {
		for (const modele of [MODELE_ORNE, MODELE_VIERGE])
			for (const { message } of completenessOf(modele, {}).trous) expect(message).toMatch(/manquant/);
	});

	test('a field that the model does not require is no hole', () => {
		const { total, trous } = completenessOf(MODELE_VIERGE, {});
		expect(total).toBe(5);
		expect(trous.map(({ champ }) => champ)).not.toContain('indicateurs');
	});

	test('a sentence in place of a list fills the field, « à définir » fills an échéance, an empty open list does not', () => {
		expect(isFilled({ organismes: [], ouverte: false, texte: 'Travail à mener en interne.' })).toBe(true);
		expect(isFilled({ texte: 'À définir' })).toBe(true);
		expect(isFilled({ organismes: [], ouverte: true, texte: '' })).toBe(false);
	});
});

describe('hints', () => {
	test('a fiche without fault gets none', () => {
		expect(hints({})).toEqual([]);
	});

	test('indicators that count nothing are counted', () => {
		const puces = [
			'Nombre de places',
			'Mise en place du réseau',
			'20 places',
			'Part des familles',
			'Nature des actions',
			'Places ouvertes à la veille'
		];
		expect(hints({ indicateurs: { puces } })).toEqual([
			'1\u00a0indicateur sans nombre ni taux\u00a0: que comptera-t-on\u00a0?'
		]);
	});

	test('a bullet written twice is named', () => {
		expect(hints({ objectifs: { puces: ['Ouvrir vingt places', 'ouvrir  vingt places', 'Autre'] } })).toEqual([
			'«\u00a0ouvrir  vingt places\u00a0» figure deux fois.'
		]);
	});

	test('an échéance to be decided, or out of the period, is said; one that is partly in it is not', () => {
		expect(hints({ echeance: { texte: 'À définir' } })).toEqual(['Échéance à définir.']);
		expect(hints({ echeance: { texte: '2032' } })).toEqual(['Année hors de la période du pacte\u00a0: 2032.']);
		expect(hints({ echeance: { texte: '2030 et 2031' } })).toEqual([]);
	});

	test('an organisme that pilots and joins is named', () => {
		expect(hints({ partenaires: { organismes: ['msa', 'caf'], ouverte: true, texte: '' } })).toEqual([
			'CAF est à la fois pilote et partenaire.'
		]);
	});

	test('no hint speaks of a field that the model has not', () => {
		const valeurs: Valeurs = { ...PLEINE, indicateurs: { puces: ['Mise en place'] } };
		const modele = { ...MODELE_ORNE, champs: MODELE_ORNE.champs.filter(({ id }) => id !== 'indicateurs') };
		expect(hintsOf(modele, valeurs, CONTEXTE)).toEqual([]);
	});
});
