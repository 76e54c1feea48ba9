import { chmodSync, closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import SQLite from 'better-sqlite3';
import { DomainError } from '../errors.ts';
import { sqliteOf, sqlitePath, type Database } from './open.ts';

const ONLY_US = 0o600;

/** Copies the whole database to a file while people write: at least everything that was acknowledged before it began. */
export async function backUp(db: Database, path: string): Promise<void> {
	const file = sqliteOf(db);
	if (!file) throw new DomainError('invalide', 'La base est dans PostgreSQL : sauvegardez-la avec pg_dump.');
	await copy(file, path);
}

/** The same on a stopped server, whichever version wrote the database. */
export async function backUpStopped(dataDir: string, path: string): Promise<void> {
	const file = openExisting(sqlitePath(dataDir));
	try {
		await copy(file, path);
	} finally {
		file.close();
	}
}

async function copy(file: SQLite.Database, path: string): Promise<void> {
	rmSync(path, { force: true });
	try {
		closeSync(openSync(path, 'wx', ONLY_US));
		await file.backup(path);
	} catch (error) {
		rmSync(path, { force: true });
		throw new DomainError('invalide', `La sauvegarde n’a pas pu être écrite (${(error as Error).message}).`);
	}
}

/** Checks a backup and puts it in its place, as one file and on the disk; gives its size in bytes. */
export function finishBackup(partial: string, path: string): number {
	try {
		const file = openExisting(partial);
		// Without it, opening the backup would need to write beside it.
		file.pragma('journal_mode = DELETE');
		const sound = isSound(file);
		file.close();
		if (!sound)
			throw new DomainError('invalide', 'La sauvegarde est abîmée, comme la base elle-même : rien n’est gardé.');
		sync(partial);
		chmodSync(partial, ONLY_US);
		renameSync(partial, path);
		sync(dirname(path));
		return statSync(path).size;
	} finally {
		rmSync(partial, { force: true });
	}
}

export function openExisting(path: string): SQLite.Database {
	try {
		return new SQLite(path, { fileMustExist: true });
	} catch {
		throw new DomainError('introuvable', `${path} n’existe pas ou ne peut pas être lu.`);
	}
}

export function isSound(file: SQLite.Database): boolean {
	return file.pragma('integrity_check', { simple: true }) === 'ok';
}

/** A file or a folder reaches the disk. */
export function sync(path: string): void {
	const handle = openSync(path, 'r');
	fsyncSync(handle);
	closeSync(handle);
}
