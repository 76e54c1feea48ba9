// The ways in which a store fails under a world, and is mended.
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { sql } from 'kysely';
import type { LiveWorld } from './live-world.ts';

/** Makes the store fail; gives what mends it. */
export type Failure = (world: LiveWorld) => Promise<() => Promise<unknown>>;

const pragma = (world: LiveWorld, text: string) => sql.raw(`pragma ${text}`).execute(world.db);

export const fullDisk: Failure = async (world) => {
	const { rows } = (await pragma(world, 'page_count')) as { rows: { page_count: number }[] };
	await pragma(world, `max_page_count = ${rows[0]?.page_count}`);
	return () => pragma(world, 'max_page_count = 1073741823');
};

export const readOnly: Failure = async (world) => {
	await pragma(world, 'query_only = 1');
	return () => pragma(world, 'query_only = 0');
};

/** Another program holds the file. */
export const locked: Failure = async ({ dataDir }) => {
	const other = new SQLite(join(dataDir, 'copacte.sqlite'));
	other.exec('begin immediate');
	return async () => other.close();
};

/** A commit that fails after its rows were taken, as a failing fsync makes it. */
export const failingCommit: Failure = async ({ db }) => {
	await sql`create table impossible (x references sessions(id) deferrable initially deferred)`.execute(db);
	const body = sql`begin insert into impossible values ('nulle part'); end`;
	await sql`create trigger commit_impossible after insert on mises_a_jour ${body}`.execute(db);
	return () => sql`drop trigger commit_impossible`.execute(db);
};

/** What people are told, and that it is over. */
export const TOLD = JSON.stringify({ type: 'stockage', enPanne: true });
export const OVER = JSON.stringify({ type: 'stockage', enPanne: false });
