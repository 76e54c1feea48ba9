import { createHash } from 'node:crypto';
import { lstat, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocumentName, type DocumentName } from '#lib/documents/document.ts';
import { readUpdate } from './update-reader.ts';
import type { Write } from './write-queue.ts';

/** A change that came in and could not be stored: what the log needs of it. */
export type Unsaved = Omit<Write, 'update' | 'done'> & { update: Uint8Array };

export interface RecoveryFile {
	path: string;
	changes: Unsaved[];
	/** Lines that say nothing that the log could take. */
	unreadable: number;
}

const PREFIX = 'copacte-recuperation-';
const SUFFIX = '.jsonl';
const ONLY_US = 0o600;

/**
 * Writes what could not be stored beside the data, or in the system's temporary folder if that fails too; gives its path.
 * It is complete and on the disk, or not there under this name.
 */
export async function writeRecoveryFile(dataDir: string, changes: readonly Unsaved[], now: number): Promise<string> {
	const name = `${PREFIX}${markOf(dataDir)}-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}${SUFFIX}`;
	const text = changes.map((change) => `${JSON.stringify(lineOf(change))}\n`).join('');
	try {
		return await writeIn(dataDir, name, text);
	} catch {
		return writeIn(tmpdir(), name, text);
	}
}

/** What the processes before left of this data folder, the oldest first. */
export async function readRecoveryFiles(dataDir: string): Promise<RecoveryFile[]> {
	const beside = (await namesIn(dataDir)).map((name) => join(dataDir, name));
	const mark = `${PREFIX}${markOf(dataDir)}-`;
	const elsewhere = (await namesIn(tmpdir()))
		.filter((name) => name.startsWith(mark))
		.map((name) => join(tmpdir(), name));
	const files: RecoveryFile[] = [];
	for (const path of [...beside, ...elsewhere]) if (await isOurs(path)) files.push(await readOne(path));
	return files;
}

/** It is in the log. A file of which something could not be read is kept under another name. */
export async function endRecoveryFile({ path, unreadable }: RecoveryFile): Promise<void> {
	if (unreadable === 0) await rm(path, { force: true });
	else await rename(path, `${path}.incomplet`);
}

function lineOf({ update, ...change }: Unsaved) {
	return { ...change, update: Buffer.from(update).toString('base64') };
}

/** Tells apart the installations of one machine, in its temporary folder. */
function markOf(dataDir: string): string {
	return createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
}

async function writeIn(folder: string, name: string, text: string): Promise<string> {
	const path = join(folder, name);
	const partial = `${path}.partiel`;
	const file = await open(partial, 'wx', ONLY_US);
	try {
		await file.writeFile(text);
		await file.sync();
	} finally {
		await file.close();
	}
	await rename(partial, path);
	const directory = await open(folder);
	await directory.sync().finally(() => directory.close());
	return path;
}

async function namesIn(folder: string): Promise<string[]> {
	const names = await readdir(folder);
	return names.filter((name) => name.startsWith(PREFIX) && name.endsWith(SUFFIX)).sort();
}

/** Anyone may put a file in the temporary folder: only what this account alone could write is believed. */
async function isOurs(path: string): Promise<boolean> {
	const stats = await lstat(path);
	return stats.isFile() && stats.uid === process.getuid?.() && (stats.mode & 0o022) === 0;
}

async function readOne(path: string): Promise<RecoveryFile> {
	const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
	const changes = lines.map(changeOf).filter((change) => change !== null);
	return { path, changes, unreadable: lines.length - changes.length };
}

function changeOf(line: string): Unsaved | null {
	try {
		const { update, ...change } = JSON.parse(line) as Omit<Unsaved, 'update'> & { update: string };
		const data = new Uint8Array(Buffer.from(update, 'base64'));
		readUpdate(data);
		if (!parseDocumentName(change.document) || !Array.isArray(change.newClients)) return null;
		return { ...change, document: change.document as DocumentName, update: data };
	} catch {
		return null;
	}
}
