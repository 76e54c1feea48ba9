import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '../../tests/support/app.ts';
import { backUp, finishBackup } from './backup.ts';
import { sqlitePath } from './open.ts';
import { restore } from './restore.ts';

let app: TestApp;
let folder: string;
let backup: string;
beforeAll(async () => {
	app = await openTestApp();
	folder = mkdtempSync(join(tmpdir(), 'copacte-restaurer-'));
	backup = join(folder, 'bonne.sqlite');
	await backUp(app.db, `${backup}.partiel`);
	finishBackup(`${backup}.partiel`, backup);
});
afterAll(async () => {
	await app.end();
	rmSync(folder, { recursive: true, force: true });
});

const NOW = Date.UTC(2026, 10, 21, 9, 30);

function dataDirWith(bytes: Buffer | null): string {
	const dataDir = mkdtempSync(join(folder, 'donnees-'));
	if (bytes) writeFileSync(sqlitePath(dataDir), bytes);
	return dataDir;
}

describe('R38. what is no backup is refused, and nothing changes', () => {
	test.each<[string, (whole: Buffer, path: string) => void, RegExp]>([
		['another file', (_whole, path) => writeFileSync(path, 'rien de bon'), /n’est pas une sauvegarde/],
		['an empty file', (_whole, path) => writeFileSync(path, ''), /n’est pas une sauvegarde/],
		[
			'half of a backup',
			(whole, path) => writeFileSync(path, whole.subarray(0, whole.length / 2)),
			/n’est pas une sauvegarde/
		],
		[
			'a later version’s',
			(whole, path) => {
				writeFileSync(path, whole);
				const file = new SQLite(path);
				file.exec(`insert into kysely_migration values ('0999_plus_tard', '2031-01-01')`);
				file.close();
			},
			/version plus récente/
		],
		['nothing', () => undefined, /n’existe pas/]
	])('%s', (_title, make, reason) => {
		const whole = readFileSync(backup);
		const bad = join(mkdtempSync(join(folder, 'mauvaise-')), 'x.sqlite');
		make(whole, bad);
		const dataDir = dataDirWith(whole);
		expect(() => restore(dataDir, bad, NOW)).toThrow(reason);
		expect(readFileSync(sqlitePath(dataDir)).equals(whole)).toBe(true);
		expect(readdirSync(dataDir)).toEqual(['copacte.sqlite']);
	});
});

test('R38. a damaged database is replaced all the same, and kept as it is', () => {
	const damaged = Buffer.from('abîmée '.repeat(2_000));
	const dataDir = dataDirWith(damaged);
	const { replaced } = restore(dataDir, backup, NOW);
	expect(replaced).toBe(join(dataDir, 'copacte-remplacee-2026-11-21T09-30-00.sqlite'));
	expect(readFileSync(replaced as string).equals(damaged)).toBe(true);
	expect(readdirSync(dataDir).sort()).toEqual(['copacte-remplacee-2026-11-21T09-30-00.sqlite', 'copacte.sqlite']);
	const file = new SQLite(sqlitePath(dataDir));
	expect(file.prepare('select valeur from reglages').pluck().all()).toEqual(['annoncee']);
	file.close();
});

test('R37. a backup that cannot be written leaves nothing behind', async () => {
	await expect(backUp(app.db, join(folder, 'nulle-part', 'x'))).rejects.toThrow(/n’a pas pu être écrite/);
});
