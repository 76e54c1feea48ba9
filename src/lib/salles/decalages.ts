import type { Random } from '#lib/random.ts';

/*
 * Ways around the tables by which nobody meets twice, from algebra. Tables are the elements of a group of order n. People stand in rows
 * of n: the one at place j of row g sits, in round x, at table j + d(g, x). People of one row never meet. Two rows g and h give a pair
 * that meets twice only if d(g, x) - d(h, x) comes twice; with a row of zeros added, the same says that nobody returns to a table.
 * Such shifts are a difference matrix. Where n is a power of a prime, multiples in the field of n elements make one, for n rounds and
 * n - 1 rows. Elsewhere as many rows as a search finds.
 */
export interface Decalages {
	add: (a: number, b: number) => number;
	/** d(g, x); where there are fewer rows than asked, they are taken again. */
	rows: number[][];
}

export interface Taille {
	tables: number;
	/** As many as people at a table. */
	rows: number;
	/** At most the number of tables. */
	tours: number;
}

export function decalagesFor({ tables, rows, tours }: Taille, random: Random): Decalages {
	const field = fieldOf(tables);
	if (field) {
		const known = Math.min(rows, tables - 1);
		const multiples = (g: number) => Array.from({ length: tours }, (_, x) => field.multiply(g + 1, x));
		return { add: field.add, rows: Array.from({ length: known }, (_, g) => multiples(g)) };
	}
	return { add: (a, b) => (a + b) % tables, rows: searchRows({ tables, rows, tours }, random) };
}

/** Of the fields of at most 30 elements that are not of prime order: x to the power of the degree, by lower powers. */
const IRREDUCIBLE: Readonly<Record<number, { p: number; power: readonly number[] }>> = {
	4: { p: 2, power: [1, 1] },
	8: { p: 2, power: [1, 1, 0] },
	9: { p: 3, power: [2, 0] },
	16: { p: 2, power: [1, 1, 0, 0] },
	25: { p: 5, power: [3, 0] },
	27: { p: 3, power: [2, 1, 0] }
};

interface Field {
	add: (a: number, b: number) => number;
	multiply: (a: number, b: number) => number;
}

function fieldOf(n: number): Field | null {
	if (isPrime(n)) return { add: (a, b) => (a + b) % n, multiply: (a, b) => (a * b) % n };
	const known = IRREDUCIBLE[n];
	if (!known) return null;
	const { p, power } = known;
	const digits = (a: number) => power.map((_, i) => Math.floor(a / p ** i) % p);
	const number = (parts: number[]) => parts.reduce((sum, part, i) => sum + (part % p) * p ** i, 0);
	const plus = (a: number[], b: number[]) => a.map((part, i) => part + (b[i] ?? 0));
	const timesX = (a: number[]) => {
		const top = a.at(-1) ?? 0;
		return [0, ...a.slice(0, -1)].map((part, i) => (part + top * (power[i] ?? 0)) % p);
	};
	return {
		add: (a, b) => number(plus(digits(a), digits(b))),
		multiply(a, b) {
			let sum = power.map(() => 0);
			let shifted = digits(a);
			for (const digit of digits(b)) {
				sum = plus(
					sum,
					shifted.map((part) => part * digit)
				);
				shifted = timesX(shifted);
			}
			return number(sum);
		}
	};
}

function isPrime(n: number): boolean {
	if (n < 2) return false;
	for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
	return true;
}

const STEPS_OF_A_ROW = 4_000;
const TRIES = 6;

/** As many rows as are found over the integers modulo n; at least one. */
function searchRows({ tables, rows, tours }: Taille, random: Random): number[][] {
	let best: number[][] = [];
	for (let i = 0; i < TRIES && best.length < rows; i++) {
		const found: number[][] = [];
		while (found.length < rows) {
			const row = searchRow(found, { tables, tours }, random);
			if (!row) break;
			found.push(row);
		}
		if (found.length > best.length) best = found;
	}
	return best;
}

/** A row whose differences with each of the others, and with zero, are all different; null: none was found. */
function searchRow(
	others: readonly number[][],
	{ tables, tours }: Pick<Taille, 'tables' | 'tours'>,
	random: Random
): number[] | null {
	const against = [Array.from({ length: tours }, () => 0), ...others];
	const used = against.map(() => new Uint8Array(tables));
	const row: number[] = [];
	let steps = 0;
	const differences = (x: number, value: number) =>
		against.map((other) => (value - (other[x] as number) + tables) % tables);
	const fill = (x: number): boolean => {
		if (x === tours) return true;
		const values = x === 0 ? [0] : shuffled(tables, random);
		for (const value of values) {
			if (++steps > STEPS_OF_A_ROW) return false;
			const taken = differences(x, value);
			if (taken.some((difference, i) => used[i]?.[difference])) continue;
			taken.forEach((difference, i) => ((used[i] as Uint8Array)[difference] = 1));
			row[x] = value;
			if (fill(x + 1)) return true;
			taken.forEach((difference, i) => ((used[i] as Uint8Array)[difference] = 0));
		}
		return false;
	};
	return fill(0) ? row : null;
}

/** 0 to n - 1 in a random order. */
export function shuffled(n: number, random: Random): number[] {
	const order = Array.from({ length: n }, (_, i) => i);
	for (let i = n - 1; i > 0; i--) {
		const j = random.int(i + 1);
		[order[i], order[j]] = [order[j] as number, order[i] as number];
	}
	return order;
}
