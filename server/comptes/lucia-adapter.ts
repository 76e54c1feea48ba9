import type { Adapter, DatabaseSession, DatabaseUser } from 'lucia';
import type { App } from '../app.ts';
import { hashToken } from '../ids.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Signed out after this long without a request… */
export const IDLE = 12 * HOUR;
/** …and this long after signing in, whatever happens. */
export const ABSOLUTE = 7 * DAY;
/** A session in use is prolonged at this rhythm, not at each request: a read must not cost a write. */
export const RENEWAL = 10 * MINUTE;

export type Sessions = Pick<App, 'db' | 'now'>;

/** When a session that is used now ends, if it is not used again. */
export function expiryOf(createdAt: number, now: number): number {
	return Math.min(now + IDLE, createdAt + ABSOLUTE);
}

/**
 * Lucia's seven questions to the database, over Kysely. Lucia holds the cookie's value; the table holds its hash, so
 * that a copy of the database opens no session. Lucia reads the wall clock: instants are moved from ours to it.
 */
export function luciaAdapter({ db, now }: Sessions): Adapter {
	const toWallClock = (instant: number) => new Date(instant - now() + Date.now());

	return {
		async getSessionAndUser(value): Promise<[DatabaseSession | null, DatabaseUser | null]> {
			const row = await db
				.selectFrom('sessions')
				.innerJoin('comptes', 'comptes.id', 'sessions.compte_id')
				.select(['sessions.created_at as since', 'expires_at'])
				.select(['comptes.id', 'email', 'nom', 'organisme', 'administrateur', 'demo', 'comptes.created_at'])
				.where('sessions.id', '=', hashToken(value))
				.executeTakeFirst();
			if (!row) return [null, null];
			const { since, expires_at, ...compte } = row;
			const session = {
				id: value,
				userId: compte.id,
				expiresAt: toWallClock(expires_at),
				attributes: { since, expires_at }
			};
			return [session, { id: compte.id, attributes: compte }];
		},

		async getUserSessions(compteId): Promise<DatabaseSession[]> {
			const rows = await db.selectFrom('sessions').selectAll().where('compte_id', '=', compteId).execute();
			return rows.map(({ id, compte_id, expires_at, created_at }) => ({
				id,
				userId: compte_id,
				expiresAt: toWallClock(expires_at),
				attributes: { since: created_at, expires_at }
			}));
		},

		async setSession({ id, userId }): Promise<void> {
			const created_at = now();
			await db
				.insertInto('sessions')
				.values({ id: hashToken(id), compte_id: userId, created_at, expires_at: expiryOf(created_at, created_at) })
				.execute();
		},

		/** Lucia asks for a later end; which one is decided here, since it knows nothing of an absolute limit. */
		async updateSessionExpiration(value): Promise<void> {
			const id = hashToken(value);
			const row = await db.selectFrom('sessions').select('created_at').where('id', '=', id).executeTakeFirst();
			if (!row) return;
			const expires_at = expiryOf(row.created_at, now());
			try {
				await db.updateTable('sessions').set({ expires_at }).where('id', '=', id).execute();
			} catch {
				// A full disk keeps nobody from reading: the session holds as it is, and a later request prolongs it.
			}
		},

		async deleteSession(value): Promise<void> {
			await db.deleteFrom('sessions').where('id', '=', hashToken(value)).execute();
		},

		async deleteUserSessions(compteId): Promise<void> {
			await db.deleteFrom('sessions').where('compte_id', '=', compteId).execute();
		},

		async deleteExpiredSessions(): Promise<void> {
			await db.deleteFrom('sessions').where('expires_at', '<=', now()).execute();
		}
	};
}
