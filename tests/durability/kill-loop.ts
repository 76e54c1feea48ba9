// SIGKILL at random moments of everything that the server does, while people write.
import { rmSync } from 'node:fs';
import * as Y from 'yjs';
import type { DocumentName } from '#lib/documents/document.ts';
import { texteOf } from '#lib/fiches/fiche.ts';
import { appendRows, applyStored, readStored } from '#server/collaboration/update-log.ts';
import { openDatabase, type Database } from '#server/database/open.ts';
import { atLeast, none, type Figure } from '../endurance/campaign.ts';
import { LiveClient } from '../support/live-client.ts';
import { PHASES, startLiveProcess, type Death, type LiveProcess, type Phase } from '../support/live-process.ts';
import { LiveWorld } from '../support/live-world.ts';
import { randomFrom, type Random } from '../support/random.ts';
import { judge, wordsIn, writeWord } from './words.ts';

export interface KillLoopOptions {
	rounds: number;
	seed: number;
	databaseUrl?: string | null;
	/** 4 to 8; chosen from the seed by default. */
	writers?: number;
	documents?: number;
}

export interface KillLoopOutcome {
	/** In which phase each SIGKILL fell; those at any moment come from outside. */
	kills: Record<Phase | 'n’importe quand', number>;
	writers: number;
	edits: number;
	/** Acknowledged before the last kill. */
	acknowledged: number;
	lost: string[];
	doubled: string[];
	/** Documents that are not the same for everyone at the end. */
	divergent: number;
}

/** What is left when the process that made it is gone. */
interface World {
	dataDir: string;
	names: DocumentName[];
	cookies: string[];
}

/** Rows that a document which nobody opened for long has to load. */
const COLD_ROWS = 2_000;
/** So that a compaction is due within a round. */
const ROWS_PER_SNAPSHOT = 12;
const LONGEST_PAUSE_BETWEEN_EDITS = 50;
const LONGEST_ROUND = 400;
/** A death that was ordered and did not come in time is given from outside. */
const PATIENCE = 5_000;
/** How long each takes at most, more or less, in milliseconds. */
const LASTS: Record<Phase, number> = { chargement: 40, écriture: 2, compaction: 6, déchargement: 6 };

export async function runKillLoop(options: KillLoopOptions): Promise<KillLoopOutcome> {
	const loop = await KillLoop.prepare(options);
	try {
		return await loop.run();
	} finally {
		await loop.end();
	}
}

export function figuresOf(outcome: KillLoopOutcome, rounds: number): Figure[] {
	const { kills, lost, doubled, divergent, edits, acknowledged, writers } = outcome;
	const all = Object.values(kills).reduce((sum, count) => sum + count, 0);
	return [
		none(`modifications acquittées puis perdues (${acknowledged} acquittées, ${edits} écrites)`, lost.length),
		none(`modifications présentes deux fois (${writers} personnes)`, doubled.length),
		none('documents qui diffèrent à la fin', divergent),
		atLeast('arrêts par SIGKILL', all, rounds),
		...PHASES.map((phase) => atLeast(`arrêts pendant ${phase}`, kills[phase], Math.floor(rounds / 8)))
	];
}

class KillLoop {
	readonly #options: KillLoopOptions;
	readonly #random: Random;
	readonly #world: World;
	readonly #outcome: KillLoopOutcome;
	/** By document, then by writer. */
	readonly #clients: LiveClient[][] = [];
	/** How many rows were put into the log of each document while the server was away. */
	readonly #cold = new Map<DocumentName, number>();
	#server: LiveProcess | null = null;
	#isWriting = true;

	static async prepare(options: KillLoopOptions): Promise<KillLoop> {
		const random = randomFrom(options.seed);
		const writers = options.writers ?? 4 + random.int(5);
		const world = await LiveWorld.open({ databaseUrl: options.databaseUrl });
		const pacte = await world.addPacte();
		const names = [pacte.fiche];
		while (names.length < (options.documents ?? 3)) names.push(await world.addFiche(pacte.pacteId));
		const people = Array.from({ length: writers }, (_, i) =>
			world.addSomeone(`Rédacteur ${i}`, pacte.pacteId, 'redacteur')
		);
		const cookies = (await Promise.all(people)).map(({ cookie }) => cookie);
		await world.close();
		return new KillLoop(options, random, { dataDir: world.dataDir, names, cookies });
	}

	private constructor(options: KillLoopOptions, random: Random, world: World) {
		this.#options = options;
		this.#random = random;
		this.#world = world;
		this.#outcome = {
			kills: { chargement: 0, écriture: 0, compaction: 0, déchargement: 0, 'n’importe quand': 0 },
			writers: world.cookies.length,
			edits: 0,
			acknowledged: 0,
			lost: [],
			doubled: [],
			divergent: 0
		};
	}

	async run(): Promise<KillLoopOutcome> {
		await this.#start();
		await this.#everyoneComes();
		const writing = this.#world.cookies.map((_, writer) => this.#write(writer));
		for (let round = 0; round < this.#options.rounds; round++) {
			await this.#round(
				[...PHASES, 'n’importe quand' as const][round % (PHASES.length + 1)] as Phase | 'n’importe quand'
			);
			await this.#compareWithDisk();
			if (!this.#server?.isAlive) await this.#start();
			for (const clients of this.#clients) for (const client of clients) client.connect();
			await this.#clients[round % this.#clients.length]?.[round % this.#outcome.writers]?.ready();
		}
		this.#isWriting = false;
		await Promise.all(writing);
		await this.#compareEveryone();
		return this.#outcome;
	}

	async end(): Promise<void> {
		this.#isWriting = false;
		for (const clients of this.#clients) for (const client of clients) client.close();
		await this.#server?.kill();
		rmSync(this.#world.dataDir, { recursive: true, force: true });
	}

	async #start(death?: Death): Promise<void> {
		const { dataDir } = this.#world;
		const { databaseUrl } = this.#options;
		const port = this.#server?.port;
		this.#server = await startLiveProcess({ dataDir, databaseUrl, port, rowsPerSnapshot: ROWS_PER_SNAPSHOT, death });
	}

	async #everyoneComes(): Promise<void> {
		const { names, cookies } = this.#world;
		const url = this.#server?.url as string;
		for (const name of names)
			this.#clients.push(cookies.map((cookie) => new LiveClient({ url, name, cookie, reconnect: true })));
		await Promise.all(this.#clients.flat().map((client) => client.ready()));
	}

	async #write(writer: number): Promise<void> {
		while (this.#isWriting) {
			const clients = this.#random.pick(this.#clients) as LiveClient[];
			writeWord(clients[writer] as LiveClient, writer, this.#random);
			await pause(this.#random.int(LONGEST_PAUSE_BETWEEN_EDITS));
		}
	}

	/** One SIGKILL. */
	async #round(phase: Phase | 'n’importe quand'): Promise<void> {
		switch (phase) {
			case 'n’importe quand':
				await pause(this.#random.int(LONGEST_ROUND));
				return this.#kill();
			case 'chargement':
				if (this.#server?.isAlive) await this.#kill();
				await this.#letGrowCold();
				await this.#start(this.#deathIn(phase, this.#world.names.length));
				return this.#awaitDeath(phase);
			case 'déchargement':
				return this.#killWhileUnloading();
			case 'écriture':
			case 'compaction':
				await this.#server?.order(this.#deathIn(phase, phase === 'écriture' ? 30 : 3));
				return this.#awaitDeath(phase);
			default:
				return phase satisfies never;
		}
	}

	/** Everyone leaves; the document that is left last is compacted when nobody is there any more. */
	async #killWhileUnloading(): Promise<void> {
		await Promise.all(this.#clients.flat().map((client) => client.ready()));
		const last = this.#random.pick(this.#clients) as LiveClient[];
		const others = this.#clients.flat().filter((client) => !last.includes(client));
		for (const client of others) client.close();
		await Promise.all(others.map((client) => client.until(() => client.closed !== null, 'has left')));
		await this.#server?.order(this.#deathIn('déchargement', 1));
		for (const client of last) client.close();
		return this.#awaitDeath('déchargement');
	}

	#deathIn(phase: Phase, occurrences: number): Death {
		return { phase, occurrence: 1 + this.#random.int(occurrences), milliseconds: this.#random.next() * LASTS[phase] };
	}

	async #awaitDeath(phase: Phase): Promise<void> {
		const isDead = await Promise.race([this.#server?.gone.then(() => true), pause(PATIENCE).then(() => false)]);
		if (isDead) this.#outcome.kills[phase]++;
		else await this.#kill();
	}

	async #kill(): Promise<void> {
		await this.#server?.kill();
		this.#outcome.kills['n’importe quand']++;
	}

	/** Puts what thousands of keys leave into the log of one document: its next load is a long one. */
	async #letGrowCold(): Promise<void> {
		const name = this.#random.pick(this.#world.names) as DocumentName;
		await this.#onDisk(async (db) => {
			const doc = await storedDocument(db, name);
			const updates: Uint8Array[] = [];
			doc.on('update', (update: Uint8Array) => updates.push(update));
			for (let i = 0; i < COLD_ROWS; i++) texteOf(doc, 'partenaires')?.insert(0, 'x');
			const clients = [{ document: name, clientId: doc.clientID, owner: null }];
			for (let i = 0; i < COLD_ROWS; i += 500) {
				const rows = updates.slice(i, i + 500).map((data) => ({ document: name, compteId: null, data }));
				await appendRows(db, rows, clients, Date.now());
			}
		});
		this.#cold.set(name, (this.#cold.get(name) ?? 0) + COLD_ROWS);
	}

	/** What was promised is there, read by another process than the one that wrote it. */
	async #compareWithDisk(): Promise<void> {
		const promised = this.#clients.map((clients) => clients.map((client) => client.acknowledged));
		await this.#onDisk(async (db) => {
			for (const [i, name] of this.#world.names.entries())
				this.#judge(await storedDocument(db, name), name, promised[i] as number[]);
		});
		this.#outcome.acknowledged = promised.flat().reduce((sum, count) => sum + count, 0);
	}

	#judge(doc: Y.Doc, name: DocumentName, promised: readonly number[]): void {
		const { lost, doubled } = judge(doc, promised);
		this.#outcome.lost.push(...lost);
		this.#outcome.doubled.push(...doubled);
		const cold = texteOf(doc, 'partenaires')?.length ?? 0;
		if (cold !== (this.#cold.get(name) ?? 0)) this.#outcome.lost.push(`${name}: ${cold} cold rows`);
	}

	async #compareEveryone(): Promise<void> {
		await Promise.all(this.#clients.flat().map((client) => client.saved()));
		for (const [i, clients] of this.#clients.entries()) {
			const edits = clients.map((client) => client.edits);
			const sum = edits.reduce((all, count) => all + count, 0);
			const isComplete = ({ doc }: LiveClient) => wordsIn(doc).length === sum;
			await Promise.all(clients.map((client) => client.until(() => isComplete(client), 'all words')));
			this.#outcome.edits += sum;
			for (const { doc } of clients) this.#judge(doc, this.#world.names[i] as DocumentName, edits);
		}
		await this.#server?.kill();
		await this.#onDisk(async (db) => {
			for (const [i, name] of this.#world.names.entries()) {
				const docs = [await storedDocument(db, name), ...(this.#clients[i] ?? []).map(({ doc }) => doc)];
				if (new Set(docs.map(stateOf)).size > 1) this.#outcome.divergent++;
			}
		});
	}

	async #onDisk(look: (db: Database) => Promise<void>): Promise<void> {
		const db = openDatabase({ databaseUrl: this.#options.databaseUrl ?? null, dataDir: this.#world.dataDir });
		try {
			await look(db);
		} finally {
			await db.destroy();
		}
	}
}

async function storedDocument(db: Database, name: DocumentName): Promise<Y.Doc> {
	const doc = new Y.Doc();
	const stored = await readStored(db, name);
	if (stored) applyStored(doc, stored);
	return doc;
}

/** Clocks and deletions: equal only for equal documents. */
function stateOf(doc: Y.Doc): string {
	return Buffer.from(Y.encodeSnapshot(Y.snapshot(doc))).toString('base64');
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
