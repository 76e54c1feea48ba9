import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { migrations } from './migrations.ts';
import type { Schema } from './schema.ts';

export type Engine = 'sqlite' | 'postgres';
export type Database = Kysely<Schema>;
/** What an act that may run inside another's transaction takes. */
export type Queryable = Kysely<Schema> | Transaction<Schema>;

/** Bytes of a 64-bit integer come as text from PostgreSQL; ours (instants, clocks, row ids) all fit a double. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export interface DatabaseOptions {
	/** A PostgreSQL address; otherwise one SQLite file in `dataDir`. */
	databaseUrl: string | null;
	dataDir: string;
}

export function engineOf(options: DatabaseOptions): Engine {
	return options.databaseUrl ? 'postgres' : 'sqlite';
}

/** Opens the database without migrating it. SQLite: one write connection, WAL, every commit on the disk (FULL). */
export function openDatabase(options: DatabaseOptions): Database {
	mkdirSync(options.dataDir, { recursive: true });
	if (options.databaseUrl) {
		const pool = new pg.Pool({ connectionString: options.databaseUrl, max: 10 });
		// An idle connection that breaks is replaced by the pool; the queries under way report their own failure.
		pool.on('error', (error) => console.error(`PostgreSQL : connexion perdue (${error.message})`));
		return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
	}
	const file = new SQLite(join(options.dataDir, 'copacte.sqlite'));
	file.pragma('journal_mode = WAL');
	file.pragma('synchronous = FULL');
	file.pragma('foreign_keys = ON');
	file.pragma('secure_delete = ON');
	file.pragma('busy_timeout = 200');
	return new Kysely<Schema>({ dialect: new SqliteDialect({ database: file }) });
}

/** Brings the schema to this version; throws what failed, leaving the database as the last whole migration made it. */
export async function migrate(db: Database, engine: Engine): Promise<void> {
	const { error } = await new Migrator({ db, provider: migrations(engine) }).migrateToLatest();
	if (error) throw error;
}
