// One contract suite, on both engines.
import { afterAll, beforeAll, describe } from 'vitest';
import type { Engine } from '#server/database/open.ts';
import { LiveWorld } from './live-world.ts';
import { createPostgresDatabase, postgresAvailability, type PostgresDatabase } from './postgres.ts';

const postgres = await postgresAvailability();

type Suite = (world: () => LiveWorld, engine: Engine) => void;

/** Runs a suite on SQLite, and on PostgreSQL where there is one. The world is closed and removed after it. */
export function describeOnEachEngine(title: string, suite: Suite): void {
	describe(`${title} (SQLite)`, () => inAWorld('sqlite', () => LiveWorld.open(), suite));
	const reason = postgres.available ? '' : ` : ${postgres.reason}`;
	describe.skipIf(!postgres.available)(`${title} (PostgreSQL${reason})`, () => {
		let database: PostgresDatabase;
		// Hooks after a suite run last first: the world leaves before its database does.
		afterAll(() => database?.drop());
		inAWorld(
			'postgres',
			async () => {
				database = await createPostgresDatabase();
				return LiveWorld.open({ databaseUrl: database.url });
			},
			suite
		);
	});
}

function inAWorld(engine: Engine, open: () => Promise<LiveWorld>, suite: Suite): void {
	let world: LiveWorld;
	beforeAll(async () => {
		world = await open();
	});
	afterAll(() => world?.remove());
	suite(() => world, engine);
}
