import { afterAll, describe, expect, it } from 'vitest';
import { createPostgresDatabase, postgresAvailability, type PostgresDatabase } from '../support/postgres.ts';
import { chosenSeed } from '../support/random.ts';
import { runKillLoop, type KillLoopOutcome } from './kill-loop.ts';

/** All of it: `npm run endurance -- incidents`. */
const ROUNDS = 20;
const ROUNDS_ON_POSTGRES = 5;
const TITLE = (rounds: number) =>
	`R1. everything acknowledged is there after SIGKILL at random moments of load, write, compaction and unload (${rounds} rounds), nothing twice, and all converge`;

const postgres = await postgresAvailability();
const reason = postgres.available ? '' : ` : ${postgres.reason}`;

function expectNothingLost({ lost, doubled, divergent, kills, edits, acknowledged }: KillLoopOutcome): void {
	console.log(`${edits} edits, ${acknowledged} acknowledged before the last kill`, kills);
	expect({ lost, doubled, divergent }).toEqual({ lost: [], doubled: [], divergent: 0 });
	expect(Object.values(kills).filter((count) => count === 0)).toEqual([]);
	expect(acknowledged).toBeGreaterThan(100);
}

describe('on SQLite', () => {
	it(
		TITLE(ROUNDS),
		async () => {
			const seed = chosenSeed();
			console.log(`seed ${seed}`);
			expectNothingLost(await runKillLoop({ rounds: ROUNDS, seed }));
		},
		ROUNDS * 12_000
	);
});

describe.skipIf(!postgres.available)(`on PostgreSQL${reason}`, () => {
	let database: PostgresDatabase;
	afterAll(() => database?.drop());

	it(
		TITLE(ROUNDS_ON_POSTGRES),
		async () => {
			database = await createPostgresDatabase();
			const seed = chosenSeed();
			console.log(`seed ${seed}`);
			expectNothingLost(await runKillLoop({ rounds: ROUNDS_ON_POSTGRES, seed, databaseUrl: database.url }));
		},
		ROUNDS_ON_POSTGRES * 12_000
	);
});
