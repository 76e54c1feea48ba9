// The campaigns, in the order in which `npm run endurance` runs them.
import { figuresOf as figuresOfConvergence, runConvergence } from '../convergence/campaign.ts';
import { figuresOf as figuresOfKills, runKillLoop } from '../durability/kill-loop.ts';
import { createPostgresDatabase, postgresAvailability } from '../support/postgres.ts';
import { chosenSeed } from '../support/random.ts';
import { figuresOf as figuresOfFuzz, runExhaustive, runFuzz } from './fuzz/fuzz.ts';
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
	},
	{
		name: 'trames',
		title: 'Messages abîmés',
		async run(scale) {
			const frames = Math.ceil(20_000 * scale);
			const first = announcedSeed();
			const seeds = [0, 1, 2, 3, 4].map((next) => first + next);
			return figuresOfFuzz(await runFuzz({ seeds, frames }), frames * seeds.length);
		}
	},
	{
		name: 'trames-une-a-une',
		title: 'Messages coupés à chaque octet, inversés à chaque bit, en morceaux sans fin',
		async run() {
			return figuresOfFuzz(await runExhaustive(), 10_000);
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
