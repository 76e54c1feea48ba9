import { describe, expect, test } from 'vitest';
import { PARTIES_VIDES, type ArchivePacte, type NoeudArchive, type ValeurChamp } from '#lib/pactes/archive.ts';
import { emptyValeur } from '#lib/pactes/archive-schema.ts';
import type { Modele, Niveau } from '#lib/pactes/modele.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { assemble, nameOf, type Bloc, type BlocFiche, type Imprimeur } from './assemble.ts';

const ASIS: Imprimeur = {
	texte: (source) => source.trim(),
	paragraphes: (source) => source.split('\n').filter((line) => line.trim() !== '')
};

const whole = (archive: ArchivePacte) => assemble(archive, { type: 'pacte' }, ASIS, { version: 'Version du jour' });
const outline = (blocs: Bloc[]) =>
	blocs.map((bloc) => {
		switch (bloc.type) {
			case 'chapitre':
				return `${'#'.repeat(bloc.rang)} ${[bloc.repere, bloc.titre].filter(Boolean).join(' ')}`;
			case 'fiche':
				return `${'#'.repeat(bloc.rang)} [${bloc.code}] ${bloc.titre}`;
			default:
				return bloc.type;
		}
	});
const ficheOf = (archive: ArchivePacte, noeud: string) =>
	assemble(archive, { type: 'fiche', noeud }, ASIS).blocs[0] as BlocFiche;

describe('a pacte is put in the order of its pages', () => {
	test('cover, contents, each axe before its fiches, tableau de synthèse, engagements, signataires', () => {
		expect(outline(whole(orne()).blocs)).toEqual([
			'couverture',
			'sommaire',
			'# Axe\u00a01 Répondre vite',
			'## [1.1] Un agenda partagé',
			'## [1.2] Un rappel la veille',
			'# Axe\u00a02 Se déplacer',
			'## [2.1] Un minibus',
			'synthese',
			'engagements',
			'signataires'
		]);
	});

	test('the cover says where, when and how much', () => {
		expect(whole(orne()).blocs[0]).toEqual({
			type: 'couverture',
			territoire: 'Haute-Rivière',
			titre: 'Pacte de la Haute-Rivière',
			periode: '2026–2030',
			contenu: ['2\u00a0axes', '3\u00a0fiches-actions', '1\u00a0signataire'],
			version: 'Version du jour'
		});
	});

	test('neither the foot of the page nor the cover repeats a year that the title says', () => {
		expect(whole({ ...orne(), intitule: 'Pacte 2026-2030' }).blocs[0]).toMatchObject({ periode: '' });
		expect(whole(orne()).pied).toBe('Pacte de la Haute-Rivière · 2026–2030 · Version du jour');
		expect(whole({ ...orne(), intitule: 'Pacte 2026-2030' }).pied).toBe('Pacte 2026-2030 · Version du jour');
	});

	test('perspectives are a list at the head of their axe, fiches a list that leads to their pages', () => {
		expect(whole(orne()).blocs[2]).toMatchObject({
			listes: [{ etiquette: 'Perspectives', entrees: [{ code: '', titre: 'Recevoir en dix jours' }] }],
			fiches: {
				etiquette: 'Fiches-actions',
				entrees: [
					{ cle: 'n3', code: '1.1', titre: 'Un agenda partagé' },
					{ cle: 'n4', code: '1.2', titre: 'Un rappel la veille' }
				]
			}
		});
	});

	test('there is no chapter without content', () => {
		const bare: ArchivePacte = { ...orne(), signataires: [], engagements: [{ organisme: null, puces: [' '] }] };
		expect(outline(whole(bare).blocs).slice(-1)).toEqual(['synthese']);
		expect(outline(whole({ ...bare, noeuds: [], fiches: [] }).blocs)).toEqual(['couverture']);
	});

	test('what is kept aside is not printed with the pacte, and can be printed alone', () => {
		expect(JSON.stringify(whole(orne()))).not.toContain('À reprendre');
		expect(ficheOf(orne(), 'n8')).toMatchObject({ code: '', titre: 'À reprendre', chemin: [] });
	});
});

describe('a fiche has its facts at the head and its fields below, as the model orders them', () => {
	test('pilote, échéance, partenaires; an open list ends with « … »', () => {
		const { chemin, faits, champs } = ficheOf(orne(), 'n3');
		expect(chemin).toEqual(['Axe\u00a01\u00a0: Répondre vite']);
		expect(faits).toEqual([
			{ etiquette: 'Pilote', valeur: 'CAF' },
			{ etiquette: 'Échéance de mise en œuvre', valeur: '2026 ou 2027' },
			{ etiquette: 'Partenaires à mobiliser', valeur: 'CAF, MSA…' }
		]);
		expect(champs).toEqual([
			{ etiquette: 'Finalité', puces: [['Ne laisser personne sans réponse']] },
			{ etiquette: 'Objectifs', puces: [['Appeler', 'sous trois jours'], ['Recevoir']] }
		]);
	});

	test.each<[string, ValeurChamp, string]>([
		[
			'a sentence in place of a list',
			{ organismes: [], ouverte: false, texte: 'À mener en interne.' },
			'À mener en interne.'
		],
		['a sentence after a list', { organismes: ['o1'], ouverte: false, texte: 'Puis d’autres.' }, 'CAF. Puis d’autres.'],
		[
			'a sentence after an open list',
			{ organismes: ['o1'], ouverte: true, texte: 'Selon le secteur.' },
			'CAF… Selon le secteur.'
		],
		['an open list of nobody', { organismes: [], ouverte: true, texte: '' }, 'Non renseigné'],
		['nothing', { organismes: [], ouverte: false, texte: '' }, 'Non renseigné']
	])('%s', (_title, partenaires, valeur) => {
		const archive = orne();
		archive.fiches[0]!.champs.partenaires = partenaires;
		expect(ficheOf(archive, 'n3').faits[2]?.valeur).toBe(valeur);
	});
});

describe('the tableau de synthèse has a line per fiche, under the branch that holds it', () => {
	test('its cells are what the fiches say, holes in words', () => {
		expect(whole(orne()).blocs.find(({ type }) => type === 'synthese')).toEqual({
			type: 'synthese',
			rang: 1,
			repere: '',
			titre: 'Tableau de synthèse',
			texte: [],
			colonnes: ['Fiche-action', 'Pilote', 'Échéance de mise en œuvre', 'Partenaires à mobiliser'],
			groupes: [
				{
					rang: 1,
					titre: 'Axe\u00a01\u00a0: Répondre vite',
					lignes: [
						{ cle: 'n3', code: '1.1', titre: 'Un agenda partagé', cellules: ['CAF', '2026 ou 2027', 'CAF, MSA…'] },
						{ cle: 'n4', code: '1.2', titre: 'Un rappel la veille', cellules: Array(3).fill('Non renseigné') }
					]
				},
				{
					rang: 1,
					titre: 'Axe\u00a02\u00a0: Se déplacer',
					lignes: [{ cle: 'n6', code: '2.1', titre: 'Un minibus', cellules: Array(3).fill('Non renseigné') }]
				}
			]
		});
	});
});

describe('a part of the pacte is a document of its own', () => {
	test('an axe: its opening, its fiches with the numbers that they have in the pacte, its table', () => {
		const document = assemble(orne(), { type: 'axe', noeud: 'n5' }, ASIS);
		expect(document.titre).toBe('Axe\u00a02\u00a0: Se déplacer');
		expect(outline(document.blocs)).toEqual(['# Axe\u00a02 Se déplacer', '## [2.1] Un minibus', 'synthese']);
	});

	test('the tableau de synthèse alone, that leads to no page; without a fiche there is none', () => {
		const document = assemble(orne(), { type: 'synthese' }, ASIS);
		expect(document.titre).toBe('Tableau de synthèse – Pacte de la Haute-Rivière');
		expect(document.blocs).toMatchObject([{ type: 'synthese', groupes: [{ lignes: [{ cle: null }, {}] }, {}] }]);
		expect(() => assemble(pacte(MODELE_ORNE, []), { type: 'synthese' }, ASIS)).toThrow(/se fera tout seul/);
	});

	test('a fiche: one page, named with its number', () => {
		const document = assemble(orne(), { type: 'fiche', noeud: 'n4' }, ASIS);
		expect(document.titre).toBe('Fiche-action\u00a01.2\u00a0: Un rappel la veille');
		expect(outline(document.blocs)).toEqual(['# [1.2] Un rappel la veille']);
		expect(nameOf(orne(), 'n4')).toBe(document.titre);
	});

	test('what does not exist is said not to exist', () => {
		for (const noeud of ['n99', 'n2'])
			expect(() => assemble(orne(), { type: 'fiche', noeud }, ASIS)).toThrow(/n’existe pas/);
	});
});

describe('each pacte has its own shape', () => {
	test('no fiche: numbered préconisations are lists below their axe', () => {
		const modele = { ...MODELE_ORNE, niveaux: [niveau('axe', [null]), niveau('preconisation', ['axe'])] };
		const document = whole(
			pacte(modele, [
				['n1', null, 'axe'],
				['n2', 'n1', 'preconisation'],
				['n3', 'n1', 'preconisation']
			])
		);
		expect(outline(document.blocs)).toEqual(['couverture', 'sommaire', '# Axe\u00a01 n1']);
		expect(document.blocs[2]).toMatchObject({
			nouvellePage: false,
			listes: [{ entrees: [{ code: '1.1' }, { code: '1.2' }] }],
			fiches: null
		});
	});

	test('three levels above the fiches are three depths of headings, and three columns of the table', () => {
		const modele = {
			...MODELE_ORNE,
			niveaux: [
				niveau('axe', [null], 'I'),
				niveau('objectif', ['axe'], '1'),
				niveau('action', ['objectif'], 'a'),
				niveau('sous-action', ['action'], '1', true)
			]
		};
		const document = whole(
			pacte(modele, [
				['n1', null, 'axe'],
				['n2', 'n1', 'objectif'],
				['n3', 'n2', 'action'],
				['n4', 'n3', 'sous-action'],
				['n5', 'n1', 'objectif']
			])
		);
		expect(outline(document.blocs).slice(2)).toEqual([
			'# Axe\u00a0I n1',
			'## Objectif\u00a0I1 n2',
			'### Action\u00a0I1a n3',
			'#### [I1a1] n4',
			'## Objectif\u00a0I2 n5',
			'syntheseEnNiveaux'
		]);
		expect(document.blocs.at(-1)).toMatchObject({
			colonnes: ['Axes', 'Objectifs', 'Actions', 'Sous-actions', 'Pilote', ...Array(2).fill(expect.any(String))],
			rangees: [[{ code: 'I' }, { code: 'I1' }, { code: 'I1a' }, { code: 'I1a1', cle: 'n4' }, {}, {}, {}]]
		});
	});

	test('a fiche without axe is a chapter of its own', () => {
		const document = whole(pacte(MODELE_ORNE, [['n1', null, 'action']]));
		expect(outline(document.blocs)).toEqual(['couverture', 'sommaire', '# [1] n1', 'synthese']);
		expect(document.blocs.at(-1)).toMatchObject({ groupes: [{ titre: '', lignes: [{ cle: 'n1' }] }] });
	});
});

function niveau(
	id: string,
	parents: Niveau['parents'],
	numerotation: Niveau['numerotation'] = '1',
	fiche = false
): Niveau {
	return { id, nom: id, pluriel: `${id}s`, genre: 'f', parents, numerotation, fiche };
}

/** Titles are the ids. */
function pacte(modele: Modele, noeuds: [id: string, parent: string | null, niveau: string][]): ArchivePacte {
	const fiches = noeuds.filter(([, , level]) => modele.niveaux.find(({ id }) => id === level)?.fiche);
	return {
		...orne(),
		modele,
		noeuds: noeuds.map(([id, parent, level]) => ({ id, parent, niveau: level, titre: id })),
		fiches: fiches.map(([noeud]) => ({ noeud, champs: empty(modele) })),
		signataires: [],
		engagements: []
	};
}

function empty(modele: Modele): Record<string, ValeurChamp> {
	return Object.fromEntries(modele.champs.map((champ) => [champ.id, emptyValeur(champ)]));
}

function orne(): ArchivePacte {
	const noeuds: NoeudArchive[] = [
		{ id: 'n1', parent: null, niveau: 'axe', titre: 'Répondre vite' },
		{ id: 'n2', parent: 'n1', niveau: 'perspective', titre: 'Recevoir en dix jours' },
		{ id: 'n3', parent: 'n1', niveau: 'action', titre: 'Un agenda partagé' },
		{ id: 'n4', parent: 'n1', niveau: 'action', titre: 'Un rappel la veille' },
		{ id: 'n5', parent: null, niveau: 'axe', titre: 'Se déplacer' },
		{ id: 'n6', parent: 'n5', niveau: 'action', titre: 'Un minibus' },
		{ id: 'n8', parent: 'a_classer', niveau: 'action', titre: 'À reprendre' }
	];
	const written: Record<string, ValeurChamp> = {
		...empty(MODELE_ORNE),
		finalite: { puces: ['Ne laisser personne sans réponse'] },
		objectifs: { puces: ['Appeler\nsous trois jours', ' ', 'Recevoir'] },
		echeance: { texte: '2026 ou 2027' },
		partenaires: { organismes: ['o1', 'o2'], ouverte: true, texte: '' },
		pilotes: { organismes: ['o1'], ouverte: false, texte: '' }
	};
	return {
		format: 'copacte/pacte',
		version: 1,
		intitule: 'Pacte de la Haute-Rivière',
		territoire: 'Haute-Rivière',
		debut: 2026,
		fin: 2030,
		modele: MODELE_ORNE,
		organismes: [
			{ id: 'o1', nom: 'CAF', alias: [] },
			{ id: 'o2', nom: 'MSA', alias: [] }
		],
		noeuds,
		fiches: ['n3', 'n4', 'n6', 'n8'].map((noeud) => ({
			noeud,
			champs: noeud === 'n3' ? written : empty(MODELE_ORNE)
		})),
		signataires: [{ organisme: 'o1', personne: 'Camille Martin' }],
		engagements: [{ organisme: null, puces: ['Se réunir chaque année'] }],
		textes: [],
		...PARTIES_VIDES
	};
}
