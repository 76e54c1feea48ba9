import { existsSync, readFileSync, statSync } from 'node:fs';
import { sql } from 'kysely';
import { counted } from '#lib/format.ts';
import { reasonOf } from '../collaboration/incident.ts';
import { knownMigrations } from './migrations.ts';
import { sqliteOf, sqlitePath, type Database, type Engine } from './open.ts';

/** A database that this version must leave as it is; the message is for who administers, in French. */
export class DatabaseRefused extends Error {}

/** Before the file is opened: what is missing beside it can still be seen. */
export function checkFiles(dataDir: string): void {
	const file = sqlitePath(dataDir);
	const [wal, shm] = [`${file}-wal`, `${file}-shm`];
	if (!existsSync(file) && existsSync(wal))
		throw new DatabaseRefused(
			`${file} manque, alors que son journal ${wal} est là : remettez-le, ou restaurez une sauvegarde.`
		);
	if (!existsSync(file)) return;
	if (existsSync(shm) && !existsSync(wal))
		console.error(`Base : ${wal} manque. Ce qui a été écrit juste avant le dernier arrêt peut manquer aussi.`);
	else if (existsSync(wal) && isCut(wal))
		console.error(`Base : la fin de ${wal} manque. La base reprend à la dernière écriture complète.`);
}

const WAL_HEADER = 32;
const FRAME_HEADER = 24;
const PAGE_SIZE_AT = 8;

/** A log of pages is a header and whole frames. */
function isCut(wal: string): boolean {
	const { size } = statSync(wal);
	if (size === 0) return false;
	if (size < WAL_HEADER) return true;
	const pageSize = readFileSync(wal).readUInt32BE(PAGE_SIZE_AT);
	return (size - WAL_HEADER) % (FRAME_HEADER + pageSize) !== 0;
}

/** A database that a later version has changed is refused before anything is written in it. */
export async function checkVersion(db: Database, engine: Engine): Promise<void> {
	const unknown = (await executedMigrations(db)).filter((name) => !knownMigrations(engine).includes(name));
	if (unknown.length > 0)
		throw new DatabaseRefused(
			`La base vient d’une version plus récente de Copacte (${unknown.join(', ')}) : remettez cette version, ou une sauvegarde d’avant la mise à jour. Rien n’a été modifié.`
		);
}

async function executedMigrations(db: Database): Promise<string[]> {
	const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
	if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
	const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
	return rows.map(({ name }) => name);
}

/** Pages that cannot be read are said; what they do not hold is served all the same. */
export function checkPages(db: Database): void {
	const problems = quickCheck(db);
	if (problems.length === 0) return;
	console.error(
		`Base : ${counted(problems.length, 'dommage')} dans le fichier. Les textes touchés ne s’ouvriront pas, les autres restent servis. Restaurez une sauvegarde dès que possible (npm run copacte -- restaurer FICHIER).\n  ${problems.slice(0, 5).join('\n  ')}`
	);
}

function quickCheck(db: Database): string[] {
	try {
		const rows = (sqliteOf(db)?.pragma('quick_check(20)') ?? []) as { quick_check: string }[];
		return rows.map(({ quick_check }) => quick_check).filter((line) => line !== 'ok');
	} catch (error) {
		return [reasonOf(error)]; // So damaged that the check itself does not come through.
	}
}
