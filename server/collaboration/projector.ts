import * as Y from 'yjs';
import type { Rescue } from '#lib/collaboration/rescue.ts';
import { parseDocumentName, type DocumentName } from '#lib/documents/document.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import type { Database } from '../database/open.ts';
import type { Flux } from './flux.ts';
import { Incident } from './incident.ts';
import type { OpenDocument } from './open-document.ts';
import { PROJECTIONS, type ProjectionContext } from './projections.ts';
import { storeRescues } from './rescue.ts';
import { applyStored, prepareCompaction, readStored, storeCompaction, type Compaction } from './update-log.ts';

export interface ProjectorOptions {
	db: Database;
	flux: Flux;
	now: () => number;
	/** The document in memory, when it is open and complete. */
	open(name: DocumentName): OpenDocument | undefined;
	/** A snapshot is due after so many rows of the log. */
	rowsPerSnapshot?: number;
}

/** Rows follow a commit after this pause, so that a burst of typing is projected once. */
const PAUSE = 600;
/** A projection that fails is tried again, more and more rarely. */
const LONGEST_PAUSE = 60_000;
export const ROWS_PER_SNAPSHOT = 500;

interface Source {
	doc: Y.Doc;
	rows: number[];
	open: OpenDocument | null;
	/** Text to store apart. */
	rescued: Rescue[];
}

interface Due {
	pacteId: string;
	timer: NodeJS.Timeout;
}

/** Brings the derived rows up to date with the documents, and compacts the log in the same transaction. One at a time. */
export class Projector {
	readonly #options: ProjectorOptions;
	readonly #due = new Map<DocumentName, Due>();
	readonly #failures = new Map<DocumentName, number>();
	readonly #incident = new Incident(
		'Tableaux et listes : leur mise à jour échoue, les textes n’y perdent rien ; de nouveaux essais suivront.',
		'Tableaux et listes : ils sont de nouveau à jour.'
	);
	#last: Promise<unknown> = Promise.resolve();
	#closed = false;

	constructor(options: ProjectorOptions) {
		this.#options = options;
	}

	/** The document changed: its rows follow within a second. */
	schedule(name: DocumentName, pacteId: string): void {
		if (this.#closed || this.#due.has(name)) return;
		const pause = Math.min(PAUSE * 2 ** (this.#failures.get(name) ?? 0), LONGEST_PAUSE);
		const timer = setTimeout(() => void this.#runDue(name), pause);
		this.#due.set(name, { pacteId, timer });
	}

	/** Projects now what is due (of one pacte, or of all), and waits for it. */
	async settle(pacteId?: string): Promise<void> {
		const names = [...this.#due].filter(([, due]) => pacteId === undefined || due.pacteId === pacteId);
		const results = await Promise.allSettled([this.#last, ...names.map(([name]) => this.run(name))]);
		for (const result of results.slice(1)) if (result.status === 'rejected') throw result.reason;
	}

	/** Projects a document, with a snapshot when one is due or asked for. Resolves to false when it is no more. */
	run(name: DocumentName, { snapshot = false } = {}): Promise<boolean> {
		this.#unschedule(name);
		return this.inTurn(() => this.#project(name, snapshot));
	}

	/** Does something between two projections, which may write the same rows. */
	inTurn<T>(act: () => Promise<T>): Promise<T> {
		const turn = this.#last.then(act);
		this.#last = turn.catch(() => undefined);
		return turn;
	}

	/** It failed: tried again later, more and more rarely. */
	postpone(name: DocumentName, pacteId: string, error: unknown): void {
		this.#failures.set(name, (this.#failures.get(name) ?? 0) + 1);
		this.#incident.failed(error);
		this.schedule(name, pacteId);
	}

	/** The store works again: what failed is not left waiting for its turn. */
	retry(): void {
		const failed = [...this.#failures.keys()];
		this.#failures.clear();
		for (const name of failed) {
			const pacteId = this.#due.get(name)?.pacteId;
			if (pacteId === undefined) continue;
			this.#unschedule(name);
			this.schedule(name, pacteId);
		}
	}

	/** The documents of a pacte that was deleted. */
	forget(pacteId: string): void {
		for (const [name, due] of this.#due) if (due.pacteId === pacteId) this.#unschedule(name);
	}

	/** Nothing is projected any more. */
	stop(): void {
		this.#closed = true;
		for (const name of this.#due.keys()) this.#unschedule(name);
	}

	#unschedule(name: DocumentName): void {
		clearTimeout(this.#due.get(name)?.timer);
		this.#due.delete(name);
	}

	async #runDue(name: DocumentName): Promise<void> {
		const pacteId = this.#due.get(name)?.pacteId;
		if (pacteId === undefined) return;
		try {
			await this.run(name);
			this.#failures.delete(name);
			if (this.#failures.size === 0) this.#incident.worked();
		} catch (error) {
			this.postpone(name, pacteId, error);
		}
	}

	async #project(name: DocumentName, snapshotAsked: boolean): Promise<boolean> {
		const { db, flux, rowsPerSnapshot = ROWS_PER_SNAPSHOT } = this.#options;
		const context = await this.#contextOf(name);
		if (!context) return false;
		const source = await this.#source(name);
		if (!source) return false;
		const { doc, rows, open, rescued } = source;
		// A document that nobody has open is left as a snapshot alone.
		const isDue = rows.length >= rowsPerSnapshot || (rows.length > 0 && (snapshotAsked || !open));
		const compaction = isDue ? await prepareCompaction(db, name, doc, rows) : null;
		const { kind } = context.ref;
		await db.transaction().execute(async (trx) => {
			await PROJECTIONS[kind](trx, doc, context);
			await storeRescues(trx, name, rescued, context.now);
			if (compaction) await storeCompaction(trx, compaction, context.now);
		});
		if (open) open.rescued.splice(0, rescued.length);
		if (compaction && open) forgetRows(open, compaction);
		if (!open) doc.destroy();
		flux.publish(context.pacteId, { type: 'projection', kind, id: context.id });
		if (rescued.length > 0) flux.publish(context.pacteId, { type: 'sections' });
		return true;
	}

	async #contextOf(name: DocumentName) {
		const ref = parseDocumentName(name);
		const pacte = await this.#options.db
			.selectFrom('documents')
			.innerJoin('pactes', 'pactes.id', 'documents.pacte_id')
			.select(['pactes.id', 'modele'])
			.where('name', '=', name)
			.executeTakeFirst();
		if (!ref || !pacte) return null;
		const modele = JSON.parse(pacte.modele) as Modele;
		const context: ProjectionContext = { id: ref.id, pacteId: pacte.id, modele, now: this.#options.now() };
		return { ...context, ref };
	}

	async #source(name: DocumentName): Promise<Source | null> {
		const open = this.#options.open(name);
		if (open) return { doc: open.document, rows: [...open.rows], open, rescued: [...open.rescued] };
		const stored = await readStored(this.#options.db, name);
		if (!stored) return null;
		const doc = new Y.Doc();
		const rescued = applyStored(doc, stored);
		return { doc, rows: stored.rows.map(({ id }) => id), open: null, rescued };
	}
}

function forgetRows(open: OpenDocument, { rows }: Compaction): void {
	for (const id of rows) open.rows.delete(id);
}
