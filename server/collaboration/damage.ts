import * as Y from 'yjs';
import type { DocumentName } from '#lib/documents/document.ts';
import type { Database } from '../database/open.ts';
import { reasonOf } from './incident.ts';

/** A row of the log that is no update. */
export interface UnreadableRow {
	id: number;
	compteId: string | null;
	data: Uint8Array;
}

/** The stored state of one document cannot be made into a document. */
export class UnreadableState extends Error {}

const CORRUPT = /^SQLITE_(CORRUPT|NOTADB)|^XX00[12]$/;

/** Whether an error says that what is stored is damaged, rather than that the store is away. */
export function isDamage(error: unknown): boolean {
	if (error instanceof UnreadableState) return true;
	return error instanceof Error && 'code' in error && CORRUPT.test(String(error.code));
}

export function isReadable(update: Uint8Array): boolean {
	try {
		Y.decodeUpdate(update);
		return true;
	} catch {
		return false;
	}
}

/** What cannot be read of the documents: said once, kept, and never in the way of the rest. */
export class Damage {
	readonly #db: Database;
	readonly #now: () => number;
	readonly #said = new Set<DocumentName>();

	constructor(db: Database, now: () => number) {
		this.#db = db;
		this.#now = now;
	}

	/** Rows of the log move to the quarantine: the document loads without them. Where nothing can be written they stay. */
	async setAside(name: DocumentName, rows: readonly UnreadableRow[]): Promise<void> {
		const kept = rows.map(({ compteId, data }) => ({
			document: name,
			compte_id: compteId,
			origine: 'journal' as const,
			raison: 'illisible',
			data,
			created_at: this.#now()
		}));
		const ids = rows.map(({ id }) => id);
		console.error(
			`Journal : ${name}, lignes illisibles mises de côté (${ids.join(', ')}) ; le reste du texte est servi.`
		);
		try {
			await this.#db.transaction().execute(async (trx) => {
				await trx.insertInto('quarantaine').values(kept).execute();
				await trx.deleteFrom('mises_a_jour').where('id', 'in', ids).execute();
			});
		} catch (error) {
			console.error(`Journal : elles restent où elles sont pour le moment. (${reasonOf(error)})`);
		}
	}

	/** It cannot be opened at all: everyone who tries is told, the operator once. */
	say(name: DocumentName, error: unknown): void {
		if (this.#said.has(name)) return;
		this.#said.add(name);
		console.error(
			`Base : ${name} est abîmé et ne peut pas être ouvert ; restaurez une sauvegarde. (${reasonOf(error)})`
		);
	}

	mended(name: DocumentName): void {
		this.#said.delete(name);
	}
}
