import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SQLite from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { DocumentName } from '#lib/documents/document.ts';
import { texteOf } from '#lib/fiches/fiche.ts';
import { applyStored, readOwners, readStored } from '#server/collaboration/update-log.ts';
import { openDatabase } from '#server/database/open.ts';
import { LiveClient } from '../support/live-client.ts';
import { LiveWorld, type Someone } from '../support/live-world.ts';
import { freePort, startServeur, type Serveur } from '../support/serveur.ts';

const PEOPLE = 60;
const MAIN = fileURLToPath(new URL('../../build/server/main.js', import.meta.url));

let dataDir: string;
let fiche: DocumentName;
let people: Someone[];
let serveur: Serveur | undefined;

beforeAll(async () => {
	const world = await LiveWorld.open();
	dataDir = world.dataDir;
	const pacte = await world.addPacte();
	fiche = pacte.fiche;
	people = [];
	for (let i = 0; i < PEOPLE; i++) people.push(await world.addSomeone(`Personne ${i}`, pacte.pacteId, 'redacteur'));
	await world.close();
});
const clients: LiveClient[] = [];
afterEach(async () => {
	for (const client of clients.splice(0)) client.close();
	await serveur?.kill9();
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function start(port?: number): Promise<Serveur> {
	return (serveur = await startServeur({ dataDir, port }));
}

function connect({ port }: Serveur, { cookie }: Someone, reconnect = false): LiveClient {
	const client = new LiveClient({ url: `ws://127.0.0.1:${port}/collaboration`, name: fiche, cookie, reconnect });
	clients.push(client);
	return client;
}

const textOf = (doc: Y.Doc) => texteOf(doc, 'echeance')?.toString() ?? '';

/** What is on the disk, read by another process than the one that wrote it. */
async function stored(): Promise<{ text: string; owners: Map<number, string | null> }> {
	const db = openDatabase({ databaseUrl: null, dataDir });
	const doc = new Y.Doc();
	applyStored(doc, (await readStored(db, fiche))!);
	const owners = await readOwners(db, fiche);
	await db.destroy();
	return { text: textOf(doc), owners };
}

/** Another program that holds the file: nothing can be stored. */
function lock(): () => void {
	const other = new SQLite(join(dataDir, 'copacte.sqlite'));
	other.exec('begin immediate');
	return () => other.close();
}

const filesLeft = () => readdirSync(dataDir).filter((name) => name.startsWith('copacte-recuperation-'));

it('R28. SIGTERM with 60 people writing: they are told, all that is acknowledged is there, and they come back by themselves', async () => {
	const { port } = await start();
	const all = people.map((someone) => connect(serveur!, someone, true));
	await Promise.all(all.map((client) => client.ready()));
	all.forEach((client, i) => texteOf(client.doc, 'echeance')?.insert(0, `<${i}>`));
	const closed = all.map((client) => client.until(() => client.closed !== null));
	const since = performance.now();
	expect(await serveur!.stop()).toBe(0);
	expect(performance.now() - since).toBeLessThan(10_000);
	await Promise.all(closed);
	const { text } = await stored();
	all.forEach((client, i) => client.acknowledged > 0 && expect(text).toContain(`<${i}>`));
	await start(port);
	await Promise.all(all.map((client) => client.saved()));
	await all[0]!.until(() => (textOf(all[0]!.doc).match(/</g) ?? []).length === PEOPLE);
	const words = textOf(all[0]!.doc).match(/<\d+>/g)!;
	expect(new Set(words).size).toBe(PEOPLE);
	await Promise.all(all.map((client) => client.until(() => textOf(client.doc) === textOf(all[0]!.doc))));
});

it.each([1, 2])(
	'R33. SIGTERM (sent %i times) while nothing can be stored ends within 10 s; the next start takes up what was typed',
	async (times) => {
		const { pid } = await start();
		const client = connect(serveur!, people[0]!);
		await client.ready();
		const unlock = lock();
		const word = `repris ${times} `;
		texteOf(client.doc, 'echeance')?.insert(0, word);
		await client.until(() => client.notes.some((note) => note.includes('"enPanne":true')));
		const since = performance.now();
		const stopped = serveur!.stop();
		const gone = client.until(() => client.closed !== null);
		if (times === 2) setTimeout(() => process.kill(pid, 'SIGTERM'), 1_200);
		expect(await stopped).toBe(1);
		expect(performance.now() - since).toBeLessThan(times === 2 ? 5_000 : 10_000);
		await gone;
		// Its author never comes back: the file alone has it.
		client.close();
		const [file] = filesLeft();
		expect(serveur!.output()).toContain(join(dataDir, file!));
		unlock();
		expect((await stored()).text).not.toContain(word);
		await start();
		const other = connect(serveur!, people[1]!);
		await other.until(() => textOf(other.doc).includes(word));
		await vi.waitFor(() => expect(serveur!.output()).toMatch(/Reprise : 1\smodification reprise/));
		expect(filesLeft()).toEqual([]);
		const { text, owners } = await stored();
		expect(text.split(word).length - 1).toBe(1);
		expect(owners.get(client.doc.clientID)).toBe(people[0]!.compteId);
	}
);

it('R28. SIGTERM during the start: it ends, and the next one is whole', async () => {
	const { PATH, HOME } = process.env;
	for (const milliseconds of [50, 200, 400, 600]) {
		const env = { PATH, HOME, HOST: '127.0.0.1', PORT: String(await freePort()), DATA_DIR: dataDir };
		const child = spawn(process.execPath, [MAIN], { env, stdio: 'ignore' });
		const gone = once(child, 'close');
		setTimeout(() => child.kill('SIGTERM'), milliseconds);
		await gone;
	}
	const before = (await stored()).text;
	await start();
	const client = connect(serveur!, people[2]!);
	await client.ready();
	expect(textOf(client.doc)).toBe(before);
});

it('R28. a fault that nobody foresaw ends the server as a stop does: all that came in is on the disk, and the code is 1', async () => {
	const fault = 'process.on("SIGUSR2", () => { void Promise.reject(new Error("imprévu")); })';
	const port = await freePort();
	const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fault)}` };
	serveur = await startServeur({ dataDir, port, env });
	const client = connect(serveur, people[0]!);
	await client.ready();
	texteOf(client.doc, 'echeance')?.insert(0, 'avant la faute ');
	await client.saved();
	process.kill(serveur.pid, 'SIGUSR2');
	await vi.waitFor(() => expect(serveur!.output()).toContain('Copacte est arrêté.'), { timeout: 10_000 });
	expect(await serveur.stop()).toBe(1);
	expect(serveur.output()).toContain('Erreur inattendue, Copacte s’arrête : Error: imprévu');
	expect((await stored()).text).toContain('avant la faute ');
});
