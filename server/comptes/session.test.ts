import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { hashToken } from '../ids.ts';
import { insertCompte } from './comptes.ts';
import { ABSOLUTE, IDLE, RENEWAL } from './lucia-adapter.ts';
import {
	countSessions,
	createSession,
	invalidateCompte,
	invalidateOtherSessions,
	invalidateSession,
	validateSession
} from './session.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`sessions on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let elise: string;

		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		beforeEach(async () => {
			await app.clear();
			elise = await insertCompte(app.db, {
				nom: 'Élise Hervé',
				email: 'elise@haute-riviere.fr',
				organisme: 'Département',
				hash: 'x',
				administrateur: false,
				now: app.now()
			});
		});
		afterAll(() => app.end());

		const ends = async () => (await app.db.selectFrom('sessions').select('expires_at').execute())[0]?.expires_at;

		test('the cookie opens the session of its account, without what proves it', async () => {
			const { cookie, sessionId, expiresAt } = await createSession(app, elise);
			const session = await validateSession(app, cookie);
			expect(session).toEqual({
				compte: {
					id: elise,
					email: 'elise@haute-riviere.fr',
					nom: 'Élise Hervé',
					organisme: 'Département',
					administrateur: 0,
					demo: 0,
					created_at: app.now()
				},
				sessionId,
				expiresAt,
				fresh: false
			});
			expect(expiresAt).toBe(app.now() + IDLE);
		});

		test('only hashes are kept: what is in the table opens nothing', async () => {
			const { cookie, sessionId } = await createSession(app, elise);
			const rows = await app.db.selectFrom('sessions').selectAll().execute();
			expect(rows.map(({ id }) => id)).toEqual([hashToken(cookie)]);
			expect(sessionId).toBe(hashToken(cookie));
			expect(JSON.stringify(rows)).not.toContain(cookie);
			expect(await validateSession(app, sessionId)).toBeNull();
		});

		test('what is not a session opens nothing', async () => {
			await createSession(app, elise);
			for (const value of ['', 'x', 'a'.repeat(10_000), '\u0000', "' or 1=1 --"])
				expect(await validateSession(app, value)).toBeNull();
		});

		test('a session ends 12 hours after its last use, to the millisecond, and leaves no row', async () => {
			const { cookie } = await createSession(app, elise);
			app.advance(IDLE - MINUTE);
			expect((await validateSession(app, cookie))?.fresh).toBe(true);
			app.advance(IDLE);
			expect(await validateSession(app, cookie)).toBeNull();
			expect(await ends()).toBeUndefined();
		});

		test('a session in use slides, written at most every ten minutes', async () => {
			const { cookie, expiresAt } = await createSession(app, elise);
			app.advance(RENEWAL - MINUTE);
			expect((await validateSession(app, cookie))?.fresh).toBe(false);
			expect(await ends()).toBe(expiresAt);
			app.advance(2 * MINUTE);
			const session = await validateSession(app, cookie);
			expect(session).toMatchObject({ fresh: true, expiresAt: app.now() + IDLE });
			expect(await ends()).toBe(app.now() + IDLE);
		});

		test('a session in use all the time ends seven days after signing in', async () => {
			const since = app.now();
			const { cookie } = await createSession(app, elise);
			while (app.now() + 11 * HOUR < since + ABSOLUTE) {
				app.advance(11 * HOUR);
				expect(await validateSession(app, cookie)).not.toBeNull();
			}
			expect(await ends()).toBe(since + ABSOLUTE);
			app.advance(since + ABSOLUTE - app.now());
			expect(await validateSession(app, cookie)).toBeNull();
		});

		test('signing out ends this session and no other', async () => {
			const here = await createSession(app, elise);
			const elsewhere = await createSession(app, elise);
			await invalidateSession(app, here.cookie);
			expect(await validateSession(app, here.cookie)).toBeNull();
			expect(await validateSession(app, elsewhere.cookie)).not.toBeNull();
		});

		test('signing out everywhere ends them all; everywhere else, all but one, by their names', async () => {
			const sessions = [];
			for (let n = 0; n < 3; n++) sessions.push(await createSession(app, elise));
			const [here, ...others] = sessions;
			const ended = await invalidateOtherSessions(app, elise, here!.sessionId);
			expect(ended.sort()).toEqual(others.map(({ sessionId }) => sessionId).sort());
			expect(await countSessions(app, elise)).toBe(1);
			await invalidateCompte(app, elise);
			expect(await countSessions(app, elise)).toBe(0);
			expect(await validateSession(app, here!.cookie)).toBeNull();
		});

		test('sessions that ended are not counted, and their rows go when someone signs in', async () => {
			await createSession(app, elise);
			app.advance(IDLE);
			expect(await countSessions(app, elise)).toBe(0);
			await createSession(app, elise);
			expect(await app.db.selectFrom('sessions').select('id').execute()).toHaveLength(1);
		});

		test('the sessions of an account that is gone are gone', async () => {
			const { cookie } = await createSession(app, elise);
			await app.db.deleteFrom('comptes').where('id', '=', elise).execute();
			expect(await validateSession(app, cookie)).toBeNull();
		});
	});
}
