// The campaigns, in the order in which `npm run endurance` runs them.
import { figuresOf as figuresOfConvergence, runConvergence } from '../convergence/campaign.ts';
import { figuresOf as figuresOfKills, runKillLoop } from '../durability/kill-loop.ts';
import { createPostgresDatabase, postgresAvailability } from '../support/postgres.ts';
import { chosenSeed } from '../support/random.ts';
import { Missing, type Campaign } from './campaign.ts';

export const CAMPAIGNS: Campaign[] = [
	{
		name: 'incidents',
		title: 'Arrêts brutaux, SQLite',
		run: (scale) => kills(100 * scale, null)
	},
	{
		name: 'incidents-postgres',
		title: 'Arrêts brutaux, PostgreSQL',
		async run(scale) {
			const postgres = await postgresAvailability();
			if (!postgres.available) throw new Missing(postgres.reason);
			const database = await createPostgresDatabase();
			try {
				return await kills(30 * scale, database.url);
			} finally {
				await database.drop();
			}
		}
	},
	{
		name: 'convergence',
		title: 'Convergence',
		async run(scale) {
			const runs = Math.ceil(1000 * scale);
			const outcomes = await runConvergence({ runs, operations: 200, seed: announcedSeed() });
			return figuresOfConvergence(outcomes, runs);
		}
	}
];

async function kills(count: number, databaseUrl: string | null) {
	const rounds = Math.ceil(count);
	const seed = announcedSeed();
	return figuresOfKills(await runKillLoop({ rounds, seed, databaseUrl }), rounds);
}

function announcedSeed(): number {
	const seed = chosenSeed();
	console.log(`  graine ${seed} (SEED=${seed} pour la rejouer)`);
	return seed;
}
