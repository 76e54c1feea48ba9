/** Randomness that a seed repeats. */
export interface Random {
	/** From 0 to 1, excluded. */
	next(): number;
	/** A whole number from 0 to `below`, excluded. */
	int(below: number): number;
	pick<T>(items: readonly T[]): T | undefined;
	chance(probability: number): boolean;
}

/** The same seed gives the same numbers (mulberry32). */
export function randomFrom(seed: number): Random {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
	const int = (below: number) => Math.floor(next() * below);
	return {
		next,
		int,
		pick: (items) => items[int(items.length)],
		chance: (probability) => next() < probability
	};
}
