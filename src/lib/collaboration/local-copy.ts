import * as Y from 'yjs';
import { keyOf, type Range, type Rescue } from './rescue.ts';

export interface LocalCopyOptions {
	/** How many of this tab's edits nobody has acknowledged: kept beside the text, for the count after a reload. */
	pending(): number;
	/** What is kept, or whether it can be, changed. */
	onChange(): void;
	factory?: IDBFactory | undefined;
}

/** What an earlier visit left. */
export interface Restored {
	/** Whether there was any content. */
	hasContent: boolean;
	/** Edits that were not acknowledged then. */
	pending: number;
	/** The right that the server gave last time. */
	scope: string | null;
	/** Words that went with their passage, and that the server may not have. */
	rescues: Rescue[];
	/** Words of others that came into a passage which was deleted here. */
	unseen: Range[];
}

/** What is kept beside the text, each under the clocks of some of its characters. */
type Apart = typeof RESCUE | typeof UNSEEN;

const UPDATES = 'updates';
const MARKS = 'marks';
const SCOPE = 'scope';
const PENDING = 'pending:';
const RESCUE = 'rescape:';
const UNSEEN = 'pas-vu:';
const ASIDE = 'aside';
const TRIM_AFTER = 300;

/**
 * The text of one document on this device, for one account. Unlike y-indexeddb it knows what it really holds: `isComplete`
 * is true only once IndexedDB has said so for every change. Without IndexedDB it holds nothing, and says that.
 */
export class LocalCopy {
	readonly #doc: Y.Doc;
	readonly #options: LocalCopyOptions;
	readonly #opened: Promise<IDBDatabase | null>;
	/** Changes that are not on the disk yet. */
	#buffer: Uint8Array[] = [];
	#isScheduled = false;
	#isWriting = false;
	#isBroken = false;
	#isClosed = false;
	#db: IDBDatabase | null = null;
	/** The last row that the document holds. */
	#lastKey = 0;
	#rows = 0;
	/** What is being read into the document. */
	#reading: readonly Uint8Array[] = [];
	/** What is written of edits that nobody has acknowledged: by this tab, or by those before it. */
	readonly #pendingMarks = new Set<IDBValidKey>();

	constructor(name: string, doc: Y.Doc, options: LocalCopyOptions) {
		this.#doc = doc;
		this.#options = options;
		doc.on('update', this.#onUpdate);
		this.#opened = openDatabase(name, options.factory).catch(() => null);
	}

	/** Whether every change is on the disk. */
	get isComplete(): boolean {
		return this.#db !== null && !this.#isBroken && this.#buffer.length === 0 && !this.#isWriting;
	}

	/** While it changes the document: by which changes. */
	get reading(): readonly Uint8Array[] {
		return this.#reading;
	}

	/** Reads what an earlier visit left into the document. Resolves to null when this browser keeps nothing. */
	async load(): Promise<Restored | null> {
		const db = await this.#opened;
		if (!db || this.#isClosed) {
			db?.close();
			this.#isBroken = true;
			this.#options.onChange();
			return null;
		}
		this.#db = db;
		// Taken away under us (storage cleared), or asked for by a newer version.
		db.onclose = () => this.#lose();
		db.onversionchange = () => db.close();
		try {
			await this.refresh();
			return await this.#readMarks(db);
		} catch {
			this.#lose();
			return null;
		} finally {
			this.#flush();
		}
	}

	/** Takes in what another tab of this account has written since. */
	async refresh(): Promise<void> {
		const db = this.#db;
		if (!db) return;
		const store = db.transaction(UPDATES).objectStore(UPDATES);
		const range = IDBKeyRange.lowerBound(this.#lastKey, true);
		const [keys, updates] = await Promise.all([result(store.getAllKeys(range)), result(store.getAll(range))]);
		if (keys.length === 0 || this.#isClosed) return;
		this.#reading = updates as Uint8Array[];
		this.#doc.transact(() => {
			for (const update of this.#reading) Y.applyUpdate(this.#doc, update, this);
		}, this);
		this.#reading = [];
		this.#lastKey = keys.at(-1) as number;
		this.#rows += keys.length;
	}

	/** The right that the server gives: a visit without network needs it. */
	rememberScope(scope: string): void {
		this.#write((transaction) => transaction.objectStore(MARKS).put(scope, SCOPE));
	}

	/** Everything is acknowledged: nothing waits any more, of this visit or an earlier one. */
	forgetPending(): void {
		if (this.#pendingMarks.size === 0) return;
		const marks = [...this.#pendingMarks];
		this.#pendingMarks.clear();
		this.#write((transaction) => marks.forEach((mark) => transaction.objectStore(MARKS).delete(mark)));
	}

	keepRescues(rescues: readonly Rescue[]): void {
		this.#keepApart(RESCUE, rescues);
	}

	dropRescues(rescues: readonly Rescue[]): void {
		this.#dropApart(RESCUE, rescues);
	}

	keepUnseen(ranges: readonly Range[]): void {
		this.#keepApart(UNSEEN, ranges);
	}

	dropUnseen(ranges: readonly Range[]): void {
		this.#dropApart(UNSEEN, ranges);
	}

	/** Empties the copy; what it held stays apart on the device, the last such text only. From here on it takes nothing. */
	async setAside(): Promise<void> {
		this.#doc.off('update', this.#onUpdate);
		const marks = [...this.#pendingMarks];
		await new Promise<void>((resolve) => {
			if (!this.#db) return resolve();
			this.#write(
				(transaction) => {
					transaction.objectStore(UPDATES).clear();
					const store = transaction.objectStore(MARKS);
					for (const mark of marks) store.delete(mark);
					store.put(Y.encodeStateAsUpdate(this.#doc), ASIDE);
				},
				() => resolve()
			);
		});
		this.close();
	}

	close(): void {
		this.#isClosed = true;
		this.#doc.off('update', this.#onUpdate);
		this.#db?.close();
		this.#db = null;
	}

	get #mark(): string {
		return PENDING + this.#doc.clientID;
	}

	readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
		if (origin === this) return;
		this.#buffer.push(update);
		if (this.#isScheduled) return;
		this.#isScheduled = true;
		// One write for all the changes of a turn.
		queueMicrotask(() => {
			this.#isScheduled = false;
			this.#flush();
		});
	};

	#flush(): void {
		if (!this.#db || this.#isWriting || this.#isClosed || this.#buffer.length === 0) return;
		const updates = this.#buffer;
		const pending = this.#options.pending();
		this.#buffer = [];
		this.#isWriting = true;
		const done = (isKept: boolean) => {
			this.#isWriting = false;
			this.#isBroken = !isKept;
			// Tried again with the next change: a full disk may be emptied.
			if (!isKept) this.#buffer = [...updates, ...this.#buffer];
			else this.#rows += updates.length;
			this.#options.onChange();
			if (isKept && this.#buffer.length > 0) this.#flush();
			else if (isKept && this.#rows > TRIM_AFTER) void this.#trim();
		};
		this.#write((transaction) => {
			const store = transaction.objectStore(UPDATES);
			for (const update of updates) store.add(update);
			if (pending === 0) return;
			this.#pendingMarks.add(this.#mark);
			transaction.objectStore(MARKS).put(pending, this.#mark);
		}, done);
	}

	/** Then holds the text as it is now: what went from it is not found twice. */
	#keepApart(kind: Apart, ranges: readonly Range[]): void {
		this.#write(
			(transaction) => {
				for (const range of ranges) transaction.objectStore(MARKS).put(range, kind + keyOf(range));
			},
			(isKept) => isKept && void this.#trim()
		);
	}

	#dropApart(kind: Apart, ranges: readonly Range[]): void {
		this.#write((transaction) => {
			for (const range of ranges) transaction.objectStore(MARKS).delete(kind + keyOf(range));
		});
	}

	#write(act: (transaction: IDBTransaction) => void, done: (isKept: boolean) => void = () => undefined): void {
		if (!this.#db) return;
		try {
			const transaction = this.#db.transaction([UPDATES, MARKS], 'readwrite');
			transaction.oncomplete = () => done(true);
			transaction.onabort = () => done(false);
			act(transaction);
		} catch {
			// The database was closed under us.
			done(false);
		}
	}

	/** One row in place of many. Only the rows that the document holds go; another tab may be writing too. */
	async #trim(): Promise<void> {
		try {
			await this.refresh();
			const upTo = this.#lastKey;
			this.#rows = 1;
			this.#write((transaction) => {
				const store = transaction.objectStore(UPDATES);
				store.delete(IDBKeyRange.upperBound(upTo));
				store.add(Y.encodeStateAsUpdate(this.#doc));
			});
		} catch {
			this.#lose();
		}
	}

	async #readMarks(db: IDBDatabase): Promise<Restored> {
		const store = db.transaction(MARKS).objectStore(MARKS);
		const [keys, values] = await Promise.all([
			result(store.getAllKeys()),
			result(store.getAll() as IDBRequest<unknown[]>)
		]);
		const marks = new Map(keys.map((key, i) => [key, values[i]]));
		const pendingMarks = keys.filter((key) => String(key).startsWith(PENDING));
		for (const mark of pendingMarks) this.#pendingMarks.add(mark);
		const pending = pendingMarks.reduce<number>((sum, key) => sum + Number(marks.get(key)), 0);
		const scope = marks.get(SCOPE);
		const apart = (kind: Apart) => keys.filter((key) => String(key).startsWith(kind)).map((key) => marks.get(key));
		return {
			hasContent: this.#lastKey > 0,
			pending,
			scope: typeof scope === 'string' ? scope : null,
			rescues: apart(RESCUE) as Rescue[],
			unseen: apart(UNSEEN) as Range[]
		};
	}

	#lose(): void {
		this.#db = null;
		this.#isBroken = true;
		this.#options.onChange();
	}
}

const OPEN_LIMIT = 3_000;

function openDatabase(name: string, factory?: IDBFactory): Promise<IDBDatabase | null> {
	return new Promise((resolve, reject) => {
		// Reading the property already throws where storage is forbidden.
		const request = (factory ?? indexedDB).open(name, 1);
		const limit = setTimeout(() => reject(new Error('IndexedDB does not answer')), OPEN_LIMIT);
		request.onupgradeneeded = () => {
			request.result.createObjectStore(UPDATES, { autoIncrement: true });
			request.result.createObjectStore(MARKS);
		};
		request.onsuccess = () => {
			clearTimeout(limit);
			resolve(request.result);
		};
		request.onerror = () => {
			clearTimeout(limit);
			reject(request.error ?? new Error('IndexedDB refuses'));
		};
	});
}

function result<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('IndexedDB refuses'));
	});
}
