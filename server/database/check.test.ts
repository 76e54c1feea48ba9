import { spawnSync } from 'node:child_process';
import {
	closeSync,
	mkdtempSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	truncateSync,
	writeFileSync,
	writeSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { sql, type Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { closeApp, openApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { engines, openTestApp } from '../../tests/support/app.ts';
import { DatabaseRefused } from './check.ts';
import { migrations } from './migrations.ts';
import { migrate, openDatabase, sqlitePath } from './open.ts';

let dataDir: string;
let file: string;
let said: string[];
beforeEach(async () => {
	dataDir = mkdtempSync(join(tmpdir(), 'copacte-base-'));
	file = sqlitePath(dataDir);
	said = [];
	vi.spyOn(console, 'error').mockImplementation((line) => void said.push(String(line)));
	await start();
});
afterEach(() => {
	vi.restoreAllMocks();
	rmSync(dataDir, { recursive: true, force: true });
});

/** A start and an end of the app on this folder; gives the settings that it found. */
async function start(): Promise<string[]> {
	const app = await openApp(readConfig({ DATA_DIR: dataDir }));
	const rows = await app.db.selectFrom('reglages').select('cle').orderBy('cle').execute();
	await closeApp(app);
	return rows.map(({ cle }) => cle);
}

function inFile<T>(act: (db: SQLite.Database) => T): T {
	const db = new SQLite(file);
	try {
		return act(db);
	} finally {
		db.close();
	}
}

/** Writes settings and dies without closing, so that the log of pages stays beside the file. */
function dieAfterWriting(...keys: string[]): void {
	const script = `
		const SQLite = require('better-sqlite3');
		const db = new SQLite(process.argv[1]);
		for (const key of process.argv.slice(2)) db.prepare("insert into reglages values (?, 'x')").run(key);
		process.kill(process.pid, 'SIGKILL');`;
	const { signal } = spawnSync(process.execPath, ['-e', script, file, ...keys]);
	expect(signal).toBe('SIGKILL');
}

describe('R34. a database of a later version is refused in French, and nothing in it changes', () => {
	test('SQLite: not one byte', async () => {
		inFile((db) => db.exec(`insert into kysely_migration values ('0999_plus_tard', '2031-01-01')`));
		const before = readFileSync(file);
		await expect(start()).rejects.toThrow(/version plus récente de Copacte \(0999_plus_tard\)/);
		await expect(start()).rejects.toBeInstanceOf(DatabaseRefused);
		expect(readFileSync(file).equals(before)).toBe(true);
	});

	test('both engines', async () => {
		for (const { engine, missing } of await engines()) {
			if (missing) continue;
			const app = await openTestApp(engine);
			await sql`insert into kysely_migration values ('0999_plus_tard', '2031-01-01')`.execute(app.db);
			await expect(openApp(app.config)).rejects.toBeInstanceOf(DatabaseRefused);
			await app.end();
		}
	});
});

describe('R35. a migration is whole or not there: the version before still starts', () => {
	const withNext = (up: (db: Kysely<unknown>) => Promise<void>) => ({
		getMigrations: async () => ({ ...(await migrations('sqlite').getMigrations()), '0998_suivante': { up } })
	});

	test('one that fails in its middle', async () => {
		const db = openDatabase({ databaseUrl: null, dataDir });
		const half = withNext(async (db) => {
			await sql`create table a_moitie (id integer)`.execute(db);
			throw new Error('on purpose');
		});
		await expect(migrate(db, 'sqlite', half)).rejects.toThrow('on purpose');
		await db.destroy();
		expect(inFile((db) => db.prepare(`select name from sqlite_master where name = 'a_moitie'`).all())).toEqual([]);
		await start();
	});

	test('one during which the process is killed', async () => {
		const script = `
			import { sql } from 'kysely';
			import { migrate, openDatabase } from './server/database/open.ts';
			import { migrations } from './server/database/migrations.ts';
			const db = openDatabase({ databaseUrl: null, dataDir: process.argv[1] });
			await migrate(db, 'sqlite', {
				getMigrations: async () => ({
					...(await migrations('sqlite').getMigrations()),
					'0998_suivante': {
						up: async (db) => {
							await sql\`create table a_moitie (id integer)\`.execute(db);
							await sql\`delete from reglages\`.execute(db);
							process.kill(process.pid, 'SIGKILL');
						}
					}
				})
			});`;
		inFile((db) => db.exec(`insert into reglages values ('avant', 'x')`));
		const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script, dataDir]);
		expect(signal).toBe('SIGKILL');
		expect(await start()).toEqual(['avant']);
		expect(inFile((db) => db.prepare(`select name from sqlite_master where name = 'a_moitie'`).all())).toEqual([]);
	});
});

describe('R36. a damaged or incomplete file is said at the start', () => {
	test('a log of pages that lost its end opens at the last whole commit, and says so', async () => {
		dieAfterWriting('un', 'deux', 'trois');
		const { size } = statSync(`${file}-wal`);
		truncateSync(`${file}-wal`, size - 100);
		expect(await start()).toEqual(['deux', 'un']);
		expect(said.join()).toContain('La base reprend à la dernière écriture complète');
	});

	test('a log of pages that is missing: an earlier state, whole, and says so', async () => {
		dieAfterWriting('perdu');
		rmSync(`${file}-wal`);
		expect(await start()).toEqual([]);
		expect(said.join()).toContain('copacte.sqlite-wal manque');
	});

	test('after an ordinary kill nothing is missing, and nothing is said', async () => {
		dieAfterWriting('un', 'deux');
		expect(await start()).toEqual(['deux', 'un']);
		expect(said).toEqual([]);
	});

	test('a file that is gone while its log of pages is there is not replaced by an empty one', async () => {
		dieAfterWriting('un');
		renameSync(file, `${file}.ailleurs`);
		await expect(start()).rejects.toThrow(/copacte\.sqlite manque/);
		renameSync(`${file}.ailleurs`, file);
		expect(await start()).toEqual(['un']);
	});

	test('a damaged page does not keep the server from starting, and is said with what to do', async () => {
		inFile((db) => {
			db.pragma('journal_mode = DELETE');
			db.exec(
				`with recursive n(i) as (select 1 union all select i + 1 from n where i < 200) insert into journal (acte, detail, created_at) select 'pacte_cree', hex(randomblob(500)), i from n`
			);
		});
		const page = inFile((db) => db.prepare(`select max(pageno) from dbstat where name = 'journal'`).pluck().get());
		const handle = openSync(file, 'r+');
		writeSync(handle, Buffer.alloc(2_000, 0xff), 0, 2_000, ((page as number) - 1) * 4_096);
		closeSync(handle);
		const app = await openApp(readConfig({ DATA_DIR: dataDir }));
		expect(await app.db.selectFrom('comptes').select('id').execute()).toEqual([]);
		await closeApp(app);
		expect(said.join()).toMatch(/Base : \d+.dommages? dans le fichier[^]*restaurer FICHIER/);
	});

	test('a file that is no database is refused as it is', async () => {
		writeFileSync(file, 'Ceci n’est pas une base.'.repeat(1_000));
		const before = readFileSync(file);
		await expect(start()).rejects.toMatchObject({ code: 'SQLITE_NOTADB' });
		expect(readFileSync(file).equals(before)).toBe(true);
	});
});
