// What every campaign has in common: figures, each with its goal, as `npm run endurance` prints them.

/** One figure. What people read of it is French. */
export interface Figure {
	name: string;
	value: string;
	goal: string;
	held: boolean;
}

export interface Campaign {
	/** What one types to run it alone. */
	name: string;
	title: string;
	/** `scale`: 1 is the full length. Throws a Missing where what it needs is not there. */
	run(scale: number): Promise<Figure[]>;
}

/** A campaign cannot run here; the message says why, in French. */
export class Missing extends Error {}

const NUMBER = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 });

export const inFrench = (value: number) => NUMBER.format(value);

export const MIB = 1024 * 1024;
export const inMib = (bytes: number) => `${inFrench(bytes / MIB)} Mio`;

/** None of these may be there. */
export function none(name: string, count: number): Figure {
	return { name, value: inFrench(count), goal: '0', held: count === 0 };
}

export function atMost(
	name: string,
	value: number,
	limit: number,
	print: (value: number) => string = inFrench
): Figure {
	return { name, value: print(value), goal: `${print(limit)} au plus`, held: value <= limit };
}

export function atLeast(name: string, value: number, limit: number): Figure {
	return { name, value: inFrench(value), goal: `${inFrench(limit)} au moins`, held: value >= limit };
}

/** The worst of many, at a share of them: 0.95 leaves the slowest twentieth out. */
export function quantile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
