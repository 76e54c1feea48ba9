import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import { afterEach, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { DocumentName } from '#lib/documents/document.ts';
import { texteOf } from '#lib/fiches/fiche.ts';
import { LiveWorld } from '../../tests/support/live-world.ts';
import { sqlitePath } from '../database/open.ts';

const LONG = 'Ouvrir un lieu à Valmorin. '.repeat(2_000);
const textIn = (doc: Y.Doc) => texteOf(doc, 'echeance')?.toString() ?? '';

afterEach(() => vi.restoreAllMocks());

/** Where the last page that a document's snapshot flows over to stands in the file. */
function overflowPage(path: string, name: DocumentName): { at: number; size: number } {
	const file = new SQLite(path);
	const size = file.pragma('page_size', { simple: true }) as number;
	const bytes = file.prepare('select snapshot from documents where name = ?').pluck().get(name) as Buffer;
	const pages = file
		.prepare(`select pageno from dbstat where name = 'documents' and pagetype = 'overflow'`)
		.pluck()
		.all();
	file.close();
	const middle = bytes.subarray(bytes.length / 2, bytes.length / 2 + 64);
	const handle = openSync(path, 'r');
	const page = Buffer.alloc(size);
	const found = (pages as number[]).find((number) => {
		readSync(handle, page, 0, size, (number - 1) * size);
		return page.includes(middle);
	});
	closeSync(handle);
	return { at: ((found ?? 0) - 1) * size, size };
}

function writeAt(path: string, at: number, bytes: Buffer): Buffer {
	const handle = openSync(path, 'r+');
	const before = Buffer.alloc(bytes.length);
	readSync(handle, before, 0, bytes.length, at);
	writeSync(handle, bytes, 0, bytes.length, at);
	closeSync(handle);
	return before;
}

it('R40. a damaged page shuts the document that it holds and no other, replaces nothing, and all is there once it is mended', async () => {
	const first = await LiveWorld.open();
	const { dataDir } = first;
	const { pacteId, fiche } = await first.addPacte();
	const other = await first.addFiche(pacteId);
	const someone = await first.addSomeone('Amina', pacteId, 'redacteur');
	await first.collaboration.edit(fiche, (doc) => texteOf(doc, 'echeance')?.insert(0, LONG), null);
	await first.collaboration.edit(other, (doc) => texteOf(doc, 'echeance')?.insert(0, 'intact'), null);
	await first.close();

	const path = sqlitePath(dataDir);
	const { at, size } = overflowPage(path, fiche);
	// The link to the page after it: far outside the file.
	const good = writeAt(path, at, Buffer.from([0x7f, 0xff, 0xff, 0xff]));
	const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
	const second = await LiveWorld.open({ dataDir });
	const shut = second.client(someone, fiche);
	await shut.until(() => shut.denied !== null);
	expect([shut.denied, shut.synced]).toEqual([expect.stringMatching(/abîmé/), false]);
	const served = second.client(someone, other);
	await served.ready();
	texteOf(served.doc, 'echeance')?.insert(0, 'encore ');
	await served.saved();
	const { documents } = await second.collaboration.rebuild();
	expect(documents).toBe(2);
	await second.close();
	expect(said.mock.calls.flat().filter((line) => String(line).includes(fiche))).toHaveLength(1);
	expect(said.mock.calls.join()).not.toContain('Valmorin');

	writeAt(path, at, good);
	expect(size).toBeGreaterThan(0);
	const third = await LiveWorld.open({ dataDir });
	expect(await third.collaboration.read(fiche, textIn)).toBe(LONG);
	expect(await third.collaboration.read(other, textIn)).toBe('encore intact');
	await third.remove();
	rmSync(dataDir, { recursive: true, force: true });
});
