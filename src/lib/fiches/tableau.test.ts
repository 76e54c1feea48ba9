import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { CADRE_ENGAGEMENT, ENGAGEMENTS } from '#lib/engagements/cadre.ts';
import type { ChampTableau } from '#lib/pactes/modele.ts';
import { addPuces, pucesOf, prepareChamps, readFiche, setRetrait } from './fiche.ts';
import { addLigne, choiceOf, lignesOf, moveLigne, numberIn, removeLigne, setCellule, totalsOf } from './tableau.ts';

const champ = (id: string) => CADRE_ENGAGEMENT.find((each) => each.id === id) as ChampTableau;
const CONVENTIONS = champ('conventions');
const VIDE = { intitule: '', avec: '', etat: '' };

function born(valeurs = {}): Y.Doc {
	const doc = new Y.Doc();
	prepareChamps(doc, CADRE_ENGAGEMENT, valeurs);
	return doc;
}

function meet(a: Y.Doc, b: Y.Doc): void {
	Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
	Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
}

const conventions = (doc: Y.Doc) => {
	const { conventions: valeur } = readFiche(doc, { champs: CADRE_ENGAGEMENT });
	return valeur && 'lignes' in valeur ? valeur.lignes : [];
};
const cell = (doc: Y.Doc, i: number, colonne: string) =>
	lignesOf(doc, 'conventions')[i]?.cellules.get(colonne) as Y.Text;

describe('a live table', () => {
	test('is born with its rows, in the order and with all the columns of its model', () => {
		const doc = born({ conventions: { lignes: [{ intitule: 'Logement' }, { avec: 'La CAF', etat: 'en cours' }] } });
		expect(conventions(doc)).toEqual([
			{ ...VIDE, intitule: 'Logement' },
			{ ...VIDE, avec: 'La CAF', etat: 'en cours' }
		]);
	});

	test('a row in which nothing is written is a place to type in, not a value', () => {
		const doc = born();
		addLigne(doc, CONVENTIONS, 'a');
		expect(lignesOf(doc, 'conventions')).toHaveLength(1);
		expect(conventions(doc)).toEqual([]);
	});

	test('two people who write two cells of one row keep both', () => {
		const [one, two] = [born({ conventions: { lignes: [{ intitule: 'Logement' }] } }), new Y.Doc()];
		meet(one, two);
		cell(one, 0, 'avec').insert(0, 'La CAF');
		setCellule(cell(two, 0, 'etat'), 'existante');
		meet(one, two);
		expect(conventions(one)).toEqual([{ intitule: 'Logement', avec: 'La CAF', etat: 'existante' }]);
		expect(conventions(two)).toEqual(conventions(one));
	});

	test('two people who choose at once leave one of the two choices', () => {
		const [one, two] = [born({ conventions: { lignes: [{ intitule: 'Logement' }] } }), new Y.Doc()];
		meet(one, two);
		setCellule(cell(one, 0, 'etat'), 'existante');
		setCellule(cell(two, 0, 'etat'), 'en cours');
		meet(one, two);
		expect(['existante', 'en cours']).toContain(conventions(one)[0]?.etat);
		expect(choiceOf(CONVENTIONS.colonnes[2]!, 'terminée')).toBe('');
	});

	test('a removed row comes back with what somebody else typed in it meanwhile', () => {
		const [one, two] = [born({ conventions: { lignes: [{ intitule: 'Logement' }] } }), new Y.Doc()];
		meet(one, two);
		removeLigne(one, 'conventions', 'l1');
		expect(conventions(one)).toEqual([]);
		cell(two, 0, 'avec').insert(0, 'La MSA');
		meet(one, two);
		expect(conventions(one)).toEqual([{ ...VIDE, avec: 'La MSA' }]);
	});

	test('rows move before another, or last', () => {
		const doc = born({ conventions: { lignes: ['A', 'B', 'C'].map((intitule) => ({ intitule })) } });
		const order = () => conventions(doc).map(({ intitule }) => intitule);
		moveLigne(doc, 'conventions', 'l3', 'l1');
		expect(order()).toEqual(['C', 'A', 'B']);
		moveLigne(doc, 'conventions', 'l1', null);
		expect(order()).toEqual(['C', 'B', 'A']);
	});
});

test.each([
	['4', 4],
	['1,5 ETP', 1.5],
	['2 500', 2500],
	['0.5', 0.5],
	['quatre', null],
	['', null],
	['1.2.3', null]
])('« %s » counts for %s', (texte, nombre) => expect(numberIn(texte)).toBe(nombre));

test('columns of numbers are added up; what is not a number is told, not counted', () => {
	const lignes = [{ etp: '4' }, { etp: '14,5' }, { etp: 'à définir' }, { etp: '' }];
	expect(totalsOf(champ('moyens_humains').colonnes, lignes)).toEqual([
		{ etiquette: 'ETP', total: 18.5, horsCompte: ['à définir'] }
	]);
	expect(totalsOf(champ('moyens_humains').colonnes, [{ libelle: 'Une équipe' }])).toEqual([]);
});

describe('sub-points', () => {
	const read = (doc: Y.Doc) => readFiche(doc, { champs: CADRE_ENGAGEMENT })[ENGAGEMENTS];

	test('go with their bullets, from birth and back', () => {
		const valeur = { puces: ['Un guichet', 'le matin', 'le soir', 'Un numéro'], retraits: [1, 2] };
		expect(read(born({ [ENGAGEMENTS]: valeur }))).toEqual(valeur);
	});

	test('the first bullet is never one, even when the one above it is emptied', () => {
		const doc = born({ [ENGAGEMENTS]: { puces: ['Un guichet', 'le matin'], retraits: [1] } });
		const [first] = pucesOf(doc, ENGAGEMENTS);
		first?.texte.delete(0, first.texte.length);
		expect(read(doc)).toEqual({ puces: ['le matin'] });
	});

	test('a field without sub-points has none, whatever its document says', () => {
		const doc = born({ moyens_financiers: { puces: ['Une ligne', 'une autre'] } });
		setRetrait(doc, 'moyens_financiers', 'p2', 1);
		expect(readFiche(doc, { champs: CADRE_ENGAGEMENT }).moyens_financiers).toEqual({
			puces: ['Une ligne', 'une autre']
		});
	});

	test('one that is added under another says so', () => {
		const doc = born({ [ENGAGEMENTS]: { puces: ['Un guichet'] } });
		addPuces(doc, ENGAGEMENTS, [{ id: 'x', texte: 'le matin', retrait: 1 }]);
		expect(read(doc)).toEqual({ puces: ['Un guichet', 'le matin'], retraits: [1] });
	});
});
