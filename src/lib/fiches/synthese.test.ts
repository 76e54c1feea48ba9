import { describe, expect, test } from 'vitest';
import { choicesOf, filterSynthese, groupByAxe, isFiltered, readFiltres, type LigneSynthese } from './synthese.ts';

const AXE_1 = { id: 'axe1', code: '1', titre: 'Aller vers' };
const AXE_2 = { id: 'axe2', code: '2', titre: 'Lever les freins' };
const CAF = { id: 'caf', nom: 'CAF' };
const ETAT = { id: 'etat', nom: 'État' };
const liste = (...organismes: { id: string; nom: string }[]) => ({ organismes, ouverte: false, texte: '' });

function ligne(code: string, partial: Partial<LigneSynthese> = {}): LigneSynthese {
	return {
		id: `f${code}`,
		code,
		titre: `Fiche ${code}`,
		axe: AXE_1,
		chemin: [],
		pilotes: liste(CAF),
		partenaires: liste(ETAT),
		echeance: '2027',
		annees: [2027],
		completude: { remplis: 7, total: 7, trous: [] },
		...partial
	};
}

const LIGNES = [
	ligne('1.1'),
	ligne('1.2', { pilotes: liste(ETAT), annees: [2027, 2028] }),
	ligne('2.1', {
		axe: AXE_2,
		pilotes: liste(),
		partenaires: liste(CAF, ETAT),
		annees: [],
		completude: { remplis: 6, total: 7, trous: [{ champ: 'pilotes', message: 'Pilote manquant' }] }
	})
];
const found = (query: string) =>
	filterSynthese(LIGNES, readFiltres(new URLSearchParams(query))).map(({ code }) => code);

describe('filters', () => {
	test.each([
		['', ['1.1', '1.2', '2.1']],
		['axe=axe2', ['2.1']],
		['pilote=caf', ['1.1']],
		['partenaire=caf', ['2.1']],
		['annee=2028', ['1.2']],
		['trous=oui', ['2.1']],
		['axe=axe1&pilote=etat&annee=2027', ['1.2']],
		['axe=&pilote=&annee=&trous=', ['1.1', '1.2', '2.1']],
		['annee=deux mille', ['1.1', '1.2', '2.1']],
		['pilote=inconnu', []]
	])('%s finds %j', (query, codes) => {
		expect(found(query)).toEqual(codes);
	});

	test('an address without a filter filters nothing', () => {
		expect(isFiltered(readFiltres(new URLSearchParams('axe=&autre=1')))).toBe(false);
		expect(isFiltered(readFiltres(new URLSearchParams('trous=oui')))).toBe(true);
	});

	test('each filter offers what is in the table, in French order, with how many fiches it finds', () => {
		const { axes, pilotes, partenaires, annees } = choicesOf(LIGNES);
		expect(axes).toEqual([
			{ valeur: 'axe1', libelle: '1. Aller vers', fiches: 2 },
			{ valeur: 'axe2', libelle: '2. Lever les freins', fiches: 1 }
		]);
		expect(pilotes.map(({ libelle }) => libelle)).toEqual(['CAF', 'État']);
		expect(partenaires).toEqual([
			{ valeur: 'caf', libelle: 'CAF', fiches: 1 },
			{ valeur: 'etat', libelle: 'État', fiches: 3 }
		]);
		expect(annees.map(({ valeur, fiches }) => [valeur, fiches])).toEqual([
			[2027, 2],
			[2028, 1]
		]);
	});
});

test('fiches are grouped by axe in the order of the tree; those without an axe stand apart', () => {
	const groups = groupByAxe([...LIGNES, ligne('x', { axe: null }), ligne('y', { axe: null })]);
	expect(groups.map(({ axe, lignes }) => [axe?.id, lignes.length])).toEqual([
		['axe1', 2],
		['axe2', 1],
		[undefined, 2]
	]);
});
