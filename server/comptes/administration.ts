import { DERNIER_ADMINISTRATEUR } from '#lib/comptes/textes.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { LienUsage } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import { addJournalEntry } from '../journal/journal.ts';
import { createLien, DUREE_D_INVITATION, DUREE_DU_LIEN_DE_MOT_DE_PASSE, isUsable } from './liens.ts';

type Clock = Pick<App, 'db' | 'now'>;

export interface CompteDeLaListe {
	id: string;
	nom: string;
	email: string;
	organisme: string;
	administrateur: boolean;
	pactes: number;
}

export interface LienEnAttente {
	id: string;
	pour: string;
	par: string | null;
	expiresAt: number;
}

export interface Administration {
	/** The demonstration's own apart. */
	comptes: CompteDeLaListe[];
	invitations: LienEnAttente[];
	demonstration: boolean;
}

/** What an administrateur sees of the installation: accounts and rights, never the content of a pacte. */
export async function readAdministration({ db, now }: Clock): Promise<Administration> {
	return {
		comptes: await listComptes(db),
		invitations: await listAdministrateurInvitations(db, now()),
		demonstration: await hasDemo(db)
	};
}

async function listComptes(db: Queryable): Promise<CompteDeLaListe[]> {
	const rows = await db
		.selectFrom('comptes')
		.leftJoin('participations', 'participations.compte_id', 'comptes.id')
		.select(['comptes.id', 'nom', 'email', 'organisme', 'administrateur'])
		.select((eb) => eb.fn.count<number>('pacte_id').as('pactes'))
		.where('demo', '=', 0)
		.groupBy(['comptes.id', 'nom', 'email', 'organisme', 'administrateur'])
		.execute();
	return rows
		.map(({ administrateur, pactes, ...row }) => ({
			...row,
			administrateur: administrateur === 1,
			pactes: Number(pactes)
		}))
		.sort((a, b) => a.nom.localeCompare(b.nom, 'fr', { numeric: true }));
}

async function listAdministrateurInvitations(db: Queryable, now: number): Promise<LienEnAttente[]> {
	const rows = await db
		.selectFrom('liens')
		.leftJoin('comptes', 'comptes.id', 'liens.created_by')
		.select(['liens.id', 'pour', 'nom as par', 'expires_at'])
		.where('usage', '=', 'administrateur')
		.where((eb) => isUsable(now)(eb))
		.orderBy('liens.created_at', 'desc')
		.execute();
	return rows.flatMap(({ expires_at, ...row }) => (expires_at === null ? [] : [{ ...row, expiresAt: expires_at }]));
}

async function hasDemo(db: Queryable): Promise<boolean> {
	const compte = await db.selectFrom('comptes').select('id').where('demo', '=', 1).limit(1).executeTakeFirst();
	if (compte) return true;
	return !!(await db.selectFrom('pactes').select('id').where('demo', '=', 1).limit(1).executeTakeFirst());
}

/** Makes a link that gives the right of administrateur; its path is shown once. */
export async function inviteAdministrateur({ db, now }: Clock, by: string, pour: string): Promise<string> {
	const instant = now();
	return db.transaction().execute(async (trx) => {
		const detail = { droit: 'administrateur' };
		await addJournalEntry(trx, { pacteId: null, compteId: by, acte: 'invitation_faite', detail, now: instant });
		const expiresAt = instant + DUREE_D_INVITATION;
		return createLien(trx, { usage: 'administrateur', pour, createdBy: by, now: instant, expiresAt });
	});
}

export async function withdrawAdministrateurInvitation({ db, now }: Clock, by: string, id: string): Promise<void> {
	await db.transaction().execute(async (trx) => {
		const withdrawn = await trx
			.deleteFrom('liens')
			.where('id', '=', id)
			.where('usage', '=', 'administrateur')
			.where('used_at', 'is', null)
			.returning('id')
			.executeTakeFirst();
		if (!withdrawn) return;
		const detail = { droit: 'administrateur' };
		await addJournalEntry(trx, { pacteId: null, compteId: by, acte: 'invitation_retiree', detail, now: now() });
	});
}

/** Takes the right of administrateur away, and the links that it made; never from the last one. */
export async function withdrawAdministrateur({ db, now }: Clock, by: string, compteId: string): Promise<void> {
	await db.transaction().execute(async (trx) => {
		// Writing the rows, even unchanged, holds them: two administrateurs cannot leave at the same time.
		await trx.updateTable('comptes').set({ administrateur: 1 }).where('administrateur', '=', 1).execute();
		const administrateurs = await trx
			.selectFrom('comptes')
			.select('id')
			.where('administrateur', '=', 1)
			.where('demo', '=', 0)
			.execute();
		if (!administrateurs.some(({ id }) => id === compteId)) return;
		if (administrateurs.length === 1) throw new DomainError('conflit', DERNIER_ADMINISTRATEUR);
		await trx.updateTable('comptes').set({ administrateur: 0 }).where('id', '=', compteId).execute();
		await dropLiensBy(trx, compteId);
		const detail = { compte: compteId };
		await addJournalEntry(trx, { pacteId: null, compteId: by, acte: 'administrateur_retire', detail, now: now() });
	});
}

const USAGES_D_ADMINISTRATEUR: LienUsage[] = ['administrateur', 'mot_de_passe'];

async function dropLiensBy(trx: Queryable, compteId: string): Promise<void> {
	await trx
		.deleteFrom('liens')
		.where('usage', 'in', USAGES_D_ADMINISTRATEUR)
		.where('created_by', '=', compteId)
		.where('used_at', 'is', null)
		.execute();
}

/**
 * Makes the link by which someone who forgot their password chooses another one: there may be no mail server to do it.
 * The link before it stops working. Gives its path, to be shown once. Made by an administrateur, or by a command (null).
 */
export async function offerNewPassword({ db, now }: Clock, by: string | null, compteId: string): Promise<string> {
	const instant = now();
	return db.transaction().execute(async (trx) => {
		const compte = await trx
			.selectFrom('comptes')
			.select('id')
			.where('id', '=', compteId)
			.where('demo', '=', 0)
			.executeTakeFirst();
		if (!compte) throw new DomainError('introuvable', 'Ce compte n’existe pas.');
		await trx.deleteFrom('liens').where('usage', '=', 'mot_de_passe').where('compte_id', '=', compteId).execute();
		const detail = { compte: compteId };
		const entry = { pacteId: null, compteId: by, acte: 'mot_de_passe_propose', detail, now: instant } as const;
		await addJournalEntry(trx, entry);
		const expiresAt = instant + DUREE_DU_LIEN_DE_MOT_DE_PASSE;
		return createLien(trx, { usage: 'mot_de_passe', compteId, createdBy: by, now: instant, expiresAt });
	});
}
