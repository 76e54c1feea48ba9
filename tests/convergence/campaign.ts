// Many seeded runs, a few at a time, on one server.
import { atLeast, none, type Figure } from '../endurance/campaign.ts';
import { LiveWorld } from '../support/live-world.ts';
import { gatherCrowd, runSeed, type RunOutcome } from './seeded-run.ts';

export interface ConvergenceOptions {
	runs: number;
	operations: number;
	/** Of the first run; the others follow. */
	seed: number;
	databaseUrl?: string | null;
}

const AT_ONCE = 4;

export async function runConvergence({
	runs,
	operations,
	seed,
	databaseUrl
}: ConvergenceOptions): Promise<RunOutcome[]> {
	const world = await LiveWorld.open({ databaseUrl });
	const outcomes: RunOutcome[] = [];
	try {
		const crowd = await gatherCrowd(world);
		const seeds = Array.from({ length: runs }, (_, i) => seed + i).values();
		const worker = async () => {
			for (const next of seeds) outcomes.push(await runSeed(world, crowd, { seed: next, operations }));
		};
		await Promise.all(Array.from({ length: AT_ONCE }, worker));
	} finally {
		await world.remove();
	}
	return outcomes;
}

/** Those that went wrong, each with its seed. */
export function faultsOf(outcomes: readonly RunOutcome[]): string[] {
	return outcomes.flatMap(({ seed, faults }) => (faults.length > 0 ? [`graine ${seed} : ${faults.join(' ; ')}`] : []));
}

export function figuresOf(outcomes: readonly RunOutcome[], runs: number): Figure[] {
	const faults = faultsOf(outcomes);
	for (const fault of faults) console.log(`  ${fault}`);
	const cuts = outcomes.reduce((sum, outcome) => sum + outcome.cuts, 0);
	return [
		atLeast(`séries menées (de 3 à 8 personnes, ${cuts} coupures)`, outcomes.length, runs),
		none('séries où quelqu’un ne voit pas comme les autres, ou dont un mot manque', faults.length)
	];
}
