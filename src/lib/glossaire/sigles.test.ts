import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { missingSeeds, ORNE } from '../../../tests/support/seeds.ts';
import { indexGlossaire, type Definition } from './entree.ts';
import { developpeCourant } from './dictionnaire.ts';
import { readGlossaire } from './lire.ts';
import { compareGlossaire } from './rapport.ts';
import { cleOfSigle, findSigles } from './sigles.ts';
import { splitSigles } from './split-sigles.ts';

const sigles = (texte: string) => findSigles(texte).map(({ sigle }) => sigle);

describe('the sigles of a text', () => {
	test('are words of two capitals or more, with hyphens and digits inside, without their plural s', () => {
		expect(sigles('Le RSA, l’UC-IRSA et d’AFEST ; les SIAEs, les PME/TPE (B2I) du SI-SIAO.')).toEqual([
			'RSA',
			'UC-IRSA',
			'AFEST',
			'SIAE',
			'PME',
			'TPE',
			'B2I',
			'SI-SIAO'
		]);
	});

	test('are not roman numerals, initials, a lone A, codes of fiches, ordinary words', () => {
		expect(
			sigles('Au XXIe siècle, à l’article III, A. Dupont et M. Durand lisent I3a1 et A, B ou C le 1ER mai.')
		).toEqual([]);
		expect(sigles('Le tome IX, la CCI et le CDI')).toEqual(['CCI', 'CDI']);
	});

	test('are not the words of a title in capitals, nor a name written in capitals', () => {
		expect(sigles('FICHE ACTION\nLES JEUNES ET LE LOGEMENT\nFINALITÉ\nMme Hélène DUVAL et M. Paul ROCHE')).toEqual([]);
		expect(sigles('FINALITÉ\nOuvrir le RSA')).toEqual(['RSA']);
		expect(sigles('CARSAT, MDPH, ARS')).toEqual(['CARSAT', 'MDPH', 'ARS']);
		expect(sigles('PFIDASS')).toEqual(['PFIDASS']);
	});

	test('are put back together when the end of a line cuts them', () => {
		expect(sigles('l’académie (DS-\nDEN) et la suite')).toEqual(['DSDEN']);
	});

	test('say where they stand', () => {
		const texte = 'Un mot\nles SIAEs du pays';
		const [trouve] = findSigles(texte);
		expect(texte.slice(trouve!.debut, trouve!.fin)).toBe('SIAEs');
	});

	test('share a key whatever their dots and hyphens', () => {
		expect(cleOfSigle('S.I.A.E.')).toBe(cleOfSigle('SIAE'));
		expect(cleOfSigle('UC\u2011IRSA')).toBe(cleOfSigle('UC-IRSA'));
	});
});

describe('a glossary', () => {
	const glossaire: Definition[] = [
		{ sigle: 'RSA', developpe: 'Revenu de solidarité active', definition: '' },
		{ sigle: 'CCAS – CIAS', developpe: 'Centre communal – intercommunal d’action sociale', definition: '' },
		{ sigle: 'EPS', developpe: 'Examen périodique de santé', definition: '' }
	];
	const at = (texte: string) => ({ texte, lieu: 'Fiche 1.1', lien: '/fiches/x' });

	test('lacks what is used and not explained, and has in excess what is explained and not used', () => {
		const { inexpliques, inemployes } = compareGlossaire(
			[at('Le RSA au CCAS'), at('Le PLIE, le PLIE et le CCAS-CIAS'), at('un CMP')],
			glossaire
		);
		expect(inexpliques).toEqual([
			{ sigle: 'PLIE', fois: 2, lieux: [{ lieu: 'Fiche 1.1', lien: '/fiches/x' }], autres: 0 },
			{ sigle: 'CMP', fois: 1, lieux: [{ lieu: 'Fiche 1.1', lien: '/fiches/x' }], autres: 0 }
		]);
		expect(inemployes.map(({ sigle }) => sigle)).toEqual(['EPS']);
	});

	test('explains the first use of a sigle in a text, and two sigles of one entry each', () => {
		const index = indexGlossaire(glossaire);
		const morceaux = splitSigles('Le RSA, puis le RSA au CIAS.', index);
		expect(morceaux.map(({ texte }) => texte).join('')).toBe('Le RSA, puis le RSA au CIAS.');
		expect(morceaux.filter(({ explique }) => explique).map(({ texte }) => texte)).toEqual(['RSA', 'CIAS']);
		expect(splitSigles('Le RSA', new Map())).toEqual([{ texte: 'Le RSA', explique: null }]);
	});

	test('is read from pasted lines: colons, tabs, dashes, columns, wrapped lines', () => {
		const texte = [
			'Glossaire',
			'RSA : revenu de solidarité active',
			'PLIE\tplan local pour l’insertion',
			'et l’emploi',
			'- SIAE – structure d’insertion par l’activité économique',
			'CMP = centre médico-psychologique',
			'ETP\téquivalent temps plein\tUn poste à plein temps',
			'CCAS – CIAS :	 Centre communal',
			''
		];
		expect(readGlossaire(texte).map(({ sigle, developpe, definition }) => [sigle, developpe, definition])).toEqual([
			['RSA', 'revenu de solidarité active', ''],
			['PLIE', 'plan local pour l’insertion et l’emploi', ''],
			['SIAE', 'structure d’insertion par l’activité économique', ''],
			['CMP', 'centre médico-psychologique', ''],
			['ETP', 'équivalent temps plein', 'Un poste à plein temps'],
			['CCAS – CIAS', 'Centre communal', '']
		]);
	});

	test('may be helped by what sigles usually stand for', () => {
		expect(developpeCourant('PLIE')).toBe('plan local pour l’insertion et l’emploi');
		expect(developpeCourant('ZZZ')).toBe('');
	});
});

const missing = missingSeeds();

describe.skipIf(missing !== null)(`the Orne's glossary${missing === null ? '' : ` (${missing})`}`, () => {
	test('Orne 13 (glossaire): 36 entries; used and unexplained, explained and unused', () => {
		const lignes = readFileSync(ORNE, 'utf8').split('\n');
		const debut = lignes.findIndex((ligne) => /ARS :/.test(ligne));
		const fin = lignes.findIndex((ligne) => ligne.trim() === 'GLOSSAIRE');
		const entrees = readGlossaire(lignes.slice(debut, fin));
		expect(entrees).toHaveLength(36);
		expect(entrees.find(({ sigle }) => sigle === 'DDCSPP')?.developpe).toMatch(
			/^Direction .* Protection des Populations$/
		);
		const corps = lignes.filter((_, i) => i < debut || i > fin).join('\n');
		const { inexpliques, inemployes } = compareGlossaire([{ texte: corps, lieu: 'Orne', lien: '' }], entrees);
		expect(inemployes.map(({ sigle }) => sigle)).toEqual(['DTAS', 'EPS']);
		const noms = inexpliques.map(({ sigle }) => sigle);
		expect(noms).toEqual(expect.arrayContaining(['PFIDASS', 'UC-IRSA', 'CMP', 'AFEST', 'RSE', 'ISF']));
		// Nothing but sigles: an office and its département, and those that the text writes with a spaced dash.
		expect(
			noms.filter((sigle) => !['PFIDASS', 'UC-IRSA', 'CMP', 'AFEST', 'RSE', 'ISF'].includes(sigle)).sort()
		).toEqual(['INSEE', 'IRSA', 'UC', 'UD']);
	});
});
