import { describe, expect, it } from 'vitest';
import { fold, isInacheve, joinLignes, repairLigatures, sameForm, Vocabulaire } from './mots.ts';

const RIEN = new Vocabulaire([]);

describe('fold', () => {
	it('keeps every index: one unit for one unit, whatever the letter', () => {
		for (const texte of ['ÉCHÉANCE DE MISE EN ŒUVRE', 'İzmir l’Été', '\u00a0😀 ﬁn\tÀ'])
			expect(fold(texte)).toHaveLength(texte.length);
		expect(fold('ÉCHÉANCE\u00a0: l’ŒUVRE\t')).toBe("echeance : l'œuvre\t");
	});

	it('gives one form to the same words printed differently', () => {
		expect(sameForm('CCAS – CIAS')).toBe(sameForm('ccas-cias'));
		expect(sameForm('L’œuvre')).toBe(sameForm("l'oeuvre "));
	});
});

describe('joinLignes', () => {
	it('puts back together a word cut at the end of a line', () => {
		expect(joinLignes(['avec chaque parte-', 'naire local'], RIEN)).toBe('avec chaque partenaire local');
		expect(joinLignes(['avec chaque parte\u00ad', 'naire'], RIEN)).toBe('avec chaque partenaire');
	});

	it('keeps a hyphen that belongs to the word', () => {
		expect(joinLignes(['le CCAS-', 'CIAS d’Arvy-la-', 'Rivière'], RIEN)).toBe('le CCAS-CIAS d’Arvy-la-Rivière');
		expect(joinLignes(['les rendez-', 'vous'], RIEN)).toBe('les rendez-vous');
		const mots = new Vocabulaire(['des ateliers de savoir-être', 'un savoir-être']);
		expect(joinLignes(['leur savoir-', 'être'], mots)).toBe('leur savoir-être');
	});

	it('follows the text when it prints the compound word both ways', () => {
		const mots = new Vocabulaire([
			'un suivi socioprofessionnel',
			'le suivi socioprofessionnel',
			'un suivi socio-professionnel'
		]);
		expect(joinLignes(['un suivi socio-', 'professionnel'], mots)).toBe('un suivi socioprofessionnel');
	});

	it('adds no space after a slash or an apostrophe', () => {
		expect(joinLignes(['les CCAS/', 'CIAS et l’', 'État'], RIEN)).toBe('les CCAS/CIAS et l’État');
	});
});

describe('repairLigatures', () => {
	const mots = new Vocabulaire(['la confiance se gagne', 'un profilage']);

	it('joins the pieces of a word that the text holds whole, or that is common', () => {
		expect(repairLigatures('la confi ance et la défi nition', mots)).toEqual({
			texte: 'la confiance et la définition',
			repares: [
				['confi ance', 'confiance'],
				['défi nition', 'définition']
			]
		});
		expect(repairLigatures('les dif fi cultés', mots).texte).toBe('les difficultés');
	});

	it('leaves two words alone', () => {
		for (const texte of ['un défi pour tous', 'le wifi dans les mairies', 'un défi de taille'])
			expect(repairLigatures(texte, mots)).toEqual({ texte, repares: [] });
	});
});

describe('Vocabulaire', () => {
	it('counts neither half of a word cut by the end of a line', () => {
		const mots = new Vocabulaire(['une parte-', 'naire', 'une parte-naire']);
		expect(mots.frequency('parte')).toBe(0);
		expect(mots.frequency('naire')).toBe(0);
	});

	it('completes a word that lacks its end, but not one that lacks a plural or a verb ending', () => {
		const mots = new Vocabulaire(['insertion insertion insertion', 'actions actions actions']);
		expect(mots.completion('insertio')).toBe('insertion');
		expect(mots.completion('action')).toBeNull();
	});
});

it('a text is unfinished when it ends on a word that calls for another', () => {
	for (const texte of ['le temps de', 'afin d’', 'la vie À']) expect(isInacheve(texte)).toBe(true);
	for (const texte of ['le monde', 'un CIDE', 'en 2027']) expect(isInacheve(texte)).toBe(false);
});
