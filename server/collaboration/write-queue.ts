import * as Y from 'yjs';
import type { DocumentName } from '#lib/documents/document.ts';
import type { NewClient, NewRow } from './update-log.ts';

/** One incoming change, and who waits for it. */
export interface Write {
	document: DocumentName;
	pacteId: string;
	/** Who wrote; null: the server. */
	compteId: string | null;
	/** null: nothing to store, only an answer that must not overtake those before it. */
	update: Uint8Array | null;
	newClients: number[];
	/** To whom they belong: the writer, or null for the client ids of the server's own edits. */
	owner: string | null;
	/** Someone else's text, brought back after a restoration. */
	recovered?: boolean;
	/** Called once: durable, or dropped because the document is no more. */
	done(outcome: 'committed' | 'dropped'): void;
}

export interface CommittedDocument {
	name: DocumentName;
	pacteId: string;
	updates: Uint8Array[];
	rows: number[];
	newClients: NewClient[];
}

export interface WriteQueueOptions {
	/** Makes rows durable, all or none; gives the id of each. */
	append(rows: NewRow[], clients: NewClient[]): Promise<{ id: number; document: DocumentName }[]>;
	/** Which of these documents there still are. */
	existing(names: DocumentName[]): Promise<Set<DocumentName>>;
	/** Called after each commit, once per document, before any writer is answered. */
	onCommitted(committed: CommittedDocument): void;
	/** A commit has not come through for a while (why), then one does (null). */
	onTrouble?(error: unknown): void;
}

const LARGEST_BATCH = 1_000;
/** Bytes that may wait while the store fails: far more than typing brings in an hour. */
const MOST_WAITING = 64 * 1024 * 1024;
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 1_000;
/** A store that fails or is silent for so long is said to fail: people are told within 2 s, and not for a hiccup. */
const TROUBLE_AFTER = 1_000;

/**
 * Commit, then apply: what comes in during one turn of the event loop, for all documents, becomes durable in one
 * commit; only then does it reach the memory, the other people and, last, the writer's acknowledgement. The next
 * commit waits for the one before. While the store fails nothing leaves, nothing is lost, and it is tried again.
 */
export class WriteQueue {
	readonly #options: WriteQueueOptions;
	readonly #idle: (() => void)[] = [];
	#waiting: Write[] = [];
	#committing: Write[] = [];
	/** Bytes of what waits. */
	#bytes = 0;
	#running = false;
	#failing = false;
	#abandoned = false;

	constructor(options: WriteQueueOptions) {
		this.#options = options;
	}

	/** Whether the store has not taken anything for a while. */
	get failing(): boolean {
		return this.#failing;
	}

	/** Whether so much waits that no more may come in: whoever brings it keeps it, and comes back later. */
	get isFull(): boolean {
		return this.#bytes >= MOST_WAITING;
	}

	push(write: Write): void {
		this.#waiting.push(write);
		this.#bytes += write.update?.length ?? 0;
		if (this.#running) return;
		this.#running = true;
		void this.#run();
	}

	/** Whether something of this document is on its way. */
	has(document: DocumentName): boolean {
		const isOurs = (write: Write) => write.document === document;
		return this.#waiting.some(isOurs) || this.#committing.some(isOurs);
	}

	/** Resolves when everything that was pushed is durable. */
	idle(): Promise<void> {
		return this.#running ? new Promise((resolve) => this.#idle.push(resolve)) : Promise.resolve();
	}

	/** Gives up what could not be stored: the process ends. Gives those changes, of which none was acknowledged. */
	abandon(): Write[] {
		this.#abandoned = true;
		return [...this.#committing, ...this.#waiting];
	}

	async #run(): Promise<void> {
		do {
			await nextTurn();
			this.#committing = this.#waiting.splice(0, LARGEST_BATCH);
			const taken = sizeOf(this.#committing);
			await this.#commit();
			this.#bytes -= taken;
		} while (this.#waiting.length > 0 && !this.#abandoned);
		this.#running = false;
		for (const resolve of this.#idle.splice(0)) resolve();
	}

	async #commit(): Promise<void> {
		let reason: unknown = new Error('The store does not answer');
		const alarm = setTimeout(() => this.#trouble(reason), TROUBLE_AFTER);
		for (let pause = FIRST_PAUSE; !this.#abandoned; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
			const batch = mergeWrites(this.#committing);
			try {
				const rows = batch.rows.length === 0 ? [] : await this.#options.append(batch.rows, batch.clients);
				if (batch.rows.length > 0) this.#trouble(null);
				this.#finish(batch, rows);
				break;
			} catch (error) {
				reason = error;
				if (await this.#dropOrphans()) continue;
				await sleep(pause);
			}
		}
		clearTimeout(alarm);
	}

	#finish({ rows, clients }: Batch, inserted: { id: number; document: DocumentName }[]): void {
		const writes = this.#committing;
		this.#committing = [];
		const pacteOf = new Map(writes.map(({ document, pacteId }) => [document, pacteId]));
		for (const [name, own] of Map.groupBy(rows, ({ document }) => document)) {
			this.#options.onCommitted({
				name,
				pacteId: pacteOf.get(name) as string,
				updates: own.map(({ data }) => data),
				rows: inserted.filter(({ document }) => document === name).map(({ id }) => id),
				newClients: clients.filter(({ document }) => document === name)
			});
		}
		for (const write of writes) answer(write, 'committed');
	}

	/** A document that was removed meanwhile must not hold the others back for ever. */
	async #dropOrphans(): Promise<boolean> {
		try {
			const names = [...new Set(this.#committing.map(({ document }) => document))];
			const existing = await this.#options.existing(names);
			const orphans = this.#committing.filter(({ document }) => !existing.has(document));
			this.#committing = this.#committing.filter(({ document }) => existing.has(document));
			for (const write of orphans) answer(write, 'dropped');
			return orphans.length > 0;
		} catch {
			return false; // The store does not answer at all: nobody can say what is gone.
		}
	}

	#trouble(error: unknown): void {
		const failing = error !== null;
		if (failing === this.#failing) return;
		this.#failing = failing;
		this.#options.onTrouble?.(error);
	}
}

function sizeOf(writes: readonly Write[]): number {
	return writes.reduce((sum, { update }) => sum + (update?.length ?? 0), 0);
}

interface Batch {
	rows: NewRow[];
	clients: NewClient[];
}

/** One row per document and author (what they bring back apart): what several people write in the same turn never depends on each other. */
function mergeWrites(writes: readonly Write[]): Batch {
	const groups = new Map<string, Omit<NewRow, 'data'> & { updates: Uint8Array[] }>();
	const clients = new Map<string, NewClient>();
	for (const { document, compteId, update, newClients, owner, recovered = false } of writes) {
		if (update === null) continue;
		const key = `${document} ${compteId ?? ''} ${recovered}`;
		const group = groups.get(key) ?? { document, compteId, recovered, updates: [] };
		group.updates.push(update);
		groups.set(key, group);
		for (const clientId of newClients) {
			const client = `${document} ${clientId}`;
			if (!clients.has(client)) clients.set(client, { document, clientId, owner });
		}
	}
	const rows = [...groups.values()].map(({ updates, ...row }) => ({
		...row,
		data: updates.length === 1 ? (updates[0] as Uint8Array) : Y.mergeUpdates(updates)
	}));
	return { rows, clients: [...clients.values()] };
}

/** Someone's answer that fails does not take the others with it. */
function answer(write: Write, outcome: 'committed' | 'dropped'): void {
	try {
		write.done(outcome);
	} catch (error) {
		console.error('Collaboration : une réponse n’a pas pu partir.', error);
	}
}

function nextTurn(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

function sleep(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
