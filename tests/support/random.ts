// Randomness that a seed repeats.

export { randomFrom, type Random } from '#lib/random.ts';

/** The seed of a run: given by SEED, else new; printed by whoever uses it. */
export function chosenSeed(): number {
	return process.env.SEED ? Number(process.env.SEED) : Date.now() % 1_000_000_000;
}
