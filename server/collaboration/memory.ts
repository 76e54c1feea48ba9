import type { Document } from '@hocuspocus/server';
import * as Y from 'yjs';
import type { DocumentName } from '#lib/documents/document.ts';
import type { Database } from '../database/open.ts';
import { DomainError } from '../errors.ts';
import type { Damage } from './damage.ts';
import { Coming } from './ground.ts';
import type { OpenDocument } from './open-document.ts';
import { applyRescuing } from './rescue.ts';
import { NO_ACCESS } from './socket.ts';
import { applyStored, readOwners, readStored } from './update-log.ts';
import type { CommittedDocument } from './write-queue.ts';

/** The documents in memory, which equal what is durable; those that nobody has open are read from the store. */
export class Memory {
	readonly #db: Database;
	readonly #damage: Damage;
	readonly #open = new Map<DocumentName, OpenDocument>();

	constructor(db: Database, damage: Damage) {
		this.#db = db;
		this.#damage = damage;
	}

	/** A document that is open and completely loaded. */
	get(name: DocumentName): OpenDocument | undefined {
		const open = this.#open.get(name);
		return open?.ready ? open : undefined;
	}

	all(): OpenDocument[] {
		return [...this.#open.values()].filter(({ ready }) => ready);
	}

	/** Fills a document with what is durable. What commits meanwhile is applied to it too, in any order. */
	async load(name: DocumentName, document: Document): Promise<OpenDocument> {
		const open: OpenDocument = {
			name,
			document,
			kind: 'fiche',
			pacteId: '',
			ready: false,
			rows: new Set(),
			owners: new Map(),
			coming: new Coming(),
			rescued: [],
			size: { bytes: 0, measuredAt: -Infinity }
		};
		this.#open.set(name, open);
		document.on('destroy', () => this.#forget(open));
		const owners = await readOwners(this.#db, name);
		const stored = await this.#read(name);
		open.rescued.push(...applyStored(document, stored));
		if (stored.unreadable.length > 0) await this.#damage.setAside(name, stored.unreadable);
		for (const [client, owner] of owners) open.owners.set(client, owner);
		for (const { id, data } of stored.rows) {
			open.rows.add(id);
			open.size.bytes += data.length;
		}
		open.size.bytes += stored.snapshot?.length ?? 0;
		Object.assign(open, { kind: stored.kind, pacteId: stored.pacteId, ready: true });
		// Else the first reader gets it twice: as an answer, and as news.
		document.flush();
		return open;
	}

	/** After the commit, and only then. Throws when the document could not follow: it must not stay in memory. */
	apply({ name, updates, rows, newClients }: CommittedDocument): void {
		const open = this.#open.get(name);
		if (!open) return;
		for (const id of rows) open.rows.add(id);
		for (const { length } of updates) open.size.bytes += length;
		for (const { clientId, owner } of newClients) if (!open.owners.has(clientId)) open.owners.set(clientId, owner);
		try {
			open.rescued.push(...applyRescuing(open.document, updates));
			open.document.flush();
		} catch (error) {
			this.#forget(open);
			throw error;
		}
	}

	/** Reads the durable state, whether someone has the document open or not. */
	async read<T>(name: DocumentName, fn: (doc: Y.Doc) => T): Promise<{ result: T; pacteId: string }> {
		const open = this.get(name);
		if (open) return { result: fn(open.document), pacteId: open.pacteId };
		const stored = await this.#read(name);
		const doc = new Y.Doc();
		try {
			applyStored(doc, stored);
			return { result: fn(doc), pacteId: stored.pacteId };
		} finally {
			doc.destroy();
		}
	}

	/** The process ends. */
	clear(): void {
		for (const { document } of [...this.#open.values()]) document.destroy();
	}

	async #read(name: DocumentName) {
		const stored = await readStored(this.#db, name);
		if (!stored) throw new DomainError('introuvable', NO_ACCESS);
		return stored;
	}

	#forget(open: OpenDocument): void {
		if (this.#open.get(open.name) === open) this.#open.delete(open.name);
	}
}
