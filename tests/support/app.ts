// An app on a database of its own, without a server: for acts and queries, on both engines.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeApp, openApp, type App } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import type { Engine } from '../../server/database/open.ts';
import { createPostgresDatabase, postgresAvailability } from './postgres.ts';

/** Saturday 21 November 2026, noon in Paris. */
export const MIDI = Date.UTC(2026, 10, 21, 11);

export interface TestApp extends App {
	/** Moves the clock of this app. */
	advance(milliseconds: number): void;
	dataDir: string;
	/** Empties it, between two tests of one file. */
	clear(): Promise<void>;
	/** Closes it and removes its data. */
	end(): Promise<void>;
}

/** Opens an empty app whose clock stands still until it is moved. */
export async function openTestApp(engine: Engine = 'sqlite'): Promise<TestApp> {
	const dataDir = mkdtempSync(join(tmpdir(), 'copacte-app-'));
	const postgres = engine === 'postgres' ? await createPostgresDatabase() : null;
	let instant = MIDI;
	const config = readConfig({ DATA_DIR: dataDir, ...(postgres && { DATABASE_URL: postgres.url }) });
	const app = await openApp(config, { now: () => instant });
	return {
		...app,
		dataDir,
		async clear() {
			// What hangs on these goes with them.
			for (const table of [
				'comptes',
				'pactes',
				'essais_de_connexion',
				'liens',
				'journal',
				'reglages',
				'quarantaine'
			] as const)
				await app.db.deleteFrom(table).execute();
		},
		advance: (milliseconds) => {
			instant += milliseconds;
		},
		async end() {
			await closeApp(app);
			await postgres?.drop();
			rmSync(dataDir, { recursive: true, force: true });
		}
	};
}

/** What a contract suite runs on here; `missing` says why it is skipped on PostgreSQL, where there is none. */
export async function engines(): Promise<{ engine: Engine; missing: string | null }[]> {
	const postgres = await postgresAvailability();
	return [
		{ engine: 'sqlite', missing: null },
		{ engine: 'postgres', missing: postgres.available ? null : postgres.reason }
	];
}
