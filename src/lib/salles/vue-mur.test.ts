import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../tests/support/random.ts';
import { REGLAGES_DE_DEPART, type Carte, type Salle, type Siege, type TableDeSalle } from './salle.ts';
import { linesOf, vueMur } from './vue-mur.ts';

const TABLES: TableDeSalle[] = [1, 2, 3].map((numero) => ({
	id: `table-${numero}`,
	numero,
	nom: '',
	forme: 'cercle',
	questionId: null,
	hote: 'Madame Hôtesse',
	places: null,
	synthese: '',
	aideAt: null,
	finieAt: null,
	cedeeAt: null
}));

function carte(id: string, more: Partial<Carte> = {}): Carte {
	return {
		id,
		tableId: 'table-1',
		etapeId: 'tour-1',
		questionId: null,
		tour: 1,
		siegeId: 'siege-1',
		nature: 'idee',
		texte: `Texte de ${id}`,
		source: 'ecran',
		revelee: true,
		pepite: 1,
		surprise: false,
		groupeId: null,
		retireeAt: null,
		attente: false,
		modereeAt: null,
		motif: '',
		createdAt: 0,
		...more
	};
}

function siege(numero: number, more: Partial<Siege> = {}): Siege {
	return {
		id: `siege-${numero}`,
		numero,
		genre: 'personne',
		tableId: 'table-1',
		hote: false,
		organismeId: null,
		organisme: 'CAF',
		usager: false,
		nom: `Personne ${numero}`,
		absent: false,
		pris: true,
		vuAt: 0,
		...more
	};
}

function salle(more: Partial<Salle> = {}): Salle {
	return {
		seanceId: 'seance',
		pacteId: 'pacte',
		titre: 'World café',
		format: 'world_cafe',
		etat: 'ouverte',
		revision: 1,
		repetition: false,
		code: '482193',
		reglages: REGLAGES_DE_DEPART,
		etapeId: 'tour-1',
		minuteur: null,
		avant: null,
		mur: null,
		questions: [],
		etapes: [
			{
				id: 'tour-1',
				genre: 'tour',
				tour: 2,
				titre: 'Tour 2',
				consigne: '',
				duree: null,
				ecrire: 'tous',
				voir: 'table',
				voter: false,
				vue: 'galerie',
				questionId: null,
				commenceeAt: 0,
				finieAt: null
			}
		],
		tables: TABLES,
		sieges: [],
		passages: [],
		cartes: [],
		groupes: [],
		scrutins: [],
		voix: [],
		voixComptees: [],
		evaluations: [],
		messages: [],
		...more
	};
}

const on = (vue: NonNullable<Salle['mur']>['vue'], page = 0, objet = '') => ({ mur: { vue, page, objet } });

describe('the wall', () => {
	it('counts people and tables, and says no name', () => {
		const vue = vueMur(
			salle({
				...on('accueil'),
				sieges: [siege(1), siege(2, { pris: false }), siege(3, { absent: true }), siege(4, { genre: 'table' })]
			})
		);
		expect([vue.personnes, vue.tables]).toEqual([1, 3]);
		expect(JSON.stringify(vue)).not.toMatch(/Personne|CAF|Hôtesse|siege-/);
	});

	it('shows groups where no table chose a pépite, all the cards where there is no group, and none that is hidden', () => {
		const cartes = [carte('une', { pepite: null }), carte('privee', { pepite: null, revelee: false })];
		const galerie = vueMur(salle({ ...on('galerie'), cartes })).contenu;
		expect(galerie).toMatchObject({ vue: 'galerie', titre: 'Les cartes des tables', colonnes: [[{ id: 'une' }]] });
		expect(JSON.stringify(galerie)).not.toContain('privee');
		const groupes = [{ id: 'g', titre: 'Se déplacer' }] as Salle['groupes'];
		expect(vueMur(salle({ ...on('galerie'), cartes, groupes })).contenu).toMatchObject({
			vue: 'recolte',
			groupes: [{ titre: 'Se déplacer' }]
		});
	});

	it('shows pépites and surprises that all may see, and nothing else', () => {
		const cartes = [
			carte('montree'),
			carte('etonnante', { pepite: null, surprise: true }),
			carte('ordinaire', { pepite: null }),
			carte('privee', { revelee: false }),
			carte('en-attente', { attente: true }),
			carte('reprise', { retireeAt: 1 }),
			carte('masquee', { modereeAt: 1 })
		];
		for (const vue of ['galerie', 'recolte', 'votes', 'matrice'] as const) {
			const bytes = JSON.stringify(
				vueMur(
					salle({
						...on(vue),
						cartes,
						scrutins: [
							{ id: 's', titre: 'Vote', sur: 'cartes', objets: cartes.map(({ id }) => id), budget: 3, etat: 'clos' }
						],
						evaluations: cartes.map(({ id: objet }) => ({ objet, impact: 3, faisabilite: 3 }))
					})
				)
			);
			expect(bytes).not.toMatch(/Texte de (privee|en-attente|reprise|masquee)|siege-/);
			if (vue === 'galerie')
				expect(bytes.match(/Texte de [a-z-]+/g)).toEqual(['Texte de montree', 'Texte de etonnante']);
		}
	});

	it('tells how many voted while a vote is open, and what they chose only once it is closed', () => {
		const voting = {
			...on('votes'),
			cartes: [carte('un'), carte('deux')],
			voix: [{ scrutinId: 's', siegeId: 'siege-1', objet: 'deux', points: 3 }]
		};
		const scrutin = { id: 's', titre: 'Vote', sur: 'cartes', objets: ['un', 'deux'], budget: 3 } as const;
		const withEtat = (etat: 'ouvert' | 'clos') =>
			vueMur(salle({ ...voting, scrutins: [{ ...scrutin, objets: [...scrutin.objets], etat }] })).contenu;
		expect(withEtat('ouvert')).toEqual({ vue: 'vote_ouvert', titre: 'Vote', votants: 1 });
		expect(withEtat('clos')).toMatchObject({
			lignes: [
				{ id: 'deux', points: 3 },
				{ id: 'un', points: 0 }
			]
		});
	});

	it('loses no card of the gallery between its pages, and overfills none', () => {
		for (let seed = 0; seed < 100; seed++) {
			const random = randomFrom(seed);
			const cartes = Array.from({ length: 1 + random.int(30) }, (_, i) =>
				carte(`c${i}`, {
					texte: Array.from({ length: 1 + random.int(60) }, () => 'mot'.repeat(1 + random.int(2))).join(' '),
					tableId: `table-${1 + random.int(3)}`
				})
			);
			const shown: string[] = [];
			let pages = 1;
			for (let page = 0; page < pages; page++) {
				const { contenu } = vueMur(salle({ ...on('galerie', page), cartes }));
				if (contenu.vue !== 'galerie') throw new Error('not the gallery');
				pages = contenu.pages;
				expect(contenu.colonnes.flat().length, `seed ${seed}`).toBeLessThanOrEqual(6);
				for (const colonne of contenu.colonnes)
					if (colonne.length > 1)
						expect(colonne.reduce((sum, { texte }) => sum + linesOf(texte, 29) + 2, 0)).toBeLessThanOrEqual(12);
				shown.push(...contenu.colonnes.flat().map(({ id }) => id));
			}
			expect(shown.sort(), `seed ${seed}`).toEqual(cartes.map(({ id }) => id).sort());
		}
	});

	it('says where whole tables go, when they go together', () => {
		const sieges = [siege(1), siege(2), siege(3, { hote: true })];
		const passages = [
			...sieges.map(({ id }) => ({ tour: 1, siegeId: id, tableId: 'table-1' })),
			{ tour: 2, siegeId: 'siege-1', tableId: 'table-2' },
			{ tour: 2, siegeId: 'siege-2', tableId: 'table-2' },
			{ tour: 2, siegeId: 'siege-3', tableId: 'table-1' }
		];
		const reglages = { ...REGLAGES_DE_DEPART, rotation: 'par_table' } as const;
		expect(vueMur(salle({ ...on('rotation'), sieges, passages, reglages })).contenu).toMatchObject({
			deplacements: [{ de: 'Table\u00a01', vers: 'Table\u00a02 · cercle' }]
		});
		expect(vueMur(salle({ ...on('rotation'), sieges, passages })).contenu).toMatchObject({ deplacements: [] });
	});

	it('gives each table its question where each has its own', () => {
		const questions = [1, 2, 3].map((numero) => ({ id: `q${numero}`, texte: `Question ${numero}\u00a0?` }));
		const tables = TABLES.map((table) => ({ ...table, questionId: `q${table.numero}` }));
		expect(vueMur(salle({ ...on('question'), questions, tables })).contenu).toMatchObject({
			vue: 'questions',
			questions: [1, 2, 3].map((numero) => ({ table: `Table\u00a0${numero}`, question: `Question ${numero}\u00a0?` }))
		});
	});
});
