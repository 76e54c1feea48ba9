// A PostgreSQL database to throw away, where there is a PostgreSQL.
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** Tried in this order: what the environment names, else a server of this machine that trusts its own people. */
function candidates(): string[] {
	const { TEST_DATABASE_URL } = process.env;
	if (TEST_DATABASE_URL) return [TEST_DATABASE_URL];
	return ['postgres://postgres@127.0.0.1:5432/postgres', 'postgres://root@127.0.0.1:5432/postgres'];
}

export interface PostgresDatabase {
	url: string;
	/** Ends its connections and removes it. */
	drop(): Promise<void>;
}

export type PostgresAvailability = { available: true } | { available: false; reason: string };

let found: Promise<{ admin: string } | { reason: string }> | undefined;

/**
 * Whether contract suites can run on PostgreSQL here. Where they must (COPACTE_CI=1), its absence is an error and not a skip.
 *
 * @example
 * const postgres = await postgresAvailability();
 * describe.skipIf(!postgres.available)(`on PostgreSQL${postgres.available ? '' : ` (${postgres.reason})`}`, () => { … });
 */
export async function postgresAvailability(): Promise<PostgresAvailability> {
	const server = await (found ??= findServer());
	if ('admin' in server) return { available: true };
	if (process.env.COPACTE_CI) throw new Error(`PostgreSQL is required here: ${server.reason}`);
	return { available: false, reason: server.reason };
}

/** A new empty database, under a name of its own; call `drop()` when the test file ends. */
export async function createPostgresDatabase(): Promise<PostgresDatabase> {
	const server = await (found ??= findServer());
	if ('reason' in server) throw new Error(server.reason);
	const name = `copacte_test_${randomBytes(6).toString('hex')}`;
	await run(server.admin, `create database ${name} template template0 encoding 'UTF8'`);
	const url = new URL(server.admin);
	url.pathname = `/${name}`;
	return { url: url.href, drop: () => run(server.admin, `drop database if exists ${name} with (force)`) };
}

async function findServer(): Promise<{ admin: string } | { reason: string }> {
	let reason = '';
	for (const admin of candidates()) {
		try {
			await run(admin, 'select 1');
			return { admin };
		} catch (error) {
			reason = `PostgreSQL ne répond pas à l’adresse ${withoutPassword(admin)} : ${messageOf(error)}`;
		}
	}
	return { reason };
}

async function run(url: string, sql: string): Promise<void> {
	const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
	await client.connect();
	try {
		await client.query(sql);
	} finally {
		await client.end();
	}
}

function withoutPassword(address: string): string {
	const url = new URL(address);
	url.password = '';
	return url.href;
}

function messageOf(error: unknown): string {
	if (error instanceof AggregateError) return error.errors.map(messageOf).join(', ');
	return error instanceof Error ? error.message : String(error);
}
