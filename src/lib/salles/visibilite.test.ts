import { describe, expect, it } from 'vitest';
import { randomFrom, type Random } from '../../../tests/support/random.ts';
import {
	GENRES_D_ETAPE,
	NATURES_DE_CARTE,
	REGLAGES_DE_DEPART,
	VISIBILITES,
	VUES_DU_MUR,
	type Carte,
	type Salle,
	type Siege
} from './salle.ts';
import { vueAnimateur } from './vue-animateur.ts';
import { vueMur } from './vue-mur.ts';
import { vueSiege } from './vue-siege.ts';

const ROOMS = 300;

/** Words that can be found again in bytes: each thing of a room has its own. */
function aRoom(random: Random): Salle {
	const many = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));
	const maybe = <T>(value: T, probability = 0.5) => (random.chance(probability) ? value : null);
	const questions = many(2, (i) => ({ id: `question-${i}`, texte: `Question ${i} ?` }));
	const etapes: Salle['etapes'] = many(1 + random.int(4), (i) => ({
		id: `etape-${i}-`,
		genre: random.pick(GENRES_D_ETAPE) ?? 'tour',
		tour: maybe(1 + random.int(3)),
		titre: `Étape ${i}`,
		consigne: '',
		duree: null,
		ecrire: random.pick(['personne', 'tables', 'tous'] as const) ?? 'tous',
		voir: random.pick(VISIBILITES) ?? 'table',
		voter: random.chance(0.5),
		vue: random.pick(VUES_DU_MUR) ?? 'question',
		questionId: maybe('question-0'),
		commenceeAt: 1,
		finieAt: null
	}));
	const tables: Salle['tables'] = many(1 + random.int(3), (i) => ({
		id: `table-${i}-`,
		numero: i + 1,
		nom: `Nom de table ${i}`,
		forme: 'cercle',
		questionId: maybe('question-1'),
		hote: `HOTE-ECRIT-${i}-`,
		aideAt: maybe(5),
		finieAt: maybe(5),
		cedeeAt: maybe(5),
		synthese: '',
		places: null
	}));
	const sieges: Siege[] = many(2 + random.int(6), (i) => ({
		id: `siege-${i}-`,
		numero: i + 1,
		genre: random.pick(['personne', 'table', 'simule'] as const) ?? 'personne',
		tableId: maybe(random.pick(tables)?.id ?? null, 0.9),
		hote: random.chance(0.3),
		organismeId: `organisme-${i}-`,
		organisme: `ORGANISME-${i}-`,
		usager: random.chance(0.3),
		nom: `PERSONNE-${i}-`,
		absent: random.chance(0.1),
		pris: true,
		vuAt: 1
	}));
	const groupes: Salle['groupes'] = many(random.int(3), (i) => ({
		id: `groupe-${i}-`,
		rang: i,
		titre: `Groupe ${i}`,
		questionId: null
	}));
	const cartes: Carte[] = many(random.int(14), (i) => ({
		id: `carte-${i}-`,
		tableId: maybe(random.pick(tables)?.id ?? null, 0.9),
		etapeId: maybe(random.pick(etapes)?.id ?? null, 0.9),
		questionId: null,
		tour: maybe(1 + random.int(3)),
		siegeId: maybe(random.pick(sieges)?.id ?? null, 0.8),
		nature: random.pick(NATURES_DE_CARTE) ?? 'idee',
		texte: `CARTE-${i}-`,
		source: 'ecran',
		revelee: random.chance(0.6),
		pepite: maybe(1 + random.int(3), 0.4),
		surprise: random.chance(0.2),
		groupeId: maybe(random.pick(groupes)?.id ?? null, 0.4),
		attente: random.chance(0.2),
		retireeAt: maybe(3, 0.2),
		modereeAt: maybe(3, 0.2),
		motif: `MOTIF-${i}-`,
		createdAt: i
	}));
	const scrutins: Salle['scrutins'] = many(random.int(3), (i) => ({
		id: `scrutin-${i}-`,
		titre: `Vote ${i}`,
		sur: random.pick(['cartes', 'groupes'] as const) ?? 'cartes',
		objets: [...groupes, ...cartes].filter(() => random.chance(0.6)).map(({ id }) => id),
		budget: 5,
		etat: random.pick(['ouvert', 'clos'] as const) ?? 'ouvert'
	}));
	return {
		seanceId: 'seance',
		pacteId: 'PACTE-',
		titre: 'World café',
		format: 'world_cafe',
		etat: random.pick(['preparation', 'ouverte', 'close'] as const) ?? 'ouverte',
		revision: 1,
		repetition: false,
		code: '482193',
		reglages: { ...REGLAGES_DE_DEPART, rotation: random.pick(['individuelle', 'libre'] as const) ?? 'libre' },
		etapeId: maybe(random.pick(etapes)?.id ?? null, 0.9),
		minuteur: null,
		avant: null,
		mur: maybe({ vue: random.pick(VUES_DU_MUR) ?? 'galerie', page: 0, objet: '' }),
		questions,
		etapes,
		tables,
		sieges,
		passages: sieges.flatMap(({ id }) =>
			[1, 2, 3].flatMap((tour) => {
				const table = random.pick(tables);
				return table ? { tour, siegeId: id, tableId: table.id } : [];
			})
		),
		cartes,
		groupes,
		scrutins,
		voix: scrutins.flatMap(({ id, objets }) =>
			sieges.flatMap((siege, i) => objets.map((objet) => ({ scrutinId: id, siegeId: siege.id, objet, points: 1 + i })))
		),
		voixComptees: scrutins.flatMap(({ id, objets }) =>
			objets.map((objet) => ({ scrutinId: id, objet, mode: 'mains' as const, nombre: 3 }))
		),
		evaluations: [],
		messages: tables.map((table, i) => ({
			id: `message-${i}-`,
			tableId: table.id,
			texte: `MESSAGE-${i}-`,
			createdAt: i
		}))
	};
}

interface Regard {
	qui: string;
	bytes: string;
	/** The seat that looks, if it is one. */
	siege: Siege | null;
}

function regards(salle: Salle): Regard[] {
	return [
		...salle.sieges.map((siege) => ({
			qui: siege.id,
			bytes: JSON.stringify(vueSiege(salle, siege.id)),
			siege
		})),
		{ qui: 'le mur', bytes: JSON.stringify(vueMur(salle)), siege: null }
	];
}

/** The rule again, said another way than in the views: who else than its author may read a card. */
function mayRead(salle: Salle, carte: Carte, siege: Siege | null): boolean {
	if (carte.retireeAt !== null || carte.modereeAt !== null) return false;
	if (siege && carte.siegeId === siege.id) return true;
	return carte.revelee && !carte.attente;
}

function forEachRegard(check: (salle: Salle, regard: Regard) => void): void {
	for (let seed = 1; seed <= ROOMS; seed++) {
		const salle = aRoom(randomFrom(seed));
		for (const regard of regards(salle)) {
			try {
				check(salle, regard);
			} catch (error) {
				throw new Error(`Seed ${seed}, ${regard.qui}: ${(error as Error).message}`, { cause: error });
			}
		}
	}
}

describe('what is hidden is in no byte that is sent', () => {
	it('a card that is withdrawn, moderated, waiting or private is sent to nobody but its author', () => {
		let hidden = 0;
		forEachRegard((salle, { bytes, siege }) => {
			for (const carte of salle.cartes) {
				if (mayRead(salle, carte, siege)) continue;
				hidden += 1;
				expect(bytes).not.toContain(carte.texte);
			}
		});
		expect(hidden).toBeGreaterThan(ROOMS);
	});

	it('a card of another table is sent to a seat only where all are shown all, or a vote or the harvest is about it', () => {
		forEachRegard((salle, { bytes, siege }) => {
			if (!siege) return;
			const voted = new Set(salle.scrutins.flatMap(({ objets }) => objets));
			for (const carte of salle.cartes) {
				const isElsewhere = carte.tableId !== siege.tableId && carte.siegeId !== siege.id;
				const etape = salle.etapes.find(({ id }) => id === carte.etapeId);
				const isHarvested = carte.pepite !== null || carte.surprise || voted.has(carte.id);
				// A card of no step was brought by an earlier séance: all are shown it.
				if (!isElsewhere || !etape || etape.voir === 'tous' || isHarvested) continue;
				expect(bytes).not.toContain(carte.texte);
			}
		});
	});

	it('no view for participants or for the wall says who anybody is, where they come from or who wrote what', () => {
		forEachRegard((salle, { bytes, siege }) => {
			for (const other of salle.sieges) {
				for (const word of [other.nom, other.organisme, other.organismeId as string]) expect(bytes).not.toContain(word);
				if (other !== siege) expect(bytes).not.toContain(other.id);
			}
			for (const { hote } of salle.tables) expect(bytes).not.toContain(hote);
			for (const { motif } of salle.cartes) expect(bytes).not.toContain(motif);
			expect(bytes).not.toMatch(/siegeId|siege_id|PACTE-/);
		});
	});

	it('a message to one table is sent to no other, nor to the wall', () => {
		forEachRegard((salle, { bytes, siege }) => {
			for (const { tableId, texte } of salle.messages)
				if (siege?.tableId !== tableId) expect(bytes).not.toContain(texte);
		});
	});

	it('while a vote is open, nothing that a seat or the wall is sent depends on what the others give', () => {
		forEachRegard((salle, { bytes, siege }) => {
			if (salle.scrutins.some(({ etat }) => etat === 'clos')) return;
			const voix = salle.voix.flatMap((each) => {
				if (each.siegeId === siege?.id) return each;
				const [first] = salle.scrutins.find(({ id }) => id === each.scrutinId)?.objets ?? [];
				return each.objet === first ? { ...each, points: each.points + 1 } : [];
			});
			const other = regards({ ...salle, voix, voixComptees: [] }).find(({ siege: who }) => who === siege);
			expect(other?.bytes).toBe(bytes);
		});
	});

	it('once a vote is closed, a seat is sent sums, and its own points only', () => {
		let closed = 0;
		forEachRegard((salle, { siege }) => {
			const vue = siege && vueSiege(salle, siege.id);
			if (vue?.scrutin?.etat !== 'clos') return;
			const voix = salle.voix.filter(({ scrutinId }) => scrutinId === vue.scrutin?.id);
			for (const { id, mes, resultat } of vue.objets) {
				closed += 1;
				const given = voix.filter(({ objet }) => objet === id);
				expect(resultat?.points).toBe(given.reduce((sum, { points }) => sum + points, 0));
				expect(mes).toBe(given.find(({ siegeId }) => siegeId === siege?.id)?.points);
			}
		});
		expect(closed).toBeGreaterThan(0);
	});

	it('facilitators see every card, and still not who wrote it, nor who voted for what', () => {
		for (let seed = 1; seed <= ROOMS; seed++) {
			const salle = aRoom(randomFrom(seed));
			const vue = vueAnimateur(salle, new Map());
			expect(vue).not.toHaveProperty('voix');
			for (const carte of vue.cartes) expect(carte).not.toHaveProperty('siegeId');
			if (salle.scrutins.every(({ etat }) => etat === 'ouvert')) expect(JSON.stringify(vue)).not.toMatch(/"points":/);
		}
	});
});
