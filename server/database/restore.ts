import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { announceRecoveryIn } from '../collaboration/recovery-window.ts';
import { DomainError } from '../errors.ts';
import { isSound, openExisting, sync } from './backup.ts';
import { DatabaseRefused } from './check.ts';
import { knownMigrations } from './migrations.ts';
import { sqlitePath } from './open.ts';

/**
 * Puts a backup in place of the database of a stopped server. The backup is checked first, and the database that it
 * replaces is kept under a dated name. A failure, or a cut at any moment, leaves one or the other, whole.
 */
export function restore(dataDir: string, backup: string, now: number): { replaced: string | null } {
	if (!existsSync(backup)) throw new DomainError('introuvable', `${backup} n’existe pas.`);
	mkdirSync(dataDir, { recursive: true });
	const current = sqlitePath(dataDir);
	const next = join(dataDir, 'copacte.restauration');
	rmSync(next, { force: true });
	try {
		copyFileSync(backup, next);
		prepare(next, existsSync(current) ? current : null, now);
		sync(next);
		const replaced = setAside(current, now);
		renameSync(next, current);
		sync(dataDir);
		return { replaced };
	} finally {
		rmSync(next, { force: true });
	}
}

/** Checks the copy, takes over what the replaced database knows better, and announces the recovery. */
function prepare(next: string, current: string | null, now: number): void {
	const file = openExisting(next);
	try {
		refuseUnusable(file);
		file.pragma('journal_mode = DELETE');
		if (current !== null) takeOver(file, current);
		announceRecoveryIn(file);
		noteIn(file, now);
	} finally {
		file.close();
	}
}

function refuseUnusable(file: SQLite.Database): void {
	let names: string[];
	try {
		if (!isSound(file)) throw new Error('damaged');
		names = file.prepare('select name from kysely_migration').pluck().all() as string[];
	} catch {
		throw new DatabaseRefused('Ce fichier n’est pas une sauvegarde de Copacte, ou il est abîmé. Rien n’a été modifié.');
	}
	if (names.some((name) => !knownMigrations('sqlite').includes(name)))
		throw new DatabaseRefused('Cette sauvegarde vient d’une version plus récente de Copacte. Rien n’a été modifié.');
}

/**
 * From the replaced database, when it can be read: to whom client ids belong, so that people are known again by what they
 * bring back; and the sessions, so that they need not sign in and those who signed out stay so.
 */
function takeOver(file: SQLite.Database, current: string): void {
	try {
		file.prepare('attach ? as remplacee').run(current);
		file.transaction(() => {
			file.exec(`
				insert or ignore into auteurs (document, client_id, compte_id, created_at)
					select document, client_id, compte_id, created_at from remplacee.auteurs
					where document in (select name from documents);
				create temp table ouvertes as select id, compte_id, expires_at, created_at from remplacee.sessions;
				delete from sessions;
				insert into sessions (id, compte_id, expires_at, created_at)
					select id, compte_id, expires_at, created_at from ouvertes where compte_id in (select id from comptes);
			`);
		})();
	} catch (error) {
		console.error(`La base remplacée ne peut pas être lue (${(error as Error).message}) : rien n’en est repris.`);
	} finally {
		try {
			file.exec('detach remplacee');
		} catch {
			// It was never attached.
		}
	}
}

function noteIn(file: SQLite.Database, now: number): void {
	file.prepare(`insert into journal (acte, detail, created_at) values ('sauvegarde_restauree', '{}', ?)`).run(now);
}

/** Under a dated name, with what stands beside it if that could not be folded in. Gives the name; null: there was none. */
function setAside(current: string, now: number): string | null {
	if (!existsSync(current)) return null;
	const date = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
	const replaced = current.replace(/\.sqlite$/, `-remplacee-${date}.sqlite`);
	foldLog(current);
	// A log that stayed must not be taken for the new database's.
	for (const beside of ['-wal', '-shm'])
		if (existsSync(current + beside)) renameSync(current + beside, replaced + beside);
	linkSync(current, replaced);
	return replaced;
}

/** The last connection that closes leaves one file. */
function foldLog(current: string): void {
	try {
		const file = new SQLite(current, { fileMustExist: true });
		file.pragma('wal_checkpoint(TRUNCATE)');
		file.close();
	} catch {
		// A damaged database is kept as it is.
	}
}
