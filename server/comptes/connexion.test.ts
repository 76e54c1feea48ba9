import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { insertCompte } from './comptes.ts';
import { verifyCompte } from './connexion.ts';
import { hashPassword } from './mot-de-passe.ts';

const EMAIL = 'elise@haute-riviere.fr';
const PASSWORD = 'quatre chevaux lampe';
const SECOND = 1000;
const hash = await hashPassword(PASSWORD);

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`signing in on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let elise: string;

		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		beforeEach(async () => {
			await app.clear();
			const compte = { nom: 'Élise Hervé', email: EMAIL, organisme: '', hash, administrateur: false, now: app.now() };
			elise = await insertCompte(app.db, compte);
		});
		afterAll(() => app.end());

		const attempt = (motDePasse: string, email = EMAIL) => verifyCompte(app, { email, motDePasse });
		const fail = async (times: number, email = EMAIL) => {
			const messages = [];
			for (let n = 0; n < times; n++) {
				const answer = await attempt('un autre mot de passe', email);
				messages.push(answer.ok ? 'ok' : answer.message);
			}
			return messages;
		};

		test('the right password opens its account, however the address is written', async () => {
			expect(await attempt(PASSWORD, ' Elise@Haute-Riviere.FR ')).toEqual({ ok: true, compteId: elise });
		});

		test('an account and an address without one get the same answers and the same delays', async () => {
			const known = [await fail(4), await rowsOf()];
			await app.db.deleteFrom('essais_de_connexion').execute();
			const unknown = [await fail(4, 'personne@haute-riviere.fr'), await rowsOf()];
			expect(unknown).toEqual(known);
			expect(known[0]).toEqual([
				'L’adresse ou le mot de passe n’est pas le bon.',
				'L’adresse ou le mot de passe n’est pas le bon.',
				'L’adresse ou le mot de passe n’est pas le bon. Trop d’essais pour cette adresse. Le prochain sera possible dans 5\u00a0secondes.',
				'Trop d’essais pour cette adresse. Le prochain sera possible dans 5\u00a0secondes.'
			]);
		});

		async function rowsOf() {
			return app.db.selectFrom('essais_de_connexion').select(['echecs', 'prochain_essai']).execute();
		}

		test('during the wait even the right password is refused, and after it opens and resets', async () => {
			await fail(3);
			app.advance(5 * SECOND - 1);
			expect(await attempt(PASSWORD)).toMatchObject({ ok: false, raison: 'attente' });
			app.advance(1);
			expect(await attempt(PASSWORD)).toEqual({ ok: true, compteId: elise });
			expect(await rowsOf()).toEqual([]);
		});

		test('the wait grows with each failure, and asking during it changes nothing', async () => {
			await fail(3);
			await fail(5);
			app.advance(5 * SECOND);
			expect((await fail(1))[0]).toContain('20\u00a0secondes');
			app.advance(20 * SECOND);
			expect((await fail(1))[0]).toContain('80\u00a0secondes');
			expect(await rowsOf()).toEqual([{ echecs: 5, prochain_essai: app.now() + 80 * SECOND }]);
		});

		test('twenty tries at once are no more than three one after the other', async () => {
			const answers = await Promise.all(Array.from({ length: 20 }, () => attempt('un autre mot de passe')));
			const compared = answers.filter((answer) => !answer.ok && answer.raison === 'refus');
			expect(compared).toHaveLength(3);
			expect(await rowsOf()).toMatchObject([{ echecs: 3 }]);
		});

		test('failures are forgotten a day later, and addresses are kept as hashes only', async () => {
			await fail(3);
			const kept = await app.db.selectFrom('essais_de_connexion').select('email_hash').execute();
			expect(kept[0]?.email_hash).toMatch(/^[\w-]{43}$/);
			app.advance(24 * 3600 * SECOND + 5 * SECOND + 1);
			await fail(1, 'autre@haute-riviere.fr');
			expect(await rowsOf()).toEqual([{ echecs: 1, prochain_essai: app.now() }]);
		});

		test('an account without a password cannot be opened by one', async () => {
			await app.db.updateTable('comptes').set({ mot_de_passe: null }).execute();
			expect(await attempt('')).toMatchObject({ ok: false, raison: 'refus' });
		});

		test('a password kept with older parameters is kept again with those of today', async () => {
			const { argon2Sync } = await import('node:crypto');
			const salt = Buffer.alloc(16, 7);
			const parameters = { message: PASSWORD, nonce: salt, memory: 64, passes: 1, parallelism: 1, tagLength: 32 };
			const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
			const older = `$argon2id$v=19$m=64,t=1,p=1$${text(salt)}$${text(argon2Sync('argon2id', parameters))}`;
			await app.db.updateTable('comptes').set({ mot_de_passe: older }).execute();
			expect((await attempt(PASSWORD)).ok).toBe(true);
			const { mot_de_passe } = await app.db.selectFrom('comptes').select('mot_de_passe').executeTakeFirstOrThrow();
			expect(mot_de_passe).toContain('$m=19456,t=2,p=1$');
			expect((await attempt(PASSWORD)).ok).toBe(true);
		});
	});
}
