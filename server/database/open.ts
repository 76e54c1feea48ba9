import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteAdapter, SqliteDialect, type Driver, type Transaction } from 'kysely';
import { Migrator, type MigrationProvider } from 'kysely/migration';
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
	if (options.databaseUrl)
		return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: poolOf(options.databaseUrl) }) });
	const file = new SQLite(sqlitePath(options.dataDir));
	file.pragma('journal_mode = WAL');
	file.pragma('synchronous = FULL');
	file.pragma('foreign_keys = ON');
	file.pragma('secure_delete = ON');
	// It holds the whole process: a lock that lasts longer is tried again by whoever writes.
	file.pragma('busy_timeout = 100');
	const db = new Kysely<Schema>({ dialect: new OurSqlite(file) });
	files.set(db, file);
	return db;
}

function poolOf(connectionString: string): pg.Pool {
	const pool = new pg.Pool({ connectionString, max: 10, keepAlive: true, connectionTimeoutMillis: 5_000 });
	// A connection that breaks is replaced, and the queries under way report their own failure. One that breaks in the
	// middle of a transaction, between two queries, has nobody to report to: unheard, it would end the process.
	pool.on('error', () => undefined);
	pool.on('connect', (client) => client.on('error', () => undefined));
	return pool;
}

class OurSqlite extends SqliteDialect {
	readonly #file: SQLite.Database;

	constructor(file: SQLite.Database) {
		super({ database: file });
		this.#file = file;
	}

	/** SQLite undoes a change of schema as it does any other, which its adapter does not say: all migrations, or none. */
	override createAdapter(): SqliteAdapter {
		return new TransactionalAdapter();
	}

	/** A disk that fails ends the transaction by itself: undoing it again would hide why behind « no transaction ». */
	override createDriver(): Driver {
		const driver = super.createDriver();
		const rollback = driver.rollbackTransaction.bind(driver);
		driver.rollbackTransaction = async (connection) => {
			if (this.#file.inTransaction) await rollback(connection);
		};
		return driver;
	}
}

class TransactionalAdapter extends SqliteAdapter {
	override get supportsTransactionalDdl(): boolean {
		return true;
	}
}

/** The file behind a database, for what only SQLite does; on PostgreSQL there is none. */
export function sqliteOf(db: Database): SQLite.Database | undefined {
	return files.get(db);
}

const files = new WeakMap<Database, SQLite.Database>();

export function sqlitePath(dataDir: string): string {
	return join(dataDir, 'copacte.sqlite');
}

/** Brings the schema to this version; throws what failed, leaving the database as it was. */
export async function migrate(db: Database, engine: Engine, provider: MigrationProvider = migrations(engine)) {
	const { error } = await new Migrator({ db, provider }).migrateToLatest();
	if (error) throw error;
}
