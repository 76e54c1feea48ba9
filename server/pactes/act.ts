import type { Transaction } from 'kysely';
import { PACTE_ABSENT } from '#lib/comptes/textes.ts';
import type { Role } from '#lib/documents/rights.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import { addJournalEntry, type Acte, type JournalEntry } from '../journal/journal.ts';
import { indexSource } from '../recherche/index-writer.ts';
import { roleOf } from './pactes.ts';

/** Who acts, on which pacte. */
export interface Acteur {
	pacteId: string;
	by: string;
}

/** Who may do something on a pacte, and what the others are told. */
export interface Droit {
	allows: (role: Role, db: Queryable) => boolean | Promise<boolean>;
	refus: string;
}

/** Begins an act on a pacte: no other goes on there, so that what this one reads of its lists stays true; and who acts may. */
export async function beginAct(trx: Queryable, acteur: Acteur, droit: Droit): Promise<void> {
	await holdPacte(trx, acteur.pacteId);
	await requireDroit(trx, acteur, droit);
}

/** Absent and forbidden are the same answer for those who have no part in the pacte. */
export async function requireDroit(db: Queryable, { pacteId, by }: Acteur, { allows, refus }: Droit): Promise<void> {
	const role = await roleOf(db, by, pacteId);
	if (role === null) throw new DomainError('introuvable', PACTE_ABSENT);
	if (!(await allows(role, db))) throw new DomainError('interdit', refus);
}

/** Writing the row, even unchanged, holds it until the transaction ends. */
export async function holdPacte(trx: Queryable, pacteId: string): Promise<void> {
	await trx
		.updateTable('pactes')
		.set((eb) => ({ intitule: eb.ref('intitule') }))
		.where('id', '=', pacteId)
		.execute();
}

export interface NotedAct {
	trx: Transaction<Schema>;
	/** Writes the journal, and tells those who look. */
	note: (acte: Acte, detail: NonNullable<JournalEntry['detail']>) => Promise<void>;
}

/** One act on names that are searched: the rights first, the index last. Those who look are told when something changed. */
export async function changeNames<T>(
	app: App,
	acteur: Acteur,
	{ source, ...droit }: Droit & { source: 'organismes' | 'glossaire' },
	change: (act: NotedAct) => Promise<T>
): Promise<T> {
	const { pacteId, by } = acteur;
	let changed = false;
	const result = await app.db.transaction().execute(async (trx) => {
		await beginAct(trx, acteur, droit);
		const done = await change({
			trx,
			note: async (acte, detail) => {
				changed = true;
				await addJournalEntry(trx, { pacteId, compteId: by, acte, detail, now: app.now() });
			}
		});
		if (changed) await indexSource(trx, pacteId, source);
		return done;
	});
	if (changed) app.collaboration.flux.publish(pacteId, { type: source });
	return result;
}
