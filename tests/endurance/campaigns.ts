// The campaigns, in the order in which `npm run endurance` runs them.
import { fileURLToPath } from 'node:url';
import { playwright } from '../../scripts/test/steps.ts';
import { figuresOf as figuresOfConvergence, runConvergence } from '../convergence/campaign.ts';
import { figuresOf as figuresOfKills, runKillLoop } from '../durability/kill-loop.ts';
import { failingCommit, fullDisk, locked, readOnly } from '../support/failing-store.ts';
import { createPostgresDatabase, postgresAvailability } from '../support/postgres.ts';
import { chosenSeed } from '../support/random.ts';
import { openRelay } from '../support/relay.ts';
import { figuresOf as figuresOfFuzz, runExhaustive, runFuzz } from './fuzz/fuzz.ts';
import { figuresOf as figuresOfSoak, runSoak } from './soak/soak.ts';
import { figuresOf as figuresOfOutages, runOutage } from './pannes/pannes.ts';
import { Missing, none, type Campaign, type Figure } from './campaign.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

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
	},
	{
		name: 'duree',
		title: 'Longue durée, resserrée',
		async run(scale) {
			const wanted = { joins: Math.ceil(1_000 * scale), edits: Math.ceil(2_000_000 * scale), seed: announcedSeed() };
			return figuresOfSoak(await runSoak(wanted), wanted);
		}
	},
	{
		name: 'pannes',
		title: 'Base qui n’enregistre plus, SQLite',
		async run(scale) {
			const seconds = 10 * scale;
			return figuresOfOutages([
				await runOutage({ title: 'disque plein', fail: fullDisk, seconds }),
				await runOutage({ title: 'base en lecture seule', fail: readOnly, seconds }),
				await runOutage({ title: 'base tenue par un autre programme', fail: locked, seconds }),
				await runOutage({ title: 'écriture refusée par le disque', fail: failingCommit, seconds })
			]);
		}
	},
	{
		name: 'pannes-postgres',
		title: 'Base qui n’enregistre plus, PostgreSQL',
		async run(scale) {
			const seconds = 60 * scale;
			return figuresOfOutages([
				await outageOfPostgres('PostgreSQL parti', 'cut', seconds),
				await outageOfPostgres('PostgreSQL muet', 'freeze', seconds)
			]);
		}
	},
	{
		name: 'retours',
		title: 'Retour du travail d’une personne, dans un navigateur',
		run: (scale) => journeys('tests/journeys/reseau.spec.ts', scale)
	},
	{
		name: 'redaction',
		title: 'Huit personnes dans une section, dont une coupée du réseau dix minutes',
		run: (scale) => journeys('tests/journeys/diagnostic-a-huit.spec.ts', scale)
	},
	{
		name: 'seance',
		title: 'Un world café, dont une table coupée du réseau dix minutes',
		run: (scale) => journeys('tests/journeys/world-cafe.spec.ts', scale)
	}
];

async function kills(count: number, databaseUrl: string | null) {
	const rounds = Math.ceil(count);
	const seed = announcedSeed();
	return figuresOfKills(await runKillLoop({ rounds, seed, databaseUrl }), rounds);
}

/** A relay stands between the server and PostgreSQL, and fails. */
async function outageOfPostgres(title: string, how: 'cut' | 'freeze', seconds: number) {
	const postgres = await postgresAvailability();
	if (!postgres.available) throw new Missing(postgres.reason);
	const database = await createPostgresDatabase();
	const url = new URL(database.url);
	const relay = await openRelay(url.hostname, Number(url.port || 5432));
	url.hostname = '127.0.0.1';
	url.port = String(relay.port);
	try {
		const fail = async () => {
			relay[how]();
			return async () => relay.mend();
		};
		return await runOutage({ title, fail, seconds, databaseUrl: url.href });
	} finally {
		await relay.close();
		await database.drop();
	}
}

/** Journeys of people whose devices sleep and whose networks fail; at full length they take the real waits. */
async function journeys(file: string, scale: number): Promise<Figure[]> {
	if (scale === 1) process.env.COPACTE_ENDURANCE = '1';
	const { passed, failed } = await playwright([file]).run(ROOT);
	return [none(`parcours où quelque chose manque (${passed} parcours réussis)`, failed.length)];
}

function announcedSeed(): number {
	const seed = chosenSeed();
	console.log(`  graine ${seed} (SEED=${seed} pour la rejouer)`);
	return seed;
}
