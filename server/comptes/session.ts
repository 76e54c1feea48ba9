import { Lucia, TimeSpan } from 'lucia';
import type { Compte } from '../database/schema.ts';
import { hashToken } from '../ids.ts';
import { expiryOf, IDLE, luciaAdapter, RENEWAL, type Sessions } from './lucia-adapter.ts';

/**
 * Sessions. Lucia stays behind this file and its adapter: nothing else imports it, so that it can be replaced in a day
 * (docs/decisions/0003-sessions-lucia-contained.md).
 */
declare module 'lucia' {
	interface Register {
		Lucia: Lucia<SessionAttributes, { compte: CompteConnecte }>;
		DatabaseUserAttributes: CompteConnecte;
		DatabaseSessionAttributes: SessionAttributes;
	}
}

/** Who is signed in: the account without what proves it. */
export type CompteConnecte = Omit<Compte, 'mot_de_passe'>;

interface SessionAttributes {
	since: number;
	expires_at: number;
}

export interface Session {
	compte: CompteConnecte;
	/** The name of the session, safe to keep and to compare: it does not open it. */
	sessionId: string;
	expiresAt: number;
	/** Its end was moved: the cookie must be given again. */
	fresh: boolean;
}

export interface NewSession {
	/** What the cookie holds: the only place where it exists. */
	cookie: string;
	sessionId: string;
	expiresAt: number;
}

/** Lucia renews in the second half of the life that it is told. */
const LIFE = new TimeSpan(2 * (IDLE - RENEWAL), 'ms');

function luciaOf(sessions: Sessions) {
	return new Lucia(luciaAdapter(sessions), {
		sessionExpiresIn: LIFE,
		getUserAttributes: (compte) => ({ compte }),
		getSessionAttributes: (attributes) => attributes
	});
}

export async function createSession(sessions: Sessions, compteId: string): Promise<NewSession> {
	const lucia = luciaOf(sessions);
	await lucia.deleteExpiredSessions();
	const now = sessions.now();
	const expiresAt = expiryOf(now, now);
	const { id } = await lucia.createSession(compteId, { since: now, expires_at: expiresAt });
	return { cookie: id, sessionId: hashToken(id), expiresAt };
}

/** Who a cookie's value stands for; null when it opens nothing, or nothing any more. Prolongs a session in use. */
export async function validateSession(sessions: Sessions, cookie: string): Promise<Session | null> {
	const { user, session } = await luciaOf(sessions).validateSession(cookie);
	if (!user) return null;
	const { fresh, since, expires_at } = session;
	return {
		compte: user.compte,
		sessionId: hashToken(cookie),
		expiresAt: fresh ? expiryOf(since, sessions.now()) : expires_at,
		fresh
	};
}

/** By the cookie's value. */
export async function invalidateSession(sessions: Sessions, cookie: string): Promise<void> {
	await luciaOf(sessions).invalidateSession(cookie);
}

/** Signs an account out everywhere. */
export async function invalidateCompte(sessions: Sessions, compteId: string): Promise<void> {
	await luciaOf(sessions).invalidateUserSessions(compteId);
}

/** Signs an account out everywhere but here; gives the names of the sessions that ended. */
export async function invalidateOtherSessions(
	{ db }: Sessions,
	compteId: string,
	sessionId: string
): Promise<string[]> {
	const ended = await db
		.deleteFrom('sessions')
		.where('compte_id', '=', compteId)
		.where('id', '!=', sessionId)
		.returning('id')
		.execute();
	return ended.map(({ id }) => id);
}

export async function countSessions({ db, now }: Sessions, compteId: string): Promise<number> {
	const { n } = await db
		.selectFrom('sessions')
		.select((eb) => eb.fn.countAll<number>().as('n'))
		.where('compte_id', '=', compteId)
		.where('expires_at', '>', now())
		.executeTakeFirstOrThrow();
	return Number(n);
}
