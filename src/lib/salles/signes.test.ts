import { describe, expect, it } from 'vitest';
import { REGLAGES_DE_DEPART, type Siege } from './salle.ts';
import { alerteEnMots, signesDesTables, trier } from './signes.ts';
import type { VueAnimateur } from './vue-animateur.ts';

const MINUTE = 60_000;
const DEBUT = 1_000 * MINUTE;

function siege(id: string, tableId: string, rest: Partial<Siege> = {}): Siege {
	return {
		id,
		numero: 1,
		genre: 'personne',
		tableId,
		hote: false,
		organismeId: null,
		organisme: '',
		usager: false,
		nom: '',
		absent: false,
		pris: true,
		vuAt: DEBUT,
		...rest
	};
}

/** Three tables in a round of twenty minutes; one card at the first, one minute after the beginning. */
function vue(change: Partial<VueAnimateur> = {}): VueAnimateur {
	const etape = {
		id: 'tour-1',
		genre: 'tour' as const,
		tour: 1,
		titre: 'Tour 1',
		consigne: '',
		duree: 1200,
		ecrire: 'tous' as const,
		voir: 'table' as const,
		voter: false,
		vue: 'question' as const,
		questionId: null,
		commenceeAt: DEBUT,
		finieAt: null
	};
	const table = (numero: number) => ({
		id: `table-${numero}`,
		numero,
		nom: '',
		forme: 'cercle' as const,
		questionId: null,
		hote: '',
		aideAt: null,
		finieAt: null,
		cedeeAt: null
	});
	return {
		etat: 'ouverte',
		reglages: REGLAGES_DE_DEPART,
		etapeId: etape.id,
		etapes: [etape],
		minuteur: { debut: DEBUT, fin: DEBUT + 20 * MINUTE, pauseAt: null },
		tables: [1, 2, 3].map(table),
		sieges: [siege('un', 'table-1'), siege('deux', 'table-2'), siege('papier', 'table-3', { pris: false })],
		connexions: [
			{ id: 'un', pages: 1, perdueAt: null },
			{ id: 'deux', pages: 1, perdueAt: null }
		],
		cartes: [
			{
				tableId: 'table-1',
				etapeId: etape.id,
				createdAt: DEBUT + MINUTE,
				retireeAt: null,
				modereeAt: null,
				attente: false
			}
		],
		...change
	} as VueAnimateur;
}

const mots = (shown: VueAnimateur, minutes: number) =>
	signesDesTables(shown, DEBUT + minutes * MINUTE).map(({ alertes }) =>
		alertes.map((alerte) => alerteEnMots(alerte, DEBUT + minutes * MINUTE))
	);

describe('the signs of life of tables', () => {
	it('say nothing while all goes well, with or without devices', () => {
		expect(mots(vue(), 5)).toEqual([[], [], []]);
		expect(
			signesDesTables(vue(), DEBUT).map(({ personnes, enLigne, appareils }) => [personnes, enLigne, appareils])
		).toEqual([
			[1, 1, 1],
			[1, 1, 1],
			[1, 0, 0]
		]);
	});

	it('say that a table is silent after six minutes, and that nothing came at half-time', () => {
		expect(mots(vue(), 8)[0]).toEqual(['Silencieuse depuis 7\u00a0min']);
		expect(mots(vue(), 7)).toEqual([[], ['Silencieuse depuis 7\u00a0min'], ['Silencieuse depuis 7\u00a0min']]);
		expect(mots(vue(), 10).slice(1)).toEqual([['Aucune carte à mi-temps'], ['Aucune carte à mi-temps']]);
	});

	it('count no silence while the room is paused, in another step, or at a table that is done', () => {
		const paused = { debut: DEBUT, fin: DEBUT + 20 * MINUTE, pauseAt: DEBUT + 2 * MINUTE };
		expect(mots(vue({ minuteur: paused }), 50)).toEqual([[], [], []]);
		const { etapes, tables } = vue();
		expect(mots(vue({ etapes: etapes.map((each) => ({ ...each, genre: 'pause' as const })) }), 50)).toEqual([
			[],
			[],
			[]
		]);
		const finies = tables.map((table) => ({ ...table, finieAt: DEBUT }));
		expect(mots(vue({ tables: finies }), 15)).toEqual([[], [], []]);
	});

	it('say since when a table is offline once none of its devices follows, and not before', () => {
		const sieges = [siege('un', 'table-1'), siege('autre', 'table-1')];
		const one = [
			{ id: 'un', pages: 0, perdueAt: DEBUT },
			{ id: 'autre', pages: 2, perdueAt: null }
		];
		expect(mots(vue({ sieges, connexions: one }), 4)[0]).toEqual([]);
		const none = [one[0]!, { id: 'autre', pages: 0, perdueAt: DEBUT + MINUTE }];
		expect(mots(vue({ sieges, connexions: none }), 5)[0]).toEqual(['Hors ligne depuis 4\u00a0min']);
	});

	it('put first who calls, then who is cut off; the number tells the others apart', () => {
		const { tables } = vue();
		const [first, second, third] = tables;
		const shown = vue({
			tables: [first!, { ...second!, finieAt: DEBUT }, { ...third!, aideAt: DEBUT }],
			connexions: [{ id: 'un', pages: 0, perdueAt: DEBUT }]
		});
		const signes = signesDesTables(shown, DEBUT + 2 * MINUTE);
		expect(trier(signes, 'alertes').map(({ numero }) => numero)).toEqual([3, 1, 2]);
		expect(trier(signes, 'numero').map(({ numero }) => numero)).toEqual([1, 2, 3]);
		expect(trier(signes, 'cartes').map(({ numero }) => numero)).toEqual([2, 3, 1]);
		expect(signes.map(({ fini }) => fini)).toEqual([false, true, false]);
	});
});
