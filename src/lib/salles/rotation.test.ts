import { describe, expect, it } from 'vitest';
import { randomFrom, type Random } from '#lib/random.ts';
import { bilanDeRotation, bilanEnMots } from './bilan-de-rotation.ts';
import { decalagesFor } from './decalages.ts';
import type { Convive, TableAPlacer } from './plan-de-tables.ts';
import { calculerRotation, type DemandeDeRotation } from './rotation.ts';
import type { Passage } from './salle.ts';

const tablesOf = (n: number, places: number | null = null): TableAPlacer[] =>
	Array.from({ length: n }, (_, i) => ({ id: `table-${i + 1}`, places }));
const convive = (id: string, rest: Partial<Convive> = {}): Convive => ({
	id,
	organisme: '',
	usager: false,
	absent: false,
	fixe: null,
	...rest
});
const people = (n: number): Convive[] => Array.from({ length: n }, (_, i) => convive(`place-${i + 1}`));
const demandeOf = (rest: Pick<DemandeDeRotation, 'convives' | 'tables' | 'tours'> & Partial<DemandeDeRotation>) => ({
	mode: 'individuelle' as const,
	acquis: [],
	premierTour: 1,
	graine: 1,
	...rest
});

/** Counted anew from the passages alone, the long way. */
class Compte {
	readonly #byPlace: Map<string, string[]>;
	readonly #passages: readonly Passage[];
	constructor(passages: readonly Passage[]) {
		this.#passages = passages;
		this.#byPlace = new Map();
		for (const { tour, tableId, siegeId } of passages) {
			const key = `${tour} ${tableId}`;
			this.#byPlace.set(key, [...(this.#byPlace.get(key) ?? []), siegeId]);
		}
	}
	get places(): string[][] {
		return [...this.#byPlace.values()];
	}
	get retours(): number {
		return this.#passages.length - new Set(this.#passages.map(({ siegeId, tableId }) => `${siegeId} ${tableId}`)).size;
	}
	get repetees(): number {
		const met = new Map<string, number>();
		for (const personnes of this.places)
			for (const a of personnes)
				for (const b of personnes) if (a < b) met.set(`${a} ${b}`, (met.get(`${a} ${b}`) ?? 0) + 1);
		return [...met.values()].reduce((sum, times) => sum + times - 1, 0);
	}
	sizesAt(tour: number): number[] {
		return [...this.#byPlace].filter(([key]) => key.startsWith(`${tour} `)).map(([, personnes]) => personnes.length);
	}
}

describe('a rotation', () => {
	for (const [tables, size, tours] of [
		[8, 4, 5],
		[8, 4, 6],
		[8, 4, 7],
		[8, 4, 8],
		[30, 4, 6],
		[6, 4, 3]
	] as const)
		it(`makes nobody meet twice over ${tours} rounds of ${tables} tables of ${size}, nor come back to a table`, () => {
			const compte = new Compte(
				calculerRotation(demandeOf({ convives: people(tables * size), tables: tablesOf(tables), tours }))
			);
			expect(compte.repetees).toBe(0);
			expect(compte.retours).toBe(0);
			expect(compte.places.map((place) => place.length)).toEqual(Array(tables * tours).fill(size));
		});

	it('keeps usagers together, organismes apart and hosts at their table in a room where all of it is possible', () => {
		const convives = [
			...Array.from({ length: 6 }, (_, i) => convive(`usager-${i}`, { usager: true })),
			...Array.from({ length: 18 }, (_, i) => convive(`pro-${i}`, { organisme: i < 8 ? 'CAF' : `Organisme ${i % 4}` })),
			...Array.from({ length: 6 }, (_, i) => convive(`hote-${i}`, { fixe: `table-${i + 1}` }))
		];
		const tablee = { convives, tables: tablesOf(6), tours: 3 };
		const passages = calculerRotation(demandeOf(tablee));
		const bilan = bilanDeRotation(tablee, passages);
		expect(bilan).toMatchObject({
			retours: 0,
			usagersSeuls: [],
			organismes: [],
			sansPlace: 0,
			tailles: { min: 5, max: 5 }
		});
		for (const { siegeId, tableId } of passages.filter(({ siegeId }) => siegeId.startsWith('hote')))
			expect(tableId).toBe(`table-${Number(siegeId.slice(5)) + 1}`);
	});

	it('brings usagers by two to every table, where each must see them all', () => {
		const convives = [...Array.from({ length: 6 }, (_, i) => convive(`usager-${i}`, { usager: true })), ...people(26)];
		const tablee = { convives, tables: tablesOf(8), tours: 8 };
		const bilan = bilanDeRotation(tablee, calculerRotation(demandeOf(tablee)));
		expect(bilan).toMatchObject({ retours: 0, usagersSeuls: [] });
	});

	it('gives the same passages for the same room', () => {
		const demande = demandeOf({ convives: people(23), tables: tablesOf(5), tours: 4 });
		expect(calculerRotation(demande)).toEqual(calculerRotation(demande));
	});

	it('fills tables up to their places, and no more while others have some', () => {
		const tables = [...tablesOf(2, 3), { id: 'table-3', places: null }];
		const passages = calculerRotation(demandeOf({ convives: people(12), tables, tours: 2 }));
		expect(new Compte(passages).sizesAt(1).toSorted()).toEqual([3, 3, 6]);
	});

	it('moves whole tables together, one table further each time', () => {
		const demande = demandeOf({ convives: people(9), tables: tablesOf(3), tours: 3, mode: 'par_table' });
		const passages = calculerRotation(demande);
		const groups = (tour: number) =>
			Object.values(
				Object.groupBy(
					passages.filter((each) => each.tour === tour),
					({ tableId }) => tableId
				)
			)
				.map((group) =>
					(group ?? [])
						.map(({ siegeId }) => siegeId)
						.toSorted()
						.join()
				)
				.toSorted();
		expect(groups(2)).toEqual(groups(1));
		expect(groups(3)).toEqual(groups(1));
		expect(new Compte(passages).retours).toBe(0);
	});
});

describe('random rooms', () => {
	const SEEDS = Array.from({ length: 15 }, (_, i) => 500 + i);

	it.each(SEEDS)('of seed %i seat each person once a round, evenly, and never twice at a table', (seed) => {
		const { demande, hosted } = randomRoom(randomFrom(seed));
		const passages = calculerRotation(demande);
		const compte = new Compte(passages.filter(({ siegeId }) => !hosted.has(siegeId)));
		const there = demande.convives.filter(({ absent }) => !absent).length;
		for (let tour = 1; tour <= demande.tours; tour++) {
			const seated = passages.filter((each) => each.tour === tour).map(({ siegeId }) => siegeId);
			expect(new Set(seated).size).toBe(there);
			expect(seated.length).toBe(there);
			expect(spread(new Compte(passages).sizesAt(tour))).toBeLessThanOrEqual(1);
		}
		if (demande.tours <= demande.tables.length) expect(compte.retours).toBe(0);
	});

	it.each(SEEDS)('of seed %i: the account given of a rotation is what one counts in it', (seed) => {
		const { demande, hosted } = randomRoom(randomFrom(seed));
		const passages = calculerRotation(demande);
		const bilan = bilanDeRotation(demande, passages);
		const compte = new Compte(passages);
		expect(bilan.repetees + togetherOf(demande, hosted)).toBe(compte.repetees);
		expect(bilan.inevitables).toBeLessThanOrEqual(bilan.repetees);
		const usagers = new Set(demande.convives.filter(({ usager }) => usager).map(({ id }) => id));
		const alone = compte.places.filter((personnes) => personnes.filter((id) => usagers.has(id)).length === 1);
		expect(bilan.usagersSeuls.length).toBe(alone.length);
	});

	it.each(SEEDS)('of seed %i: what stands is not moved by latecomers and absentees', (seed) => {
		const random = randomFrom(seed);
		const { demande } = randomRoom(random);
		const planned = calculerRotation(demande);
		const current = 1 + random.int(demande.tours);
		const acquis = planned.filter(({ tour }) => tour <= current);
		const gone = new Set(demande.convives.filter(() => random.chance(0.1)).map(({ id }) => id));
		const convives = [
			...demande.convives.map((each) => ({ ...each, absent: each.absent || gone.has(each.id) })),
			convive('retard-1', { usager: random.chance(0.5) }),
			convive('retard-2')
		];
		const again = calculerRotation({ ...demande, convives, acquis, prevu: planned, premierTour: current + 1 });
		expect(again.filter(({ tour }) => tour <= current)).toEqual(acquis);
		for (let tour = current + 1; tour <= demande.tours; tour++)
			expect(again.filter((each) => each.tour === tour).map(({ siegeId }) => siegeId)).toEqual(
				convives.filter(({ absent }) => !absent).map(({ id }) => id)
			);
		const sizes = (tour: number) => new Compte(again).sizesAt(tour);
		for (let tour = current + 1; tour <= demande.tours; tour++) expect(spread(sizes(tour))).toBeLessThanOrEqual(1);
	});
});

function spread(sizes: number[]): number {
	return Math.max(...sizes) - Math.min(...sizes);
}

function randomRoom(random: Random): { demande: DemandeDeRotation; hosted: Set<string> } {
	const tables = tablesOf(2 + random.int(10));
	const nombre = tables.length * (2 + random.int(5)) + random.int(tables.length);
	const usagers = random.pick([0, 2, 5, Math.floor(nombre / 3)]) as number;
	const organismes = 3 + random.int(8);
	const convives = [
		...Array.from({ length: nombre }, (_, i) =>
			convive(`personne-${i}`, {
				usager: i < usagers,
				organisme: i < usagers ? '' : `Organisme ${random.int(organismes)}`,
				absent: random.chance(0.05)
			})
		),
		...tables.filter(() => random.chance(0.4)).map(({ id }) => convive(`hote-${id}`, { fixe: id }))
	];
	const hosted = new Set(convives.filter(({ fixe }) => fixe !== null).map(({ id }) => id));
	const tours = 1 + random.int(Math.min(6, tables.length + 1));
	return { demande: demandeOf({ convives, tables, tours, graine: random.int(1_000) }), hosted };
}

/** Hosts of one table meet each time, which nobody counts. */
function togetherOf({ convives, tours }: DemandeDeRotation, hosted: ReadonlySet<string>): number {
	const byTable = Object.groupBy(
		convives.filter(({ id }) => hosted.has(id)),
		({ fixe }) => fixe ?? ''
	);
	return Object.values(byTable).reduce((sum, hosts = []) => {
		const pairs = (hosts.length * (hosts.length - 1)) / 2;
		return sum + pairs * (tours - 1);
	}, 0);
}

describe('shifts', () => {
	it('come twice for no pair of rows, for every number of tables that a room may have', () => {
		for (let tables = 2; tables <= 30; tables++) {
			const tours = Math.min(tables, 8);
			const { add, rows } = decalagesFor({ tables, rows: 4, tours }, randomFrom(1));
			expect(rows.length).toBeGreaterThan(0);
			const ways = rows.flatMap((row) =>
				Array.from({ length: tables }, (_, place) => row.map((shift) => add(place, shift)))
			);
			for (const way of ways) expect(new Set(way).size).toBe(tours);
			for (const [i, way] of ways.entries())
				for (const other of ways.slice(0, i))
					expect(way.filter((table, tour) => other[tour] === table).length).toBeLessThanOrEqual(1);
		}
	});
});

describe('what is said of a rotation', () => {
	it('names what is not kept, and where', () => {
		const tablee = {
			convives: [
				convive('a', { organisme: 'CAF' }),
				convive('b', { organisme: 'CAF' }),
				convive('c', { organisme: 'CAF' }),
				convive('d', { usager: true })
			],
			tables: tablesOf(1),
			tours: 1
		};
		const passages = tablee.convives.map(({ id }) => ({ tour: 1, siegeId: id, tableId: 'table-1' }));
		expect(bilanEnMots(bilanDeRotation(tablee, passages))).toEqual([
			'1\u00a0table où un usager est seul (tour\u00a01, table\u00a01).',
			'1\u00a0table avec 3\u00a0personnes de «\u00a0CAF\u00a0» (tour\u00a01, table\u00a01).'
		]);
	});

	it('says so when all is kept', () => {
		const tablee = { convives: people(4), tables: tablesOf(2), tours: 1 };
		expect(bilanEnMots(bilanDeRotation(tablee, calculerRotation(demandeOf(tablee))))).toEqual([
			'Personne ne revient à une table, et personne ne se rencontre deux fois.'
		]);
	});
});
