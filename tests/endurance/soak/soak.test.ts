import { expect, it } from 'vitest';
import { chosenSeed } from '../../support/random.ts';
import { figuresOf, runSoak, trendOf } from './soak.ts';

/** All of it: `npm run endurance -- duree`. */
const PART = { joins: 20, edits: 60_000 };

it('R83. people come and go, others write on: the heap after collection does not rise, and nothing stays open', async () => {
	const wanted = { ...PART, seed: chosenSeed() };
	console.log(`seed ${wanted.seed}`);
	const outcome = await runSoak(wanted);
	expect(figuresOf(outcome, wanted).filter(({ held }) => !held)).toEqual([]);
}, 120_000);

it('a trend is what the straight line through the points rises by', () => {
	expect(trendOf([5, 5, 5, 5])).toBe(0);
	expect(trendOf([0, 1, 2, 3])).toBe(3);
	expect(trendOf([3, 2, 1, 0])).toBe(-3);
});
