import { Client } from 'pg';
import { expect, test } from 'vitest';
import { createPostgresDatabase, postgresAvailability } from './postgres.ts';

const postgres = await postgresAvailability();

test('a throwaway database is new, its own, and gone afterwards', async (context) => {
	if (!postgres.available) return context.skip(postgres.reason);
	const database = await createPostgresDatabase();
	const client = new Client({ connectionString: database.url });
	await client.connect();
	const { rows } = await client.query('select current_database() as name');
	expect(rows[0].name).toBe(new URL(database.url).pathname.slice(1));
	await client.end();

	await database.drop();
	await expect(new Client({ connectionString: database.url }).connect()).rejects.toMatchObject({ code: '3D000' });
});
