import { afterEach, expect, it } from 'vitest';
import { quantile } from '../campaign.ts';
import { chosenSeed } from '../../support/random.ts';
import type { Shot } from './damage.ts';
import { endlessFragments, everyFlip, everyTruncation, LONGEST_WAIT, MOST_GROWTH, runFuzz } from './fuzz.ts';
import { FiringRange, type RangeReport } from './range.ts';

/** All of it: `npm run endurance -- trames`, `npm run endurance -- trames-une-a-une`. */
const FRAMES = 1_000;
/** Frames that once did harm, each with what it did. */
const FOUND: { what: string; hex: string }[] = [];

let range: FiringRange | null = null;
afterEach(async () => {
	await range?.close();
	range = null;
});

function expectUnharmed({ crashed, changed, waits, letters, growth, output }: RangeReport): void {
	expect(crashed, output.slice(-2_000)).toBe(false);
	expect(output).not.toMatch(/^ +at /m);
	expect(changed).toEqual([]);
	expect(letters).toBe(waits.length);
	expect(waits.length).toBeGreaterThan(0);
	expect(growth).toBeLessThanOrEqual(MOST_GROWTH);
	console.log(`wait: ${Math.round(quantile(waits, 1))} ms at most over ${waits.length} keys (goal ${LONGEST_WAIT})`);
}

async function fireAll(shots: (frames: Uint8Array[]) => Iterable<Shot>): Promise<RangeReport> {
	range = await FiringRange.open();
	await range.fire(shots(range.frames));
	const report = await range.close();
	range = null;
	return report;
}

it(`R81. ${FRAMES} damaged frames, from a writer, a reader, someone not let in and nobody: the server lives, what is not theirs does not change, and who writes meanwhile loses nothing`, async () => {
	const seed = chosenSeed();
	console.log(`seed ${seed}`);
	const outcome = await runFuzz({ seeds: [seed], frames: FRAMES });
	expect(outcome.fired).toBe(FRAMES);
	expectUnharmed(outcome);
}, 120_000);

it('R81. valid frames cut after each of their bytes do no harm', async () => {
	expectUnharmed(await fireAll((frames) => everyTruncation(frames.slice(0, 10))));
}, 120_000);

it('R81. each bit of valid frames turned over does no harm', async () => {
	expectUnharmed(await fireAll((frames) => everyFlip(frames.slice(0, 2))));
}, 120_000);

it('R81. messages in pieces that never end do no harm', async () => {
	expectUnharmed(await fireAll((frames) => endlessFragments(frames.slice(0, 6))));
}, 120_000);

it.each(FOUND)('R81. a frame that once did harm does none any more: $what', async ({ hex }) => {
	expectUnharmed(await fireAll(() => [{ kind: 'message', bytes: new Uint8Array(Buffer.from(hex, 'hex')) }]));
});
