// The backup and the restoration as people do them: the real server, the real command line.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SQLite from 'better-sqlite3';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { DocumentName } from '#lib/documents/document.ts';
import { texteOf } from '#lib/fiches/fiche.ts';
import { applyStored, readStored } from '#server/collaboration/update-log.ts';
import { openDatabase } from '#server/database/open.ts';
import { LiveClient } from '../support/live-client.ts';
import { LiveWorld, type Someone } from '../support/live-world.ts';
import { startServeur, type Serveur } from '../support/serveur.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WRITERS = 20;

const folder = mkdtempSync(join(tmpdir(), 'copacte-sauvegardes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let dataDir: string;
let fiche: DocumentName;
let people: Someone[];
let serveur: Serveur;
let backup: string;
let clients: LiveClient[];

beforeEach(async () => {
	const world = await LiveWorld.open();
	dataDir = world.dataDir;
	const pacte = await world.addPacte();
	fiche = pacte.fiche;
	people = [];
	for (let i = 0; i < WRITERS; i++) people.push(await world.addSomeone(`Personne ${i}`, pacte.pacteId, 'redacteur'));
	await world.close();
	serveur = await startServeur({ dataDir });
	clients = [];
	backup = join(folder, `${serveur.port}.sqlite`);
});
afterEach(async () => {
	for (const client of clients) client.close();
	await serveur.kill9();
	rmSync(dataDir, { recursive: true, force: true });
});

async function connect({ cookie }: Someone): Promise<LiveClient> {
	const url = `ws://127.0.0.1:${serveur.port}/collaboration`;
	const client = new LiveClient({ url, name: fiche, cookie, reconnect: true });
	clients.push(client);
	await client.ready();
	return client;
}

function copacte(...args: string[]): Promise<{ code: number | null; said: string }> {
	const { PATH, HOME } = process.env;
	const env = { PATH, HOME, DATA_DIR: dataDir };
	const child = spawn(process.execPath, ['server/cli.ts', ...args], { cwd: ROOT, env });
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (text: string) => (said += text));
	return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

const wordOf = (writer: number, edit: number) => `<${writer}:${edit}>`;
const textOf = (doc: Y.Doc) => texteOf(doc, 'echeance')?.toString() ?? '';
const write = (client: LiveClient, text: string) => texteOf(client.doc, 'echeance')?.insert(0, text);
const timesIn = (text: string, word: string) => text.split(word).length - 1;

async function textIn(path: string): Promise<string> {
	const place = mkdtempSync(join(folder, 'lu-'));
	writeFileSync(join(place, 'copacte.sqlite'), readFileSync(path));
	const db = openDatabase({ databaseUrl: null, dataDir: place });
	const doc = new Y.Doc();
	applyStored(doc, (await readStored(db, fiche))!);
	await db.destroy();
	return textOf(doc);
}

describe('R37. a backup is one file that holds everything acknowledged before it began', () => {
	it('made while 20 people write, it opens, is sound, and replaces nothing unless asked', async () => {
		const writers = await Promise.all(people.map(connect));
		let isWriting = true;
		const writing = writers.map(async (client, writer) => {
			while (isWriting) {
				write(client, wordOf(writer, client.edits));
				await new Promise((resolve) => setTimeout(resolve, 20));
			}
		});
		await Promise.all(writers.map((client) => client.until(() => client.acknowledged >= 5)));
		const promised = writers.map(({ acknowledged }) => acknowledged);
		const { code, said } = await copacte('sauvegarder', backup);
		expect([code, said]).toEqual([0, expect.stringContaining('Sauvegarde faite et vérifiée')]);
		isWriting = false;
		await Promise.all(writing);
		expect(readdirSync(folder).filter((name) => name.startsWith(`${serveur.port}`))).toEqual([
			`${serveur.port}.sqlite`
		]);
		expect(statSync(backup).mode & 0o077).toBe(0);
		const file = new SQLite(backup, { readonly: true });
		expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
		file.close();
		const text = await textIn(backup);
		promised.forEach((count, writer) => {
			for (let edit = 0; edit < count; edit++) expect(timesIn(text, wordOf(writer, edit))).toBe(1);
		});
		const before = readFileSync(backup);
		const again = await copacte('sauvegarder', backup);
		expect([again.code, again.said]).toEqual([1, expect.stringContaining('existe déjà')]);
		expect(readFileSync(backup).equals(before)).toBe(true);
	}, 60_000);
});

describe('R38. a restoration is checked, keeps what it replaces, and people bring back what came after the backup', () => {
	it('write, back up, write more, restore: nothing is doubled and the newer text returns', async () => {
		const [a, b, absent] = await Promise.all(people.slice(0, 3).map(connect));
		write(a!, '<avant>');
		await a!.saved();
		expect((await copacte('sauvegarder', backup)).code).toBe(0);
		write(a!, '<après A>');
		write(absent!, '<après absent>');
		await Promise.all([a!.saved(), absent!.saved()]);
		await b!.until(() => /après A.*après absent|après absent.*après A/.test(textOf(b!.doc)));
		write(b!, '<après B>');
		await b!.saved();
		absent!.close();

		const refused = await copacte('restaurer', backup);
		expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('arrêtez-le')]);
		expect(await serveur.stop()).toBe(0);
		const since = performance.now();
		const restored = await copacte('restaurer', backup);
		expect([restored.code, restored.said]).toEqual([0, expect.stringContaining('est restauré')]);
		expect(await textIn(join(dataDir, 'copacte.sqlite'))).toBe('<avant>');
		const kept = readdirSync(dataDir).find((name) => name.startsWith('copacte-remplacee-'));
		expect(await textIn(join(dataDir, kept!))).toContain('<après B>');

		await serveur.restart();
		console.log(`restored and serving again in ${Math.round(performance.now() - since)} ms`);
		await Promise.all([a!.saved(), b!.saved()]);
		const whole = (text: string) =>
			['<avant>', '<après A>', '<après B>', '<après absent>'].map((word) => timesIn(text, word));
		const late = await connect(people[4]!);
		await late.until(() => whole(textOf(late.doc)).every((times) => times === 1), 'all the text, once');
		await Promise.all([a!, b!].map((client) => client.until(() => textOf(client.doc) === textOf(late.doc))));
		const db = openDatabase({ databaseUrl: null, dataDir });
		// Whoever brought the absent person's words back did not write them, and the log says so.
		const brought = await db.selectFrom('mises_a_jour').select('compte_id').where('recupere', '=', 1).execute();
		expect(brought.length).toBeGreaterThan(0);
		expect(brought.map(({ compte_id }) => compte_id)).not.toContain(people[2]!.compteId);
		const acts = await db.selectFrom('journal').select('acte').execute();
		await db.destroy();
		expect(acts.map(({ acte }) => acte)).toContain('sauvegarde_restauree');
	}, 60_000);

	it('on an empty folder, from nothing but the backup', async () => {
		const [a] = await Promise.all(people.slice(0, 1).map(connect));
		write(a!, '<gardé>');
		await a!.saved();
		expect((await copacte('sauvegarder', backup)).code).toBe(0);
		await serveur.stop();
		rmSync(dataDir, { recursive: true });
		expect((await copacte('restaurer', backup)).code).toBe(0);
		expect(existsSync(join(dataDir, 'copacte.sqlite'))).toBe(true);
		await serveur.restart();
		expect(await copacte('recuperation', 'fermer')).toMatchObject({ code: 0 });
		const reader = await connect(people[5]!);
		expect(textOf(reader.doc)).toBe('<gardé>');
	}, 60_000);
});
