import { describe, expect, test } from 'vitest';
import { fold, motsOf, racineOf, racinesPossibles } from './mots.ts';

const racines = (texte: string) => motsOf(texte).map(({ racine }) => racine);

describe('words that can be looked for', () => {
	test('elisions and hyphens are put aside, with straight and curly apostrophes alike', () => {
		for (const texte of ['l’insertion d’aujourd’hui', "l'insertion d'aujourd'hui", 'lʼinsertion dʼaujourdʼhui'])
			expect(motsOf(texte).map(({ forme }) => forme)).toEqual(['insertion', 'aujourd', 'hui']);
		expect(motsOf('Jusqu’à la Haute-Rivière, qu’il y a').map(({ forme }) => forme)).toEqual(['haute', 'riviere']);
	});

	test('the words that every line has are not kept; numbers are', () => {
		expect(motsOf('Pour les 12 élèves de la classe 3').map(({ forme }) => forme)).toEqual([
			'12',
			'eleves',
			'classe',
			'3'
		]);
	});

	test('the forms of a word share a stem: gender, number, verb and noun', () => {
		for (const famille of [
			['insertion', 'INSERTIONS'],
			['insérer', 'insérées', 'inséré'],
			['accompagnement', 'accompagnée', 'accompagner', 'Accompagnements'],
			['social', 'sociaux', 'sociale'],
			['emploi', 'emplois'],
			['travail', 'travaux'],
			['numérique', 'numériques']
		])
			expect(new Set(famille.map(racineOf)).size, famille.join(', ')).toBe(1);
	});

	test('different words keep different stems', () => {
		const mots = ['insertion', 'logement', 'santé', 'mobilité', 'emploi', 'travail', 'sanction', 'moyen'];
		expect(new Set(mots.map(racineOf)).size).toBe(mots.length);
	});

	test('a word typed without accents may be of the family of the accented one', () => {
		for (const [tape, ecrit] of [
			['inserees', 'insérer'],
			['mobilite', 'mobilités'],
			['evalue', 'évaluation'],
			['sante', 'santé'],
			['eleves', 'élève']
		] as const)
			expect(racinesPossibles(tape), tape).toContain(racineOf(ecrit));
	});

	test('what is hidden inside a word does not cut it, and the place of each word is told', () => {
		const texte = 'Un accompa\u00adgne\u00adment « global »';
		const [mot] = motsOf(texte);
		expect(mot?.racine).toBe(racineOf('accompagnement'));
		expect(texte.slice(mot!.debut, mot!.fin)).toBe('accompa\u00adgne\u00adment');
		expect(motsOf('e\u0301le\u0300ve')[0]?.racine).toBe(racineOf('élève'));
	});

	test('case, accents and ligatures are folded', () => {
		expect(fold('Mise en ŒUVRE, ÉLÈVE ex æquo')).toBe('mise en oeuvre, eleve ex aequo');
		expect(racines('œuvre')).toEqual(racines('oeuvre'));
	});
});
