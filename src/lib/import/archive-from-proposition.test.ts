import { describe, expect, test } from 'vitest';
import { parseArchive } from '#lib/pactes/archive-schema.ts';
import { archiveFromProposition } from './archive-from-proposition.ts';
import type { FicheProposee, NoeudPropose, Proposition } from './proposition.ts';

const REGLAGES = { intitule: 'Pacte', territoire: 'Haute-Rivière', debut: 2026, fin: 2030 };

describe('a reviewed proposal becomes a pacte, and nothing that it holds is left out', () => {
	test('two spellings that fold alike are one organisme', () => {
		const fiche = ficheProposee({ pilotes: ['CCAS – CIAS'], partenaires: ['CCAS-CIAS', 'MSA'] });
		const archive = archiveFromProposition(proposition({ fiches: [fiche] }), REGLAGES);
		expect(archive.organismes.map(({ nom }) => nom)).toEqual(['CCAS – CIAS', 'MSA']);
		expect(archive.fiches[0]?.champs.partenaires).toEqual({ organismes: ['o1', 'o2'], ouverte: false, texte: '' });
	});

	test('a field that the model lacks is added to the pacte’s own model', () => {
		const fiche = ficheProposee({
			champs: [
				{ cle: 'contexte', etiquette: 'CONTEXTE', texte: 'Un premier paragraphe.\nUn second.' },
				{ cle: null, etiquette: 'Points de vigilance', puces: ['La neige'] }
			]
		});
		const { modele, fiches } = archiveFromProposition(proposition({ fiches: [fiche] }), REGLAGES);
		expect(modele.champs.map(({ id }) => id)).toEqual([
			'finalite',
			'objectifs',
			'modalites',
			'indicateurs',
			'contexte',
			'points_de_vigilance',
			'echeance',
			'partenaires',
			'pilotes'
		]);
		expect(fiches[0]?.champs.contexte).toEqual({ texte: 'Un premier paragraphe.\nUn second.' });
		expect(fiches[0]?.champs.points_de_vigilance).toEqual({ puces: ['La neige'] });
	});

	test('a table keeps all its cells', () => {
		const fiche = ficheProposee({
			champs: [
				{ cle: 'livrables', etiquette: 'Livrables', colonnes: ['Livrable', 'Quand'], lignes: [['Un guide', '2027']] }
			]
		});
		const { fiches } = archiveFromProposition(proposition({ fiches: [fiche] }), REGLAGES);
		expect(fiches[0]?.champs.livrables).toEqual({ texte: 'Livrable | Quand\nUn guide | 2027' });
	});

	test('levels that the Orne does not have become levels of the pacte', () => {
		const noeuds = [
			noeud('n1', null, 'objectif stratégique', 'I'),
			noeud('n2', 'n1', 'objectif opérationnel', '1'),
			noeud('n3', 'n2', 'action', 'a')
		];
		const { modele } = archiveFromProposition(
			proposition({ noeuds, fiches: [ficheProposee({ noeud: 'n3' })] }),
			REGLAGES
		);
		expect(modele.niveaux.map(({ id, parents, fiche }) => ({ id, parents, fiche }))).toEqual([
			{ id: 'objectif_strategique', parents: [null], fiche: false },
			{ id: 'objectif_operationnel', parents: ['objectif_strategique'], fiche: false },
			{ id: 'action', parents: ['objectif_operationnel'], fiche: true }
		]);
	});

	test('a node moved under one that comes later still follows its parent', () => {
		const noeuds = [noeud('n1', null, 'axe', '1'), noeud('n3', 'n2', 'action', '1.1'), noeud('n2', null, 'axe', '2')];
		const { noeuds: ordered } = archiveFromProposition(proposition({ noeuds, fiches: [] }), REGLAGES);
		expect(ordered.map(({ id }) => id)).toEqual(['n1', 'n2', 'n3']);
	});

	test('the glossary is kept, without what a review emptied or doubled', () => {
		const glossaire = [
			{ sigle: 'RSA', developpe: 'Revenu de solidarité active', ligne: 3 },
			{ sigle: 'CAF', developpe: 'Caisse', definition: 'Elle verse des aides.', ligne: 2 },
			{ sigle: 'R.S.A.', developpe: 'La même chose', ligne: 4 },
			{ sigle: '', developpe: 'Sans sigle', ligne: 5 },
			{ sigle: 'MSA', developpe: ' ', ligne: 6 }
		];
		expect(archiveFromProposition(proposition({ glossaire }), REGLAGES).glossaire).toEqual([
			{ sigle: 'CAF', developpe: 'Caisse', definition: 'Elle verse des aides.' },
			{ sigle: 'RSA', developpe: 'Revenu de solidarité active', definition: '' }
		]);
	});

	test('what was not understood is kept as text, and the whole is an archive that can be imported', () => {
		const restes = [{ ligne_debut: 1, ligne_fin: 3, texte: 'Un éditorial.' }];
		const archive = archiveFromProposition(
			proposition({ restes, signataires: [{ organisme: 'MSA', personne: 'La présidente', ligne: 9 }] }),
			REGLAGES
		);
		expect(archive.textes).toEqual(restes);
		expect(parseArchive(JSON.parse(JSON.stringify(archive)))).toEqual(archive);
	});
});

function proposition(parts: Partial<Proposition>): Proposition {
	return {
		titre: null,
		periode: { debut: null, fin: null },
		noeuds: [noeud('n1', null, 'axe', '1'), noeud('n2', 'n1', 'action', '1.1')],
		fiches: [ficheProposee({})],
		signataires: [],
		engagements: [],
		doutes: [],
		restes: [],
		...parts
	};
}

function noeud(id: string, parent: string | null, niveau: string, code: string): NoeudPropose {
	return { id, parent, niveau, code, titre: `Titre de ${id}`, ligne: 1 };
}

function ficheProposee(parts: Partial<FicheProposee>): FicheProposee {
	return {
		noeud: 'n2',
		code: '1.1',
		code_imprime: '1',
		titre: 'Titre de n2',
		ligne: 2,
		pilotes: [],
		partenaires: [],
		liste_ouverte: false,
		echeance: '2027',
		champs: [],
		...parts
	};
}
