import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { DocumentName } from '#lib/documents/document.ts';
import { texteOf } from '#lib/fiches/fiche.ts';
import { applyStored, readStored } from '#server/collaboration/update-log.ts';
import { openDatabase } from '#server/database/open.ts';
import { LiveClient } from '../support/live-client.ts';
import { LiveWorld } from '../support/live-world.ts';
import { chosenSeed, randomFrom, type Random } from '../support/random.ts';
import { freePort } from '../support/serveur.ts';

const ROUNDS = 20;
const WRITERS = 4;
/** The longest that a round writes, in milliseconds; the shortest is none. */
const LONGEST_ROUND = 400;
const ENTRY = fileURLToPath(new URL('serveur.ts', import.meta.url));

let dataDir: string;
let fiche: DocumentName;
let port: number;
let child: ChildProcess | undefined;
let cookies: string[];

beforeAll(async () => {
	const world = await LiveWorld.open();
	dataDir = world.dataDir;
	const pacte = await world.addPacte();
	fiche = pacte.fiche;
	const people = Array.from({ length: WRITERS }, (_, i) =>
		world.addSomeone(`Rédacteur ${i}`, pacte.pacteId, 'redacteur')
	);
	cookies = (await Promise.all(people)).map(({ cookie }) => cookie);
	await world.close();
	port = await freePort();
});

afterAll(() => {
	child?.kill('SIGKILL');
	rmSync(dataDir, { recursive: true, force: true });
});

async function startServer(): Promise<void> {
	const { PATH, HOME } = process.env;
	const env = { PATH, HOME, PORT: String(port), DATA_DIR: dataDir };
	child = spawn(process.execPath, [ENTRY], { env, stdio: ['ignore', 'pipe', 'inherit'] });
	await once(child.stdout as NonNullable<ChildProcess['stdout']>, 'data');
}

async function killServer(): Promise<void> {
	const gone = once(child as ChildProcess, 'exit');
	child?.kill('SIGKILL');
	await gone;
}

/** What is on the disk, read by another process than the one that wrote it. */
async function storedText(): Promise<string> {
	const db = openDatabase({ databaseUrl: null, dataDir });
	try {
		const stored = await readStored(db, fiche);
		const doc = new Y.Doc();
		if (stored) applyStored(doc, stored);
		return texteOf(doc, 'echeance')?.toString() ?? '';
	} finally {
		await db.destroy();
	}
}

/** A word that is found again: who wrote it, and as which of their edits. */
function wordOf(writer: number, edit: number): string {
	return `${writer}:${edit};`;
}

/** One edit at a place between two words, chosen at random. */
function writeWord(client: LiveClient, writer: number, random: Random): void {
	const text = texteOf(client.doc, 'echeance') as Y.Text;
	const words = text.toString().split(';').slice(0, -1);
	const before = words.slice(0, random.int(words.length + 1));
	text.insert(
		before.reduce((length, word) => length + word.length + 1, 0),
		wordOf(writer, client.edits)
	);
}

/** How many times each word is there. */
function countWords(text: string): Map<string, number> {
	const counts = new Map<string, number>();
	for (const word of text.split(';').slice(0, -1)) counts.set(`${word};`, (counts.get(`${word};`) ?? 0) + 1);
	return counts;
}

/** The first edits of each writer are there, each once. */
function expectOnce(text: string, edits: readonly number[], when: string): void {
	const counts = countWords(text);
	edits.forEach((count, writer) => {
		for (let edit = 0; edit < count; edit++) {
			const word = wordOf(writer, edit);
			if (counts.get(word) !== 1) expect.fail(`${when}: ${word} is there ${counts.get(word) ?? 0} times`);
		}
	});
}

it(`R1. everything acknowledged is there after SIGKILL at random moments of ${ROUNDS} rounds, nothing twice, and all converge`, async () => {
	const seed = chosenSeed();
	console.log(`seed ${seed}`);
	const random = randomFrom(seed);
	await startServer();
	const url = `ws://127.0.0.1:${port}/collaboration`;
	const clients = cookies.map((cookie) => new LiveClient({ url, name: fiche, cookie, reconnect: true }));
	await Promise.all(clients.map((client) => client.ready()));
	let isWriting = true;
	const writers = clients.map(async (client, writer) => {
		while (isWriting) {
			writeWord(client, writer, random);
			// Sometimes everyone leaves: documents are unloaded, and killed while they are.
			if (random.chance(0.008)) clients.forEach((other) => other.cut());
			await pause(random.int(24));
		}
	});
	let acknowledged = 0;
	for (let round = 0; round < ROUNDS; round++) {
		await pause(random.int(LONGEST_ROUND));
		await killServer();
		const promised = clients.map((client) => client.acknowledged);
		const text = await storedText();
		expectOnce(text, promised, `round ${round}`);
		acknowledged = promised.reduce((sum, count) => sum + count, 0);
		await startServer();
		await clients[round % WRITERS]?.ready();
	}
	isWriting = false;
	await Promise.all(writers);
	await Promise.all(clients.map((client) => client.saved()));
	const edits = clients.reduce((sum, client) => sum + client.edits, 0);
	const isComplete = (client: LiveClient) => textOf(client).split(';').length - 1 === edits;
	await Promise.all(clients.map((client) => client.until(() => isComplete(client), 'all words')));
	const texts = new Set(clients.map(textOf));
	expect(texts.size).toBe(1);
	const everyEdit = clients.map((client) => client.edits);
	expectOnce([...texts][0] as string, everyEdit, 'at the end');
	clients.forEach((client) => client.close());
	await killServer();
	expect(texts).toContain(await storedText());
	expect(acknowledged).toBeGreaterThan(100);
	console.log(`${edits} edits, ${acknowledged} of them acknowledged before the last kill`);
}, 240_000);

function textOf(client: LiveClient): string {
	return texteOf(client.doc, 'echeance')?.toString() ?? '';
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
