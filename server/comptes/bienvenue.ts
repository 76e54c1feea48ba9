import type { Identite } from '#lib/comptes/compte-rules.ts';
import type { Exigence } from '#lib/comptes/mot-de-passe-rules.ts';
import { LIEN_PERDU } from '#lib/comptes/textes.ts';
import type { Role } from '#lib/documents/rights.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Lien } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import { addJournalEntry } from '../journal/journal.ts';
import { adoptPactes } from '../pactes/adopt-pactes.ts';
import { insertCompte, setPassword } from './comptes.ts';
import { forgetTries } from './essais.ts';
import { consumeLien, findLien } from './liens.ts';
import { hashPassword } from './mot-de-passe.ts';
import { invalidateCompte, invalidateOtherSessions } from './session.ts';

/** What a link opens, as its reader may know it before using it. */
export type Bienvenue =
	| { usage: 'premier_administrateur' | 'administrateur' }
	| { usage: 'invitation'; role: Role; pacte: { id: string; intitule: string; territoire: string } }
	| { usage: 'mot_de_passe'; nom: string; email: string; exigence: Exigence }
	| { usage: 'demo'; nom: string; role: Role };

/** Reads a link without using it: mail scanners open links too. null: it opens nothing, or nothing any more. */
export async function readLien({ db, now }: Pick<App, 'db' | 'now'>, token: string): Promise<Bienvenue | null> {
	const lien = await findLien(db, token, now());
	if (!lien) return null;
	const { usage, role } = lien;
	switch (usage) {
		case 'premier_administrateur':
		case 'administrateur':
			return { usage };
		case 'invitation': {
			const pacte = await pacteOf(db, lien);
			return pacte && role && { usage, role, pacte };
		}
		case 'mot_de_passe': {
			const compte = await compteOf(db, lien);
			return compte && { usage, ...compte };
		}
		case 'demo': {
			const compte = await compteOf(db, lien);
			return compte && role && { usage, nom: compte.nom, role };
		}
		default:
			return usage satisfies never;
	}
}

async function pacteOf(db: Queryable, { pacte_id }: Lien) {
	const query = db.selectFrom('pactes').select(['id', 'intitule', 'territoire']).where('id', '=', pacte_id);
	return (await query.executeTakeFirst()) ?? null;
}

async function compteOf(db: Queryable, { compte_id }: Lien) {
	const query = db.selectFrom('comptes').select(['nom', 'email', 'administrateur']).where('id', '=', compte_id);
	const compte = await query.executeTakeFirst();
	if (!compte) return null;
	const exigence: Exigence = compte.administrateur === 1 ? 'administrateur' : 'compte';
	return { nom: compte.nom, email: compte.email, exigence };
}

/** Uses a link to make an account, with what the link gives. Gives the account and the page to open. */
export async function createCompteFromLien(
	app: App,
	token: string,
	{ motDePasse, ...identite }: Identite & { motDePasse: string }
): Promise<{ compteId: string; suite: string }> {
	await requireUsable(app, token);
	const hash = await hashPassword(motDePasse);
	const now = app.now();
	const { compteId, pacteId } = await app.db.transaction().execute(async (trx) => {
		const lien = await consumeLien(trx, token, now);
		if (lien.usage === 'demo' || lien.usage === 'mot_de_passe') throw new DomainError('introuvable', LIEN_PERDU);
		const administrateur = lien.usage !== 'invitation';
		const compteId = await insertCompte(trx, { ...identite, hash, administrateur, now });
		if (administrateur) await journalAdministrateur(trx, lien, compteId, now);
		else await insertParticipation(trx, lien, compteId, now);
		if (lien.usage === 'premier_administrateur') await adoptPactes(trx, compteId, now);
		return { compteId, pacteId: lien.pacte_id };
	});
	if (!pacteId) return { compteId, suite: '/' };
	app.collaboration.flux.publish(pacteId, { type: 'pacte' });
	return { compteId, suite: `/pactes/${pacteId}` };
}

/**
 * Uses an invitation for an account that exists. Someone who already takes part keeps their role, and the link stays
 * for the person whom it is for. Gives the page to open.
 */
export async function joinPacte(app: App, token: string, compteId: string): Promise<string> {
	const now = app.now();
	const pacteId = await app.db.transaction().execute(async (trx) => {
		const lien = await findLien(trx, token, now);
		if (lien?.usage !== 'invitation' || !lien.pacte_id) throw new DomainError('introuvable', LIEN_PERDU);
		const already = await trx
			.selectFrom('participations')
			.select('role')
			.where('pacte_id', '=', lien.pacte_id)
			.where('compte_id', '=', compteId)
			.executeTakeFirst();
		if (!already) await insertParticipation(trx, await consumeLien(trx, token, now), compteId, now);
		return lien.pacte_id;
	});
	await app.collaboration.refreshRights();
	app.collaboration.flux.publish(pacteId, { type: 'pacte' });
	return `/pactes/${pacteId}`;
}

/** Uses a link that makes an administrateur of an account that exists; `motDePasse`: its new one, if the old was too short. */
export async function becomeAdministrateur(
	app: App,
	token: string,
	{ compteId, sessionId, motDePasse }: { compteId: string; sessionId: string; motDePasse: string | null }
): Promise<void> {
	await requireUsable(app, token);
	const hash = motDePasse === null ? null : await hashPassword(motDePasse);
	const now = app.now();
	await app.db.transaction().execute(async (trx) => {
		const lien = await consumeLien(trx, token, now);
		if (lien.usage !== 'administrateur' && lien.usage !== 'premier_administrateur')
			throw new DomainError('introuvable', LIEN_PERDU);
		await trx.updateTable('comptes').set({ administrateur: 1 }).where('id', '=', compteId).execute();
		await journalAdministrateur(trx, lien, compteId, now);
		if (lien.usage === 'premier_administrateur') await adoptPactes(trx, compteId, now);
		if (hash !== null) await setPassword(trx, { compteId, hash, par: compteId, now });
	});
	if (hash === null) return;
	for (const id of await invalidateOtherSessions(app, compteId, sessionId)) app.collaboration.closeSession(id);
}

/** Uses a link that chooses a password again; signs the account out wherever it was. Gives the account. */
export async function choosePassword(app: App, token: string, motDePasse: string): Promise<string> {
	await requireUsable(app, token);
	const hash = await hashPassword(motDePasse);
	const now = app.now();
	const { compteId, email } = await app.db.transaction().execute(async (trx) => {
		const lien = await consumeLien(trx, token, now);
		if (lien.usage !== 'mot_de_passe' || !lien.compte_id) throw new DomainError('introuvable', LIEN_PERDU);
		const compteId = lien.compte_id;
		await setPassword(trx, { compteId, hash, par: compteId, now });
		const query = trx.selectFrom('comptes').select('email').where('id', '=', compteId);
		return { compteId, email: (await query.executeTakeFirstOrThrow()).email };
	});
	await forgetTries(app, email);
	await invalidateCompte(app, compteId);
	app.collaboration.closeCompte(compteId);
	return compteId;
}

/** The account that a link of the demonstration opens; it can be used again. */
export async function enterDemo({ db, now }: Pick<App, 'db' | 'now'>, token: string): Promise<string> {
	const lien = await findLien(db, token, now());
	if (lien?.usage !== 'demo' || !lien.compte_id) throw new DomainError('introuvable', LIEN_PERDU);
	return lien.compte_id;
}

/** Before a password is hashed, which costs: the transaction asks again. */
async function requireUsable({ db, now }: Pick<App, 'db' | 'now'>, token: string): Promise<void> {
	if (!(await findLien(db, token, now()))) throw new DomainError('introuvable', LIEN_PERDU);
}

async function insertParticipation(trx: Queryable, lien: Lien, compteId: string, now: number): Promise<void> {
	const { pacte_id, role } = lien;
	if (!pacte_id || !role) throw new DomainError('introuvable', LIEN_PERDU);
	await trx.insertInto('participations').values({ pacte_id, compte_id: compteId, role, created_at: now }).execute();
	const detail = { role, invitePar: lien.created_by };
	await addJournalEntry(trx, { pacteId: pacte_id, compteId, acte: 'membre_arrive', detail, now });
}

async function journalAdministrateur(trx: Queryable, lien: Lien, compteId: string, now: number): Promise<void> {
	const detail = { compte: compteId };
	const par = lien.created_by ?? compteId;
	await addJournalEntry(trx, { pacteId: null, compteId: par, acte: 'administrateur_donne', detail, now });
}
