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
			'contexte',
			'points_de_vigilance',
			'echeance',
			'partenaires',
			'pilotes'
		]);
		// What this text does not use is put aside, and comes back if it is wanted.
		expect(modele.retires?.map(({ id }) => id)).toEqual(['finalite', 'objectifs', 'modalites', 'indicateurs']);
		expect(fiches[0]?.champs.contexte).toEqual({ texte: 'Un premier paragraphe.\nUn second.' });
		expect(fiches[0]?.champs.points_de_vigilance).toEqual({ puces: ['La neige'] });
	});

	test('a table keeps its columns, its empty cells, and those that go on from the row above', () => {
		const fiche = ficheProposee({
			champs: [
				{
					cle: 'livrables',
					etiquette: 'Livrables',
					colonnes: ['Livrable', 'Quand', 'Qui'],
					lignes: [
						['Un guide', '2027', 'La CAF\nLa MSA'],
						['', '', 'Le CCAS'],
						['Un film', '', '']
					],
					suites: [
						[1, 0],
						[1, 1]
					]
				}
			]
		});
		const { fiches, modele } = archiveFromProposition(proposition({ fiches: [fiche] }), REGLAGES);
		expect(modele.champs.find(({ id }) => id === 'livrables')).toMatchObject({
			type: 'tableau',
			colonnes: [
				{ id: 'livrable', etiquette: 'Livrable', type: 'texte' },
				{ id: 'quand', etiquette: 'Quand', type: 'texte' },
				{ id: 'qui', etiquette: 'Qui', type: 'liste' }
			]
		});
		expect(fiches[0]?.champs.livrables).toEqual({
			lignes: [
				{ livrable: 'Un guide', quand: '2027', qui: 'La CAF\nLa MSA' },
				{ livrable: '', quand: '', qui: 'Le CCAS' },
				{ livrable: 'Un film', quand: '', qui: '' }
			],
			suites: [
				{ ligne: 1, colonne: 'livrable' },
				{ ligne: 1, colonne: 'quand' }
			]
		});
	});

	test('fiches whose table has fewer columns get a form of their own', () => {
		const table = (colonnes: string[]) => ({
			cle: 'livrables' as const,
			etiquette: 'Livrables',
			colonnes,
			lignes: [colonnes.map(() => 'x')]
		});
		const noeuds = ['n1', 'n2', 'n3'].map((id) =>
			noeud(id, id === 'n1' ? null : 'n1', id === 'n1' ? 'axe' : 'action', '')
		);
		const { modele, fiches } = archiveFromProposition(
			proposition({
				noeuds,
				fiches: [
					ficheProposee({ noeud: 'n2', champs: [table(['Livrables', 'Calendrier', 'Public(s)'])] }),
					ficheProposee({ noeud: 'n3', champs: [table(['Livrables', 'Calendrier'])] })
				]
			}),
			REGLAGES
		);
		expect(fiches.map(({ variante }) => variante)).toEqual([undefined, 'forme_2']);
		expect(modele.variantes).toMatchObject([{ id: 'forme_2', sansColonnes: { livrables: ['public'] } }]);
	});

	test('indicators become rows where the model counts them one by one, with the nature that their words tell', () => {
		const champs = [
			{ cle: 'contexte' as const, etiquette: 'Contexte', texte: 'Un contexte.' },
			{
				cle: 'indicateurs' as const,
				etiquette: 'Indicateurs',
				puces: ['Nombre de personnes', 'Taux de sortie', 'A définir', 'Un rapport']
			}
		];
		const noeuds = [
			noeud('n1', null, 'objectif stratégique', 'I'),
			noeud('n2', 'n1', 'objectif opérationnel', 'I1'),
			noeud('n3', 'n2', 'action', 'I1a')
		];
		const { modele, fiches } = archiveFromProposition(
			proposition({ noeuds, fiches: [ficheProposee({ noeud: 'n3', champs })] }),
			REGLAGES
		);
		expect(modele.id).toBe('sarthe');
		expect(fiches[0]?.champs.indicateurs).toEqual({
			lignes: [
				{ libelle: 'Nombre de personnes', nature: 'nombre', cible: '', ventilation: '' },
				{ libelle: 'Taux de sortie', nature: 'taux', cible: '', ventilation: '' },
				{ libelle: 'A définir', nature: 'à définir', cible: '', ventilation: '' },
				{ libelle: 'Un rapport', nature: '', cible: '', ventilation: '' }
			]
		});
	});

	test('a printed code that the pacte does not compute is kept as a former one', () => {
		const noeuds = [
			noeud('n1', null, 'axe', '1'),
			noeud('n2', 'n1', 'action', '1.1'),
			noeud('n3', 'n1', 'action', '1.3')
		];
		const { noeuds: archives } = archiveFromProposition(
			proposition({
				noeuds,
				fiches: [
					ficheProposee({ noeud: 'n2', code: '1.1', code_imprime: '1' }),
					ficheProposee({ noeud: 'n3', code: '1.3', code_imprime: 'I.3' })
				]
			}),
			REGLAGES
		);
		expect(archives.map(({ anciens }) => anciens)).toEqual([undefined, undefined, ['I.3', '1.3']]);
	});

	test('levels that no shipped model has become levels of the pacte, numbered as they are printed', () => {
		const noeuds = [
			noeud('n1', null, 'défi', 'I'),
			noeud('n2', 'n1', 'chantier', 'I1'),
			noeud('n3', 'n2', 'mesure', 'I1a')
		];
		const { modele } = archiveFromProposition(
			proposition({ noeuds, fiches: [ficheProposee({ noeud: 'n3' })] }),
			REGLAGES
		);
		expect(modele.niveaux.map(({ id, parents, fiche }) => ({ id, parents, fiche }))).toEqual([
			{ id: 'defi', parents: [null], fiche: false },
			{ id: 'chantier', parents: ['defi'], fiche: false },
			{ id: 'mesure', parents: ['chantier'], fiche: true }
		]);
		expect(
			modele.niveaux.map(({ nom, pluriel, genre, numerotation }) => ({ nom, pluriel, genre, numerotation }))
		).toEqual([
			{ nom: 'défi', pluriel: 'défis', genre: 'm', numerotation: 'I' },
			{ nom: 'chantier', pluriel: 'chantiers', genre: 'm', numerotation: '1' },
			{ nom: 'mesure', pluriel: 'mesures', genre: 'f', numerotation: 'a' }
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
