import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openDatabase } from './open.ts';

test('a transaction that the disk ended by itself says why, and the next one works', async () => {
	const dataDir = mkdtempSync(join(tmpdir(), 'copacte-base-'));
	const db = openDatabase({ databaseUrl: null, dataDir });
	await sql`create table feuilles (texte text)`.execute(db);
	await sql`insert into feuilles values ('avant')`.execute(db);
	const failing = db.transaction().execute(async (trx) => {
		await sql`insert into feuilles values ('pendant')`.execute(trx);
		// As SQLite does by itself when the disk fails.
		await sql`rollback`.execute(trx);
		throw new Error('disk I/O error');
	});
	await expect(failing).rejects.toThrow('disk I/O error');
	await db.transaction().execute((trx) => sql`insert into feuilles values ('après')`.execute(trx));
	const { rows } = await sql<{ texte: string }>`select texte from feuilles`.execute(db);
	expect(rows).toEqual([{ texte: 'avant' }, { texte: 'après' }]);
	await db.destroy();
	rmSync(dataDir, { recursive: true });
});
