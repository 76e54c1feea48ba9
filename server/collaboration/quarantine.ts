import { setTimeout as sleep } from 'node:timers/promises';
import type { DocumentName } from '#lib/documents/document.ts';
import type { Database } from '../database/open.ts';
import type { Limits } from './limits.ts';

export interface RefusedText {
	document: DocumentName;
	compteId: string;
	/** What the person was told. */
	reason: string;
	update: Uint8Array;
}

export interface QuarantineOptions {
	db: Database;
	now: () => number;
	limits: Limits;
}

const A_DAY = 24 * 3600 * 1000;
/** Refusals that wait to be stored; beyond it they are not kept: their authors have them. */
const MOST_WAITING_OF_ACCOUNT = 20;
const MOST_WAITING = 500;
/** They are stored together. */
const PAUSE = 100;
const MOST_ROWS_PER_ACCOUNT = 500;
const MOST_ROWS = 5_000;

/**
 * Text that was refused is kept for a time, in the database and nowhere else: never just dropped, never in a log. What one
 * account may leave there is bounded, and so is the whole; the oldest goes first. It never holds anyone back.
 */
export class Quarantine {
	readonly #options: QuarantineOptions;
	#waiting: RefusedText[] = [];
	#storing: Promise<void> | null = null;

	constructor(options: QuarantineOptions) {
		this.#options = options;
	}

	keep(refused: RefusedText): void {
		const own = this.#waiting.filter(({ compteId }) => compteId === refused.compteId);
		if (own.length >= MOST_WAITING_OF_ACCOUNT || this.#waiting.length >= MOST_WAITING) return;
		this.#waiting.push({ ...refused, update: refused.update.slice() });
		this.#storing ??= this.#storeAll();
	}

	/** Resolves when what was refused so far is kept. */
	async settled(): Promise<void> {
		await this.#storing;
	}

	async #storeAll(): Promise<void> {
		while (this.#waiting.length > 0) {
			await sleep(PAUSE);
			await this.#store(this.#waiting.splice(0)).catch((error: unknown) =>
				console.error('Collaboration : des textes refusés n’ont pas pu être gardés.', error)
			);
		}
		this.#storing = null;
	}

	async #store(refused: RefusedText[]): Promise<void> {
		const { db, now, limits } = this.#options;
		const rows = refused.map(({ document, compteId, reason, update }) => ({
			document,
			compte_id: compteId,
			raison: reason,
			data: update,
			created_at: now()
		}));
		await db.transaction().execute(async (trx) => {
			const ours = () => trx.deleteFrom('quarantaine').where('origine', '=', 'refus');
			await ours()
				.where('created_at', '<', now() - limits.quarantineDays * A_DAY)
				.execute();
			for (const row of rows) {
				// Someone who reloads the page sends the same again.
				const same = ours().where('compte_id', '=', row.compte_id).where('document', '=', row.document);
				await same.where('data', '=', row.data).execute();
				await trx.insertInto('quarantaine').values(row).execute();
			}
			const kept = await trx
				.selectFrom('quarantaine')
				.select(['id', 'compte_id', (eb) => eb.fn<number>('length', ['data']).as('bytes')])
				.where('origine', '=', 'refus')
				.orderBy('id', 'desc')
				.execute();
			const leaving = beyond(limits.quarantine, MOST_ROWS, kept);
			for (const own of Map.groupBy(kept, ({ compte_id }) => compte_id).values())
				leaving.push(...beyond(limits.quarantinePerAccount, MOST_ROWS_PER_ACCOUNT, own));
			if (leaving.length > 0) await ours().where('id', 'in', leaving).execute();
		});
	}
}

/** From the newest on: those that do not fit any more. */
function beyond(bytes: number, most: number, rows: readonly { id: number; bytes: number }[]): number[] {
	let rest = bytes;
	return rows.filter((row, i) => (rest -= Number(row.bytes)) < 0 || i >= most).map(({ id }) => id);
}
