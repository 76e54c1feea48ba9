import { appendFileSync, chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { endRecoveryFile, readRecoveryFiles, writeRecoveryFile, type Unsaved } from './recovery-file.ts';

let dataDir: string;
const left: string[] = [];
beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'copacte-recuperation-test-'));
});
afterEach(() => {
	rmSync(dataDir, { recursive: true, force: true });
	for (const path of left.splice(0)) rmSync(path, { force: true });
});

function change(text: string): Unsaved {
	const doc = new Y.Doc();
	doc.getText('t').insert(0, text);
	const update = Y.encodeStateAsUpdate(doc);
	const author = { compteId: 'amina', owner: 'amina', newClients: [doc.clientID] };
	return { document: 'fiche.haute-riviere', pacteId: 'pacte', recovered: false, ...author, update };
}

const write = async (...changes: Unsaved[]) => {
	const path = await writeRecoveryFile(dataDir, changes, Date.UTC(2026, 10, 21));
	left.push(path, `${path}.incomplet`);
	return path;
};

test('R33. what could not be stored is read again as it was: its words, its author, its client ids', async () => {
	const changes = [change('un'), change('deux')];
	const path = await write(...changes);
	expect(path.startsWith(dataDir)).toBe(true);
	expect(statSync(path).mode & 0o777).toBe(0o600);
	expect(await readRecoveryFiles(dataDir)).toEqual([{ path, changes, unreadable: 0 }]);
});

test('R33. it goes once it is in the log; one of which a line cannot be read is kept under another name', async () => {
	const path = await write(change('un'));
	appendFileSync(path, '{"document":"fiche.haute-riviere","newClients":[],"update":"BwcH"}\n{"docu');
	const [file] = await readRecoveryFiles(dataDir);
	expect([file?.changes.length, file?.unreadable]).toEqual([1, 2]);
	await endRecoveryFile(file!);
	expect(readdirSync(dataDir)).toEqual([expect.stringMatching(/\.jsonl\.incomplet$/)]);
	expect(await readRecoveryFiles(dataDir)).toEqual([]);
	await endRecoveryFile(
		(await readRecoveryFiles(dataDir))[0] ?? { path: await write(change('x')), changes: [], unreadable: 0 }
	);
	expect(await readRecoveryFiles(dataDir)).toEqual([]);
});

test('R33. when the data folder takes nothing it goes to the temporary folder, and only this installation finds it there', async () => {
	const file = join(dataDir, 'ni-dossier');
	writeFileSync(file, '');
	const path = await writeRecoveryFile(file, [change('un')], 0);
	left.push(path);
	expect(path.startsWith(dataDir)).toBe(false);
	expect(await readRecoveryFiles(dataDir)).toEqual([]);
	rmSync(file);
	const folder = mkdtempSync(join(tmpdir(), 'copacte-autre-'));
	left.push(folder);
	expect((await readRecoveryFiles(folder)).length).toBe(0);
	rmSync(folder, { recursive: true });
});

test('R33. a file that others could have written is not believed', async () => {
	const path = await write(change('faux'));
	chmodSync(path, 0o666);
	expect(await readRecoveryFiles(dataDir)).toEqual([]);
});
