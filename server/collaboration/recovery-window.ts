import type SQLite from 'better-sqlite3';
import type { Queryable } from '../database/open.ts';

const CLE = 'recuperation';
const ANNOUNCED = 'annoncee';

/** Written by `restaurer` in the file that it puts back: the window opens at the next start. */
export function announceRecoveryIn(file: SQLite.Database): void {
	file.prepare(`insert or replace into reglages (cle, valeur) values (?, ?)`).run(CLE, ANNOUNCED);
}

/**
 * The time after `restaurer` during which those who may write may bring back other people's text, which their devices
 * still hold: client ids that belong to someone else, or to nobody that the restored database knows. Ordinarily nobody may.
 */
export class RecoveryWindow {
	#until: number;

	private constructor(until: number) {
		this.#until = until;
	}

	static get CLOSED(): RecoveryWindow {
		return new RecoveryWindow(0);
	}

	/** The window of this database: opened now if a restoration announced it, else as it was. */
	static async of(db: Queryable, now: number, minutes: number): Promise<RecoveryWindow> {
		const row = await db.selectFrom('reglages').select('valeur').where('cle', '=', CLE).executeTakeFirst();
		if (!row) return RecoveryWindow.CLOSED;
		if (row.valeur !== ANNOUNCED) return new RecoveryWindow(Number(row.valeur));
		const window = RecoveryWindow.CLOSED;
		await window.openUntil(db, now + minutes * 60_000);
		return window;
	}

	/** From now on; an instant that has passed closes it. */
	async openUntil(db: Queryable, until: number): Promise<void> {
		await write(db, String(until));
		this.#until = until;
	}

	/** Milliseconds since 1970. */
	get until(): number {
		return this.#until;
	}

	isOpen(now: number): boolean {
		return now < this.#until;
	}
}

function write(db: Queryable, valeur: string): Promise<unknown> {
	return db
		.insertInto('reglages')
		.values({ cle: CLE, valeur })
		.onConflict((conflict) => conflict.column('cle').doUpdateSet({ valeur }))
		.execute();
}
