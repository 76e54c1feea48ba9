import type { Passage } from './salle.ts';

/** Someone to seat. */
export interface Convive {
	id: string;
	/** Those of one organisme bear the same words; empty: of none. */
	organisme: string;
	usager: boolean;
	/** Not there any more: has no place in the rounds to come. */
	absent: boolean;
	/** The table where they stay all along: its host. */
	fixe: string | null;
}

export interface TableAPlacer {
	id: string;
	/** null: as many as needed. */
	places: number | null;
}

/** Who is to be seated where, over how many rounds. */
export interface Tablee {
	convives: readonly Convive[];
	tables: readonly TableAPlacer[];
	tours: number;
}

/** A passage, in numbers. */
export interface Place {
	personne: number;
	tour: number;
	table: number;
}

/** Those of people and tables that are not there any more are left out. */
export function placesOf({ convives, tables, tours }: Tablee, passages: readonly Passage[]): Place[] {
	const personneOf = new Map(convives.map(({ id }, i) => [id, i]));
	const tableOf = new Map(tables.map(({ id }, i) => [id, i]));
	return passages.flatMap(({ tour, siegeId, tableId }) => {
		const [personne, table] = [personneOf.get(siegeId), tableOf.get(tableId)];
		return personne === undefined || table === undefined || tour > tours ? [] : [{ tour: tour - 1, personne, table }];
	});
}

/** Of one organisme, at one table. */
export const PAR_ORGANISME_AU_PLUS = 2;

/**
 * What each fault costs. Where rules clash, the first gives way last: nobody back at a table, even sizes, no usager alone, at most two of
 * an organisme, nobody met twice. Each weighs more than all that is likely below it.
 */
const POIDS = { retour: 1e10, taille: 1e8, seul: 1e6, organisme: 1e4, rencontre: 1 };
type Poids = typeof POIDS;

const NULLE_PART = -1;

/** Who sits where, and what it costs; changed one seat at a time, and its cost with it. People, tables and rounds are numbers here. */
export class PlanDeTables {
	readonly personnes: number;
	readonly tables: number;
	readonly tours: number;
	cout = 0;
	#poids: Poids = POIDS;
	readonly #tablee: Tablee;
	readonly #places: Int16Array;
	readonly #fixes: Int16Array;
	readonly #usagers: Uint8Array;
	/** By person: which organisme; -1: none, or a usager's, who may be as many as they are. */
	readonly #organismes: Int16Array;
	readonly #autour: number[][];
	readonly #seuls: Uint16Array;
	readonly #deLOrganisme: Uint16Array;
	readonly #combienDOrganismes: number;
	readonly #rencontres: Uint8Array;
	readonly #visites: Uint8Array;
	/** By round: some tables may have one more than others; how many people are too many, or missing. */
	#slack = new Uint8Array();
	readonly #gaps: Int16Array;
	/** By round, how many people a table is to have. */
	#tailles: { min: Int16Array; max: Int16Array }[] = [];

	constructor(tablee: Tablee) {
		const { convives, tables, tours } = tablee;
		this.#tablee = tablee;
		this.personnes = convives.length;
		this.tables = tables.length;
		this.tours = tours;
		const cellules = tours * tables.length;
		const noms = [...new Set(convives.map(({ organisme }) => organisme))];
		const rang = new Map(tables.map(({ id }, i) => [id, i]));
		this.#combienDOrganismes = noms.length;
		this.#places = new Int16Array(tours * convives.length).fill(NULLE_PART);
		this.#fixes = Int16Array.from(convives, ({ fixe }) =>
			fixe === null ? NULLE_PART : (rang.get(fixe) ?? NULLE_PART)
		);
		this.#usagers = Uint8Array.from(convives, ({ usager }) => Number(usager));
		this.#organismes = Int16Array.from(convives, ({ organisme, usager }) =>
			usager || organisme === '' ? -1 : noms.indexOf(organisme)
		);
		this.#autour = Array.from({ length: cellules }, () => []);
		this.#gaps = new Int16Array(tours);
		this.#seuls = new Uint16Array(cellules);
		this.#deLOrganisme = new Uint16Array(cellules * noms.length);
		this.#rencontres = new Uint8Array(convives.length * convives.length);
		this.#visites = new Uint8Array(convives.length * tables.length);
		this.seat(Array.from({ length: tours }, () => convives.length));
	}

	/** How many will be there at each round: sizes follow. */
	seat(presents: readonly number[]): void {
		this.#tailles = presents.map((present) => taillesFor(this.#tablee.tables, present));
		this.#slack = Uint8Array.from(this.#tailles, ({ min, max }) =>
			Number(min.some((size, i) => size < (max[i] as number)))
		);
		this.cout = this.#wholeCost();
	}

	/** Other weights while a search goes on: where each must see every table, no two may just change places. */
	weigh(poids: Partial<Poids> = {}): void {
		this.#poids = { ...POIDS, ...poids };
		this.cout = this.#wholeCost();
	}

	tableOf(personne: number, tour: number): number {
		return this.#places[tour * this.personnes + personne] as number;
	}

	around(tour: number, table: number): readonly number[] {
		return this.#autour[tour * this.tables + table] as number[];
	}

	met(a: number, b: number): number {
		return this.#rencontres[a * this.personnes + b] as number;
	}

	visits(personne: number, table: number): number {
		return this.#visites[personne * this.tables + table] as number;
	}

	staysAt(personne: number): number {
		return this.#fixes[personne] as number;
	}

	isUsager(personne: number): boolean {
		return this.#usagers[personne] === 1;
	}

	/** Neither rule about usagers nor about organismes tells them apart. */
	areAlike(a: number, b: number): boolean {
		return this.#usagers[a] === this.#usagers[b] && this.#organismes[a] === this.#organismes[b];
	}

	/** Someone of this round may go to another table, without anyone in exchange. */
	mayMove(tour: number): boolean {
		return this.#slack[tour] === 1 || (this.#gaps[tour] as number) > 0;
	}

	/** Both stay at the same table: that they meet each time is what they were asked. */
	stayTogether(a: number, b: number): boolean {
		return this.staysAt(a) !== NULLE_PART && this.staysAt(a) === this.staysAt(b);
	}

	usagersAt(tour: number, table: number): number {
		return this.#seuls[tour * this.tables + table] as number;
	}

	/** How many people are missing at a table, or are too many (negative). */
	gapAt(tour: number, table: number): number {
		const { min, max } = this.#tailles[tour] as { min: Int16Array; max: Int16Array };
		const size = this.around(tour, table).length;
		return Math.max(0, (min[table] as number) - size) || Math.min(0, (max[table] as number) - size);
	}

	/** Puts someone who has no place in this round at a table, or back there. */
	put(personne: number, tour: number, table: number): void {
		this.cout += this.#change(personne, tour, table, 1);
		this.#places[tour * this.personnes + personne] = table;
	}

	take(personne: number, tour: number): number {
		const table = this.tableOf(personne, tour);
		this.cout += this.#change(personne, tour, table, -1);
		this.#places[tour * this.personnes + personne] = NULLE_PART;
		return table;
	}

	move(personne: number, tour: number, table: number): void {
		this.take(personne, tour);
		this.put(personne, tour, table);
	}

	swap(a: number, b: number, tour: number): void {
		const [ofA, ofB] = [this.take(a, tour), this.take(b, tour)];
		this.put(a, tour, ofB);
		this.put(b, tour, ofA);
	}

	/** What the plan would cost more, had these two each other's place. */
	swapCost(a: number, b: number, tour: number): number {
		const [ofA, ofB] = [this.tableOf(a, tour), this.tableOf(b, tour)];
		return (
			this.#swapOfVisits(a, ofA, ofB) +
			this.#swapOfVisits(b, ofB, ofA) +
			this.#swapOfMeetings(a, b, tour) +
			(this.areAlike(a, b) ? 0 : this.#swapOfRules(a, b, tour))
		);
	}

	#swapOfVisits(personne: number, from: number, to: number): number {
		const [left, joined] = [this.visits(personne, from), this.visits(personne, to)];
		return this.#poids.retour * (joined - again(left));
	}

	#swapOfMeetings(a: number, b: number, tour: number): number {
		let cout = 0;
		for (const autre of this.around(tour, this.tableOf(a, tour)))
			if (autre !== a) cout += Number(this.met(b, autre) > 0) - Number(this.met(a, autre) > 1);
		for (const autre of this.around(tour, this.tableOf(b, tour)))
			if (autre !== b) cout += Number(this.met(a, autre) > 0) - Number(this.met(b, autre) > 1);
		return cout * this.#poids.rencontre;
	}

	#swapOfRules(a: number, b: number, tour: number): number {
		const [ofA, ofB] = [this.tableOf(a, tour), this.tableOf(b, tour)];
		const more = (this.#usagers[b] as number) - (this.#usagers[a] as number);
		const alone = (table: number, by: number) =>
			Number(this.usagersAt(tour, table) + by === 1) - Number(this.usagersAt(tour, table) === 1);
		return (
			this.#poids.seul * (alone(ofA, more) + alone(ofB, -more)) +
			this.#swapOfOrganisme(this.#organismes[a] as number, tour, ofA, ofB) +
			this.#swapOfOrganisme(this.#organismes[b] as number, tour, ofB, ofA)
		);
	}

	#swapOfOrganisme(organisme: number, tour: number, from: number, to: number): number {
		if (organisme < 0) return 0;
		const at = (table: number) =>
			this.#deLOrganisme[(tour * this.tables + table) * this.#combienDOrganismes + organisme] as number;
		const over = (nombre: number) => Math.max(0, nombre - PAR_ORGANISME_AU_PLUS);
		return this.#poids.organisme * (over(at(to) + 1) - over(at(from)));
	}

	copy(): Int16Array {
		return this.#places.slice();
	}

	restore(places: Int16Array): void {
		for (const [at, table] of places.entries()) {
			const [personne, tour] = [at % this.personnes, Math.floor(at / this.personnes)];
			if (this.tableOf(personne, tour) !== table) this.move(personne, tour, table);
		}
	}

	passages(): Passage[] {
		const { convives, tables } = this.#tablee;
		const passages: Passage[] = [];
		for (let tour = 0; tour < this.tours; tour++)
			for (const [personne, { id }] of convives.entries()) {
				const table = this.tableOf(personne, tour);
				if (table !== NULLE_PART) passages.push({ tour: tour + 1, siegeId: id, tableId: tables[table]?.id as string });
			}
		return passages;
	}

	#change(personne: number, tour: number, table: number, by: 1 | -1): number {
		const cellule = tour * this.tables + table;
		const autour = this.#autour[cellule] as number[];
		let cout = -this.#costOfCell(tour, table, personne);
		const gap = Math.abs(this.gapAt(tour, table));
		if (by === 1) autour.push(personne);
		else autour.splice(autour.indexOf(personne), 1);
		this.#seuls[cellule] = (this.#seuls[cellule] as number) + by * (this.#usagers[personne] as number);
		const organisme = this.#organismes[personne] as number;
		if (organisme >= 0) {
			const at = cellule * this.#combienDOrganismes + organisme;
			this.#deLOrganisme[at] = (this.#deLOrganisme[at] as number) + by;
		}
		cout += this.#costOfCell(tour, table, personne);
		this.#gaps[tour] = (this.#gaps[tour] as number) + Math.abs(this.gapAt(tour, table)) - gap;
		return cout + this.#changeVisits(personne, table, by) + this.#changeMeetings(personne, autour, by);
	}

	/** As far as this person may change it. */
	#costOfCell(tour: number, table: number, personne: number): number {
		const organisme = this.#organismes[personne] as number;
		const cellule = tour * this.tables + table;
		const size = this.#poids.taille * Math.abs(this.gapAt(tour, table));
		const seul = this.#seuls[cellule] === 1 ? this.#poids.seul : 0;
		if (organisme < 0) return size + seul;
		const nombre = this.#deLOrganisme[cellule * this.#combienDOrganismes + organisme] as number;
		return size + seul + this.#poids.organisme * upTo(nombre - PAR_ORGANISME_AU_PLUS);
	}

	#changeVisits(personne: number, table: number, by: 1 | -1): number {
		const at = personne * this.tables + table;
		const before = this.#visites[at] as number;
		this.#visites[at] = before + by;
		if (this.#fixes[personne] === table) return 0;
		return this.#poids.retour * (upTo(before + by - 1) - upTo(before - 1));
	}

	#changeMeetings(personne: number, autour: readonly number[], by: 1 | -1): number {
		let cout = 0;
		for (const autre of autour) {
			if (autre === personne) continue;
			const at = personne * this.personnes + autre;
			const before = this.#rencontres[at] as number;
			this.#rencontres[at] = before + by;
			this.#rencontres[autre * this.personnes + personne] = before + by;
			if (!this.stayTogether(personne, autre)) cout += again(before + by) - again(before);
		}
		return cout * this.#poids.rencontre;
	}

	/** Counted anew. */
	#wholeCost(): number {
		const { taille, retour, seul, organisme, rencontre } = this.#poids;
		let cout = 0;
		this.#gaps.fill(0);
		for (let cellule = 0; cellule < this.#autour.length; cellule++) {
			const [tour, table] = [Math.floor(cellule / this.tables), cellule % this.tables];
			const gap = Math.abs(this.gapAt(tour, table));
			cout += taille * gap;
			this.#gaps[tour] = (this.#gaps[tour] as number) + gap;
			if (this.#seuls[cellule] === 1) cout += seul;
		}
		for (const nombre of this.#deLOrganisme) cout += organisme * upTo(nombre - PAR_ORGANISME_AU_PLUS);
		for (const [at, visites] of this.#visites.entries())
			if (this.#fixes[Math.floor(at / this.tables)] !== at % this.tables) cout += retour * upTo(visites - 1);
		for (let a = 0; a < this.personnes; a++)
			for (let b = 0; b < a; b++) if (!this.stayTogether(a, b)) cout += rencontre * again(this.met(a, b));
		return cout;
	}
}

function again(times: number): number {
	return Math.max(0, times - 1);
}

/** 1 + 2 + … + n, so that faults are shared out rather than heaped up. */
function upTo(n: number): number {
	return n > 0 ? (n * (n + 1)) / 2 : 0;
}

/** Tables are as even as their places allow; where places lack, all tables have too many. */
function taillesFor(tables: readonly TableAPlacer[], present: number): { min: Int16Array; max: Int16Array } {
	const places = tables.map(({ places }) => places ?? present);
	const total = places.reduce((sum, each) => sum + each, 0);
	const missing = Math.max(0, present - total);
	const room = missing === 0 ? places : places.map((each) => each + Math.ceil(missing / tables.length));
	let level = 0;
	while (room.reduce((sum, each) => sum + Math.min(each, level), 0) < present) level++;
	const isEven = room.reduce((sum, each) => sum + Math.min(each, level), 0) === present;
	return {
		min: Int16Array.from(room, (each) => Math.min(each, isEven ? level : level - 1)),
		max: Int16Array.from(room, (each) => Math.min(each, level))
	};
}
