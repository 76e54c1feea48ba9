import { randomFrom, type Random } from '#lib/random.ts';
import { leastRepeats } from './bilan-de-rotation.ts';
import { decalagesFor, shuffled } from './decalages.ts';
import { placesOf, PlanDeTables, type Convive, type Place, type Tablee } from './plan-de-tables.ts';
import type { Passage } from './salle.ts';

/** What a rotation is computed from. */
export interface DemandeDeRotation extends Tablee {
	/** Each their own way, or whole tables together, one table further each time. */
	mode: 'individuelle' | 'par_table';
	/** What stands: passages that were, and those that must not change. */
	acquis: readonly Passage[];
	/** What was planned so far: where the search starts from. */
	prevu?: readonly Passage[];
	/** The first round to fill: who has no passage in an earlier one was not there. */
	premierTour: number;
	/** No search: everybody where it costs least when their turn comes. */
	vite?: boolean;
	/** The same demand with the same seed gives the same passages. */
	graine: number;
}

/** Where each person sits at each round, what stands included. Pure, and under a second for 30 tables and 8 rounds. */
export function calculerRotation(demande: DemandeDeRotation): Passage[] {
	if (demande.tables.length === 0 || demande.convives.length === 0) return [];
	const random = randomFrom(demande.graine);
	const chantier = new Chantier(demande);
	if (demande.mode === 'par_table') rotateWholeTables(chantier, demande, random);
	else rotatePeople(chantier, demande, random);
	return chantier.plan.passages();
}

/** A plan, and which of its places may still change. */
class Chantier {
	readonly plan: PlanDeTables;
	/** By round, who may be seated elsewhere. */
	readonly libres: number[][];
	readonly isWhole: boolean;

	constructor({ acquis, prevu = [], premierTour, ...tablee }: DemandeDeRotation) {
		const { convives, tours } = tablee;
		this.plan = new PlanDeTables(tablee);
		const present = convives.filter(({ absent }) => !absent).length;
		const kept = placesOf(tablee, acquis);
		const isPast = (tour: number) => tour + 1 < premierTour;
		this.plan.seat(
			Array.from({ length: tours }, (_, tour) =>
				isPast(tour) ? kept.filter((each) => each.tour === tour).length : present
			)
		);
		this.#seatAll(kept);
		this.libres = Array.from({ length: tours }, (_, tour) =>
			convives.flatMap(({ absent }, personne) => {
				if (absent || isPast(tour) || this.isSeated(personne, tour)) return [];
				if (this.plan.staysAt(personne) < 0) return [personne];
				this.plan.put(personne, tour, this.plan.staysAt(personne));
				return [];
			})
		);
		this.#seatAll(placesOf(tablee, prevu).filter(({ personne, tour }) => this.libres[tour]?.includes(personne)));
		this.isWhole = kept.length === 0 && prevu.length === 0 && premierTour === 1;
	}

	#seatAll(places: readonly Place[]): void {
		for (const { personne, tour, table } of places)
			if (!this.isSeated(personne, tour)) this.plan.put(personne, tour, table);
	}

	isSeated(personne: number, tour: number): boolean {
		return this.plan.tableOf(personne, tour) >= 0;
	}
}

function rotatePeople(chantier: Chantier, { convives, tours, vite = false }: DemandeDeRotation, random: Random): void {
	const { plan, libres } = chantier;
	if (chantier.isWhole && tours > 1 && !vite) {
		startFromAlgebra(chantier, convives, random);
		exchangeRoutes(plan, libres[0] as number[], random);
	} else seatOneByOne(chantier, random);
	if (vite) return;
	if (plan.cout > 0 && tours > 1 && isTight(plan)) annealLoosely(chantier, random);
	if (plan.cout > 0) anneal(chantier, random);
}

const STAGES = [
	{ retour: 4, seul: 6 },
	{ retour: 10, seul: 14 },
	{ retour: 30, seul: 40 }
];

/** Everybody sees all tables, or all but one. */
function isTight({ tours, tables }: PlanDeTables): boolean {
	return tours === tables || tours === tables - 1;
}

function annealLoosely(chantier: Chantier, random: Random): void {
	const { plan } = chantier;
	const before = { cout: plan.cout, places: plan.copy() };
	for (const poids of STAGES) {
		plan.weigh(poids);
		anneal(chantier, random, 0.4);
	}
	plan.weigh();
	if (plan.cout > before.cout) plan.restore(before.places);
}

/**
 * People of one organisme stand in the same row, as far as it goes: they never meet. Where there is no room to bring usagers together
 * later, they go by two or three from the start, in rows that are shifted alike.
 */
function startFromAlgebra({ plan, libres }: Chantier, convives: readonly Convive[], random: Random): void {
	const { tables, tours } = plan;
	const mobiles = (libres[0] as number[]).toSorted((a, b) => compareRows(convives[a], convives[b]) || a - b);
	const usagers = mobiles.filter((personne) => plan.isUsager(personne)).length;
	const together = isTight(plan) && usagers > 1 ? Math.min(tables, Math.floor(usagers / 2)) : 0;
	const alike = together > 0 ? Math.ceil(usagers / together) : 1;
	const size = { tables, rows: Math.ceil(mobiles.length / tables), tours: Math.min(tours, tables) };
	const { add, rows: shifts } = decalagesFor(size, random);
	for (const [i, { row, place }] of slots(mobiles.length, { tables, together, usagers }).entries()) {
		const shift = shifts[Math.max(0, row - alike + 1) % shifts.length] as number[];
		for (let tour = 0; tour < tours; tour++)
			plan.put(mobiles[i] as number, tour, add(place, shift[tour % tables] as number));
	}
}

/** Row by row; usagers who go together stand one behind the other. */
function slots(
	personnes: number,
	{ tables, together, usagers }: { tables: number; together: number; usagers: number }
): { row: number; place: number }[] {
	const byRow = Array.from({ length: personnes }, (_, i) => ({ row: Math.floor(i / tables), place: i % tables }));
	if (together === 0) return byRow;
	const first = Array.from({ length: usagers }, (_, i) => ({ row: Math.floor(i / together), place: i % together }));
	const taken = new Set(first.map(({ row, place }) => row * tables + place));
	return [...first, ...byRow.filter((_, i) => !taken.has(i))].slice(0, personnes);
}

/** Usagers first, then organisme by organisme. */
function compareRows(a: Convive | undefined, b: Convive | undefined): number {
	if (!a || !b || a.usager !== b.usager) return Number(b?.usager) - Number(a?.usager);
	return a.organisme < b.organisme ? -1 : Number(a.organisme > b.organisme);
}

/** People take one another's whole ways: who meets whom does not matter, usagers and organismes do. */
function exchangeRoutes(plan: PlanDeTables, mobiles: readonly number[], random: Random): void {
	const EFFORT = 12_000;
	cool({ steps: EFFORT, from: 1e6, to: 1e3 }, plan, random, () => {
		const [a, b] = [pickOf(mobiles, random), pickOf(mobiles, random)];
		if (plan.areAlike(a, b)) return null;
		const before = plan.cout;
		const exchange = () => {
			for (let tour = 0; tour < plan.tours; tour++)
				if (plan.tableOf(a, tour) !== plan.tableOf(b, tour)) plan.swap(a, b, tour);
		};
		exchange();
		return { worse: plan.cout - before, accept: () => undefined, refuse: exchange };
	});
}

/** Who has no place yet, where it costs least. */
function seatOneByOne({ plan, libres }: Chantier, random: Random): void {
	for (const [tour, personnes] of libres.entries())
		for (const i of shuffled(personnes.length, random)) {
			const personne = personnes[i] as number;
			if (plan.tableOf(personne, tour) >= 0) continue;
			let best = { table: 0, cout: Number.POSITIVE_INFINITY };
			for (const table of shuffled(plan.tables, random)) {
				plan.put(personne, tour, table);
				if (plan.cout < best.cout) best = { table, cout: plan.cout };
				plan.take(personne, tour);
			}
			plan.put(personne, tour, best.table);
		}
}

/** Steps, for tables of four: larger ones take longer. */
const EFFORT = 450_000;
const EFFORT_PAR_PLACE = 5_000;

/** Two people of one round change places, or one goes elsewhere; what makes it worse is taken ever less often. */
function anneal({ plan, libres }: Chantier, random: Random, part = 1): void {
	const tours = libres.flatMap((personnes, tour) => (personnes.length > 0 ? [tour] : []));
	const places = libres.reduce((sum, personnes) => sum + personnes.length, 0);
	if (places === 0 || plan.tables < 2) return;
	const size = Math.max(4, plan.personnes / plan.tables);
	const steps = part * Math.min((EFFORT * 4) / size, EFFORT_PAR_PLACE * places);
	cool({ steps, from: 0.9, to: 0.12, floor: leastRepeats(plan) }, plan, random, () => {
		const tour = pickOf(tours, random);
		const personnes = libres[tour] as number[];
		const a = pickOf(personnes, random);
		if (plan.mayMove(tour) && random.chance(0.15)) return proposeMove(plan, a, tour, random);
		const b = pickOf(personnes, random);
		if (plan.tableOf(a, tour) === plan.tableOf(b, tour)) return null;
		return { worse: plan.swapCost(a, b, tour), accept: () => plan.swap(a, b, tour), refuse: () => undefined };
	});
}

function proposeMove(plan: PlanDeTables, personne: number, tour: number, random: Random): Proposition | null {
	const [from, to] = [plan.tableOf(personne, tour), random.int(plan.tables)];
	if (from === to) return null;
	const before = plan.cout;
	plan.move(personne, tour, to);
	return {
		worse: plan.cout - before,
		accept: () => undefined,
		refuse: () => plan.move(personne, tour, from)
	};
}

function pickOf(numbers: readonly number[], random: Random): number {
	return numbers[random.int(numbers.length)] as number;
}

interface Proposition {
	worse: number;
	accept: () => void;
	refuse: () => void;
}

/** Simulated annealing. Stops where nothing could be better, and ends on the best that was seen. */
function cool(
	{ steps, from, to, floor = 0 }: { steps: number; from: number; to: number; floor?: number },
	plan: PlanDeTables,
	random: Random,
	propose: () => Proposition | null
): void {
	let best = { cout: plan.cout, places: plan.copy() };
	for (let i = 0; i < steps && plan.cout > floor; i++) {
		const proposition = propose();
		if (!proposition) continue;
		const { worse, accept, refuse } = proposition;
		if (worse > 0 && random.next() >= Math.exp(-worse / (from * (to / from) ** (i / steps)))) {
			refuse();
			continue;
		}
		accept();
		if (plan.cout < best.cout) best = { cout: plan.cout, places: plan.copy() };
	}
	if (plan.cout > best.cout) plan.restore(best.places);
}

/** Everybody of a table goes to the next one: only their first table is chosen, so only that one is searched. */
function rotateWholeTables(chantier: Chantier, demande: DemandeDeRotation, random: Random): void {
	const { plan, libres } = chantier;
	const first = Math.max(0, demande.premierTour - 2);
	const groups = Array.from(demande.convives, (_, personne) => plan.tableOf(personne, first));
	const acquis = demande.acquis.filter(({ tour }) => tour === first + 1).map((passage) => ({ ...passage, tour: 1 }));
	const premiere = new Chantier({ ...demande, tours: 1, premierTour: 1, acquis, prevu: [] });
	seatOneByOne(premiere, random);
	if (premiere.plan.cout > 0 && !demande.vite) anneal(premiere, random);
	for (const [tour, personnes] of libres.entries())
		for (const personne of personnes) {
			const group = groups[personne] as number;
			const start = group < 0 ? premiere.plan.tableOf(personne, 0) : group;
			plan.put(personne, tour, (start + tour - first) % plan.tables);
		}
}
