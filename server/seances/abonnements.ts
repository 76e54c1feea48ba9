import { canReadPacte } from '#lib/documents/rights.ts';
import type { App } from '../app.ts';
import { isToken } from '../comptes/liens.ts';
import type { Queryable } from '../database/open.ts';
import { DomainError } from '../errors.ts';
import { hashToken, newToken } from '../ids.ts';
import { addJournalEntry } from '../journal/journal.ts';
import { beginAct, type Acteur } from '../pactes/act.ts';
import { roleOf } from '../pactes/pactes.ts';

/** Who reads a pacte may follow its calendar from their own. */
const DROIT = { allows: canReadPacte, refus: 'Vous ne participez pas à ce pacte.' };

export async function hasAbonnement(db: Queryable, pacteId: string, compteId: string): Promise<boolean> {
	const row = await db
		.selectFrom('abonnements')
		.select('created_at')
		.where('pacte_id', '=', pacteId)
		.where('compte_id', '=', compteId)
		.executeTakeFirst();
	return row !== undefined;
}

/** Gives the path of the feed, the only time that its token is known; one that was given before gives nothing any more. */
export async function giveAbonnement(app: App, acteur: Acteur): Promise<string> {
	const { pacteId: pacte_id, by: compte_id } = acteur;
	const token = newToken();
	await app.db.transaction().execute(async (trx) => {
		await beginAct(trx, acteur, DROIT);
		const given = { jeton_hash: hashToken(token), created_at: app.now() };
		await trx
			.insertInto('abonnements')
			.values({ pacte_id, compte_id, ...given })
			.onConflict((conflict) => conflict.columns(['pacte_id', 'compte_id']).doUpdateSet(given))
			.execute();
		await addJournalEntry(trx, { pacteId: pacte_id, compteId: compte_id, acte: 'abonnement_donne', now: app.now() });
	});
	return `/calendrier/${token}.ics`;
}

export async function removeAbonnement(app: App, acteur: Acteur): Promise<void> {
	const { pacteId, by } = acteur;
	await app.db.transaction().execute(async (trx) => {
		await beginAct(trx, acteur, DROIT);
		await trx.deleteFrom('abonnements').where('pacte_id', '=', pacteId).where('compte_id', '=', by).execute();
		await addJournalEntry(trx, { pacteId, compteId: by, acte: 'abonnement_retire', now: app.now() });
	});
}

/** The pacte of a feed. Unknown, taken back, and of someone who left are the same answer. */
export async function pacteOfAbonnement(db: Queryable, token: string): Promise<string> {
	const row = isToken(token)
		? await db
				.selectFrom('abonnements')
				.select(['pacte_id', 'compte_id'])
				.where('jeton_hash', '=', hashToken(token))
				.executeTakeFirst()
		: undefined;
	if (!row || !canReadPacte(await roleOf(db, row.compte_id, row.pacte_id)))
		throw new DomainError(
			'introuvable',
			'Cette adresse d’agenda ne donne plus rien. Demandez-en une autre dans Copacte.'
		);
	return row.pacte_id;
}
