import type { Queryable } from '../database/open.ts';

const CLE = 'recuperation';

/** Written by `restaurer` in the database that it puts back: the window opens at the next start. */
export function announceRecovery(db: Queryable): Promise<unknown> {
	return write(db, 'annoncee');
}

/**
 * The time after `restaurer` during which those who may write may bring back other people's text, which their devices
 * still hold: client ids that belong to someone else, or to nobody that the restored database knows. Ordinarily nobody may.
 */
export class RecoveryWindow {
	readonly #until: number;

	private constructor(until: number) {
		this.#until = until;
	}

	static readonly CLOSED = new RecoveryWindow(0);

	/** The window of this database: opened now if a restoration announced it, else as it was. */
	static async of(db: Queryable, now: number, minutes: number): Promise<RecoveryWindow> {
		const row = await db.selectFrom('reglages').select('valeur').where('cle', '=', CLE).executeTakeFirst();
		if (!row) return RecoveryWindow.CLOSED;
		if (row.valeur !== 'annoncee') return new RecoveryWindow(Number(row.valeur));
		const until = now + minutes * 60_000;
		await write(db, String(until));
		return new RecoveryWindow(until);
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
