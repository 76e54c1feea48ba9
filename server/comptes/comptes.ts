import { ADRESSE_PRISE } from '#lib/comptes/textes.ts';
import type { Identite } from '#lib/comptes/compte-rules.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { addJournalEntry } from '../journal/journal.ts';
import { hashPassword } from './mot-de-passe.ts';
import { invalidateCompte, invalidateOtherSessions, invalidateSession } from './session.ts';

export interface NewCompte extends Identite {
	/** Already hashed: a transaction waits for nothing but its own queries. */
	hash: string;
	administrateur: boolean;
	now: number;
}

/** Adds an account in someone's transaction; refuses an address that has one. The e-mail is folded. */
export async function insertCompte(trx: Queryable, compte: NewCompte): Promise<string> {
	const { nom, email, organisme, hash, administrateur, now } = compte;
	const inserted = await trx
		.insertInto('comptes')
		.values({
			id: newId(),
			email,
			nom,
			organisme,
			mot_de_passe: hash,
			administrateur: administrateur ? 1 : 0,
			demo: 0,
			created_at: now
		})
		.onConflict((conflict) => conflict.column('email').doNothing())
		.returning('id')
		.executeTakeFirst();
	if (!inserted) throw new DomainError('conflit', ADRESSE_PRISE);
	await addJournalEntry(trx, { pacteId: null, compteId: inserted.id, acte: 'compte_cree', now });
	return inserted.id;
}

/** How someone is shown to the others. */
export async function updateIdentite(
	{ db, now }: Pick<App, 'db' | 'now'>,
	compteId: string,
	{ nom, organisme }: Pick<Identite, 'nom' | 'organisme'>
): Promise<void> {
	await db.transaction().execute(async (trx) => {
		await trx.updateTable('comptes').set({ nom, organisme }).where('id', '=', compteId).execute();
		await addJournalEntry(trx, { pacteId: null, compteId, acte: 'compte_modifie', now: now() });
	});
}

/** Changes a password that was asked again just before, and signs the account out everywhere else. */
export async function changePassword(
	app: App,
	{ compteId, sessionId, motDePasse }: { compteId: string; sessionId: string; motDePasse: string }
): Promise<void> {
	const hash = await hashPassword(motDePasse);
	await app.db.transaction().execute((trx) => setPassword(trx, { compteId, hash, par: compteId, now: app.now() }));
	const ended = await invalidateOtherSessions(app, compteId, sessionId);
	for (const id of ended) app.collaboration.closeSession(id);
}

export async function setPassword(
	trx: Queryable,
	{ compteId, hash, par, now }: { compteId: string; hash: string; par: string; now: number }
): Promise<void> {
	await trx.updateTable('comptes').set({ mot_de_passe: hash }).where('id', '=', compteId).execute();
	await addJournalEntry(trx, { pacteId: null, compteId: par, acte: 'mot_de_passe_change', now });
}

/** Signs out here: the session ends, and the sockets that it opened. */
export async function signOut(app: App, session: { cookie: string; sessionId: string }): Promise<void> {
	await invalidateSession(app, session.cookie);
	app.collaboration.closeSession(session.sessionId);
}

/** Signs out everywhere, open sockets included. */
export async function signOutEverywhere(app: App, compteId: string): Promise<void> {
	await invalidateCompte(app, compteId);
	app.collaboration.closeCompte(compteId);
}
