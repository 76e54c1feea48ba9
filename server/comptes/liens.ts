import type { ExpressionBuilder } from 'kysely';
import { LIEN_PERDU } from '#lib/comptes/textes.ts';
import { ROLES, type Role } from '#lib/documents/rights.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Lien, LienUsage, Schema } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import { hashToken, newToken } from '../ids.ts';

const DAY = 24 * 60 * 60 * 1000;

/** How long an invitation waits for its person, and a new password for its owner. */
export const DUREE_D_INVITATION = 7 * DAY;
export const DUREE_DU_LIEN_DE_MOT_DE_PASSE = DAY;

export interface NewLien {
	usage: LienUsage;
	pacteId?: string;
	role?: Role;
	compteId?: string;
	pour?: string;
	createdBy?: string | null;
	now: number;
	expiresAt?: number;
}

/** Makes a link and gives its path: the only time that its token is known. */
export async function createLien(trx: Queryable, lien: NewLien): Promise<string> {
	const token = newToken();
	await trx
		.insertInto('liens')
		.values({
			id: hashToken(token),
			usage: lien.usage,
			pacte_id: lien.pacteId ?? null,
			role: lien.role ?? null,
			compte_id: lien.compteId ?? null,
			pour: lien.pour ?? '',
			created_by: lien.createdBy ?? null,
			created_at: lien.now,
			expires_at: lien.expiresAt ?? null,
			used_at: null
		})
		.execute();
	return `/lien/${token}`;
}

/** A token as we make them; anything else is not worth a look in the database. */
export function isToken(text: string): boolean {
	return /^[A-Za-z0-9_-]{43}$/.test(text);
}

/** Neither used nor expired. */
export function isUsable(now: number) {
	return (eb: ExpressionBuilder<Schema, 'liens'>) =>
		eb.and([eb('used_at', 'is', null), eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)])]);
}

/** The link of a token, while it can still be used. Unknown, used and expired are the same answer. */
export async function findLien(db: Queryable, token: string, now: number): Promise<Lien | null> {
	if (!isToken(token)) return null;
	const lien = await db
		.selectFrom('liens')
		.selectAll()
		.where('id', '=', hashToken(token))
		.where(isUsable(now))
		.executeTakeFirst();
	return lien ?? null;
}

/** Uses a one-time link in the transaction of what it gives; of two people at once, one wins and the other is told. */
export async function consumeLien(trx: Queryable, token: string, now: number): Promise<Lien> {
	const lien = isToken(token)
		? await trx
				.updateTable('liens')
				.set({ used_at: now })
				.where('id', '=', hashToken(token))
				.where(isUsable(now))
				.returningAll()
				.executeTakeFirst()
		: undefined;
	if (!lien) throw new DomainError('introuvable', LIEN_PERDU);
	return lien;
}

/**
 * The path of the link that makes the first administrateur; null once there is one, the demonstration apart. Each start
 * makes a new one and forgets the one before: only a hash was kept of it.
 */
export async function firstAdminLink({ db, now }: Pick<App, 'db' | 'now'>): Promise<string | null> {
	return db.transaction().execute(async (trx) => {
		await trx.deleteFrom('liens').where('usage', '=', 'premier_administrateur').where('used_at', 'is', null).execute();
		const administrateur = await trx
			.selectFrom('comptes')
			.select('id')
			.where('administrateur', '=', 1)
			.where('demo', '=', 0)
			.limit(1)
			.executeTakeFirst();
		return administrateur ? null : createLien(trx, { usage: 'premier_administrateur', now: now() });
	});
}

export interface DemoLink {
	nom: string;
	path: string;
}

/**
 * A link per account of the demonstration, in the order of the roles, while nothing else is inside; they can be used
 * again until the demonstration is removed. Each start replaces them.
 */
export async function demoLinks({ db, now }: Pick<App, 'db' | 'now'>): Promise<DemoLink[]> {
	return db.transaction().execute(async (trx) => {
		const real = await trx.selectFrom('pactes').select('id').where('demo', '=', 0).limit(1).executeTakeFirst();
		if (real) return [];
		await trx.deleteFrom('liens').where('usage', '=', 'demo').execute();
		const comptes = await trx
			.selectFrom('comptes')
			.innerJoin('participations', 'participations.compte_id', 'comptes.id')
			.select(['comptes.id', 'nom', 'role'])
			.where('demo', '=', 1)
			.execute();
		const links: DemoLink[] = [];
		for (const { id, nom, role } of comptes.sort((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role)))
			links.push({ nom, path: await createLien(trx, { usage: 'demo', compteId: id, role, now: now() }) });
		return links;
	});
}
