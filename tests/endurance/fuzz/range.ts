// A server of its own to fire at, what must not change there, and somebody who writes calmly meanwhile.
import { readFileSync, rmSync } from 'node:fs';
import * as Y from 'yjs';
import type { DocumentName } from '#lib/documents/document.ts';
import { addPuces, texteOf } from '#lib/fiches/fiche.ts';
import { applyStored, readStored } from '#server/collaboration/update-log.ts';
import { openDatabase } from '#server/database/open.ts';
import { startLiveProcess, type LiveProcess } from '../../support/live-process.ts';
import { LiveWorld, type Someone } from '../../support/live-world.ts';
import { startPeaceful, type Peaceful, type PeacefulReport } from '../../support/peaceful.ts';
import { Attacker } from './attacker.ts';
import { validFrames } from './frames.ts';
import type { Shot } from './damage.ts';

/** What a range has seen when it closes. */
export interface RangeReport extends PeacefulReport {
	crashed: boolean;
	/** Documents that must not change, and did. */
	changed: string[];
	/** Bytes that the process holds more than at the beginning, both after a forced collection. */
	growth: number;
	/** The same without collection, whenever it was looked at. */
	peak: number;
	/** Lines that the server printed. */
	lines: number;
	output: string;
}

interface Setting {
	dataDir: string;
	/** Where attackers write. */
	target: DocumentName;
	/** Where the peaceful person writes, and attackers may not even read. */
	calm: DocumentName;
	/** Documents that no attacker may write. */
	sentinels: DocumentName[];
	writer: Someone;
	reader: Someone;
	peaceful: Someone;
	frames: Uint8Array[];
}

const SAMPLE_EVERY = 100;

export class FiringRange {
	readonly #setting: Setting;
	readonly #server: LiveProcess;
	readonly #before: string[];
	readonly #peaceful: Peaceful;
	readonly #sampling: NodeJS.Timeout;
	readonly #first: number;
	#peak: number;

	static async open(): Promise<FiringRange> {
		const setting = await prepare();
		const before = await statesOnDisk(setting);
		const server = await startLiveProcess({ dataDir: setting.dataDir });
		await warmUp(server, setting);
		const { rss } = await server.weigh();
		const peaceful = await startPeaceful({ url: server.url, name: setting.calm, cookie: setting.peaceful.cookie });
		return new FiringRange(setting, server, before, peaceful, rss);
	}

	private constructor(setting: Setting, server: LiveProcess, before: string[], peaceful: Peaceful, rss: number) {
		this.#setting = setting;
		this.#server = server;
		this.#before = before;
		this.#peaceful = peaceful;
		this.#first = rss;
		this.#peak = rss;
		this.#sampling = setInterval(() => (this.#peak = Math.max(this.#peak, rssOf(server.pid))), SAMPLE_EVERY).unref();
	}

	get isAlive(): boolean {
		return this.#server.isAlive;
	}

	get frames(): Uint8Array[] {
		return this.#setting.frames;
	}

	/** Fires all of these, from all sides at once, and waits until each is read. */
	async fire(shots: Iterable<Shot>): Promise<number> {
		const queue = shots[Symbol.iterator]();
		let fired = 0;
		const work = async (attacker: Attacker) => {
			for (let next = queue.next(); !next.done && this.isAlive; next = queue.next()) {
				await attacker.fire(next.value);
				fired++;
			}
			attacker.leave();
		};
		await Promise.all(attackers(this.#server, this.#setting).map(work));
		return fired;
	}

	async close(): Promise<RangeReport> {
		clearInterval(this.#sampling);
		const crashed = !this.#server.isAlive;
		const { waits, letters } = crashed ? { waits: [], letters: 0 } : await this.#peaceful.leave();
		// Once they have left: such a collection is long, and would count as waiting.
		const last = crashed ? this.#peak : (await this.#server.weigh()).rss;
		await this.#server.stop();
		const after = await statesOnDisk(this.#setting);
		const changed = this.#setting.sentinels.filter((_, i) => after[i] !== this.#before[i]);
		rmSync(this.#setting.dataDir, { recursive: true, force: true });
		const output = this.#server.output();
		const [growth, peak] = [last - this.#first, this.#peak - this.#first];
		return { crashed, waits, letters, changed, growth, peak, output, lines: output.split('\n').length - 1 };
	}
}

/** A writer, a reader, someone who never asks to be let in, and nobody at all. */
function attackers({ url }: LiveProcess, { target, writer, reader }: Setting): Attacker[] {
	return [
		new Attacker({ url, cookie: writer.cookie, name: target }),
		new Attacker({ url, cookie: reader.cookie, name: target }),
		new Attacker({ url, cookie: writer.cookie, name: null }),
		new Attacker({ url, name: null })
	];
}

/** Everything has been loaded and compiled once before the weight counts. */
async function warmUp(server: LiveProcess, setting: Setting): Promise<void> {
	for (const attacker of attackers(server, setting)) {
		for (const bytes of setting.frames) await attacker.fire({ kind: 'message', bytes });
		attacker.leave();
	}
}

async function prepare(): Promise<Setting> {
	const world = await LiveWorld.open();
	const [attacked, calm] = [await world.addPacte(), await world.addPacte()];
	const writer = await world.addSomeone('Rédactrice', attacked.pacteId, 'redacteur');
	const reader = await world.addSomeone('Lecteur', attacked.pacteId, 'lecteur');
	const peaceful = await world.addSomeone('Amina', calm.pacteId, 'redacteur');
	const sentinel = await world.addFiche(calm.pacteId);
	const fill = (doc: Y.Doc) => {
		const puces = Array.from({ length: 200 }, (_, i) => ({ id: `puce-${i}`, texte: `Sentinelle ${i}` }));
		addPuces(doc, 'objectifs', puces);
		texteOf(doc, 'echeance')?.insert(0, 'fin 2029');
	};
	for (const name of [sentinel, attacked.fiche]) await world.collaboration.edit(name, fill, null);
	const state = await world.collaboration.read(attacked.fiche, (doc) => Y.encodeStateAsUpdate(doc));
	const frames = [...validFrames(attacked.fiche, state), ...validFrames(sentinel, state).slice(0, 6)];
	await world.close();
	const sentinels = [sentinel, calm.orientations, attacked.orientations];
	const { dataDir } = world;
	return { dataDir, target: attacked.fiche, calm: calm.fiche, sentinels, writer, reader, peaceful, frames };
}

async function statesOnDisk({ dataDir, sentinels }: Setting): Promise<string[]> {
	const db = openDatabase({ databaseUrl: null, dataDir });
	try {
		return await Promise.all(
			sentinels.map(async (name) => {
				const doc = new Y.Doc();
				const stored = await readStored(db, name);
				if (stored) applyStored(doc, stored);
				return JSON.stringify([...doc.share.keys()].map((key) => doc.getMap(key).toJSON()));
			})
		);
	} finally {
		await db.destroy();
	}
}

/** Bytes of a process, as the kernel counts them. */
function rssOf(pid: number): number {
	try {
		const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
		return pages * 4096;
	} catch {
		return 0; // It is gone.
	}
}
