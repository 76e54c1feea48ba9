import { describe, expect, test } from 'vitest';
import type { Niveau } from '#lib/pactes/modele.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import type { Noeud } from './arbre.ts';
import { cite, duNiveau, ecriventIci, leNiveau, PHRASES, unNiveau } from './textes.ts';

const NBSP = '\u00a0';
const niveau = (nom: string, genre: 'm' | 'f'): Niveau => ({
	id: nom,
	nom,
	pluriel: `${nom}s`,
	genre,
	parents: [null],
	numerotation: '1',
	fiche: false
});
const noeud = (id: string, niveau = 'action', titre = ''): Noeud => ({
	id,
	niveau,
	titre,
	parent: null,
	rang: 'a0',
	enfants: []
});

describe('levels have names of their own in each pacte', () => {
	test.each([
		['axe', 'm', 'un axe', 'l’axe', 'de l’axe'],
		['orientation', 'f', 'une orientation', 'l’orientation', 'de l’orientation'],
		['fiche-action', 'f', 'une fiche-action', 'la fiche-action', 'de la fiche-action'],
		['dispositif', 'm', 'un dispositif', 'le dispositif', 'du dispositif']
	] as const)('%s (%s): %s, %s, %s', (nom, genre, un, le, du) => {
		const it = niveau(nom, genre);
		expect([unNiveau(it), leNiveau(it), duNiveau(it)]).toEqual([un, le, du]);
	});
});

describe('sentences', () => {
	test('agree with the gender of the level, and say the new number only when it changes', () => {
		expect(PHRASES.deplace(noeud('f'), niveau('fiche-action', 'f'), '2.3', '3.1')).toBe(
			`Fiche-action${NBSP}2.3 déplacée, elle devient 3.1.`
		);
		expect(PHRASES.deplace(noeud('a'), niveau('axe', 'm'), '2', '2')).toBe(`Axe${NBSP}2 déplacé.`);
	});

	test('name by its title what has no number, cut when it is long', () => {
		const perspective = noeud('p', 'perspective', 'Des droits lisibles');
		expect(PHRASES.retire(perspective, niveau('perspective', 'f'), '')).toBe(
			`Perspective${NBSP}«${NBSP}Des droits lisibles${NBSP}» retirée vers «${NBSP}À classer${NBSP}».`
		);
		expect(cite('mot '.repeat(40)).length).toBeLessThan(70);
		expect(cite('  ')).toBe(`«${NBSP}Sans titre${NBSP}»`);
	});

	test('say what a removal keeps', () => {
		const axe = niveau('axe', 'm');
		expect(PHRASES.supprime(noeud('a'), axe, '2', [], MODELE_ORNE)).toBe(`Axe${NBSP}2 supprimé.`);
		expect(PHRASES.supprime(noeud('a'), axe, '2', [noeud('f')], MODELE_ORNE)).toBe(
			`Axe${NBSP}2 supprimé. 1${NBSP}fiche-action est gardée dans «${NBSP}À classer${NBSP}».`
		);
		expect(PHRASES.supprime(noeud('a'), axe, '2', [noeud('f'), noeud('g')], MODELE_ORNE)).toBe(
			`Axe${NBSP}2 supprimé. 2${NBSP}fiches-actions sont gardées dans «${NBSP}À classer${NBSP}».`
		);
	});

	test('say who writes here, one or several', () => {
		expect(ecriventIci(['CCAS de Bourg-le-Pont'])).toBe('CCAS de Bourg-le-Pont écrit ici');
		expect(ecriventIci(['CAF', 'MSA', 'Région'])).toBe('CAF, MSA et Région écrivent ici');
	});
});
