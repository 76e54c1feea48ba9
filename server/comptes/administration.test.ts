import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { addPacte, addPersonne } from '../../tests/support/personnes.ts';
import {
	inviteAdministrateur,
	offerNewPassword,
	readAdministration,
	withdrawAdministrateur,
	withdrawAdministrateurInvitation
} from './administration.ts';
import { becomeAdministrateur, choosePassword, createCompteFromLien, readLien } from './bienvenue.ts';
import { changePassword, signOutEverywhere, updateIdentite } from './comptes.ts';
import { verifyCompte } from './connexion.ts';
import { createSession, validateSession } from './session.ts';

const PASSWORD = 'quatre chevaux lampe';
const tokenOf = (path: string) => path.replace('/lien/', '');

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`accounts on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let odile: string;
		let karim: string;

		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		beforeEach(async () => {
			await app.clear();
			odile = await addPersonne(app, 'Odile Ferrand', { administrateur: true });
			karim = await addPersonne(app, 'Karim Benali', { email: 'karim@caf.example', organisme: 'CAF' });
		});
		afterAll(() => app.end());

		const isAdministrateur = async (id: string) =>
			(await readAdministration(app)).comptes.find((compte) => compte.id === id)?.administrateur;

		test('accounts are listed with their pactes counted, those of the demonstration apart', async () => {
			const demo = await addPersonne(app, 'Équipe projet', { demo: true });
			await addPacte(app, { [karim]: 'redacteur', [demo]: 'equipe_projet' }, { demo: true });
			await addPacte(app, { [karim]: 'lecteur' });
			const { comptes, demonstration } = await readAdministration(app);
			expect(comptes.map(({ nom, pactes, administrateur }) => [nom, pactes, administrateur])).toEqual([
				['Karim Benali', 2, false],
				['Odile Ferrand', 0, true]
			]);
			expect(JSON.stringify(comptes)).not.toContain('mot_de_passe');
			expect(demonstration).toBe(true);
		});

		test('an invitation makes an administrateur of a new account, or of one that exists', async () => {
			const first = tokenOf(await inviteAdministrateur(app, odile, 'Inès'));
			const ines = { nom: 'Inès Roy', email: 'ines@haute-riviere.example', organisme: '', motDePasse: PASSWORD };
			const { compteId } = await createCompteFromLien(app, first, ines);
			expect(await isAdministrateur(compteId)).toBe(true);

			const second = tokenOf(await inviteAdministrateur(app, odile, ''));
			const { sessionId } = await createSession(app, karim);
			const elsewhere = await createSession(app, karim);
			await becomeAdministrateur(app, second, { compteId: karim, sessionId, motDePasse: PASSWORD });
			expect(await isAdministrateur(karim)).toBe(true);
			expect(await validateSession(app, elsewhere.cookie)).toBeNull();
			expect((await verifyCompte(app, { email: 'karim@caf.example', motDePasse: PASSWORD })).ok).toBe(true);
			expect(await readLien(app, second)).toBeNull();
		});

		test('an invitation to a pacte gives no right of administrateur, whatever is posted with it', async () => {
			const { invite } = await import('./equipe.ts');
			const pacteId = await addPacte(app, { [odile]: 'equipe_projet' });
			const token = tokenOf(await invite(app, { pacteId, role: 'lecteur', pour: '', by: odile }));
			const act = becomeAdministrateur(app, token, { compteId: karim, sessionId: 'x', motDePasse: null });
			await expect(act).rejects.toThrow('Ce lien ne fonctionne plus');
			expect(await isAdministrateur(karim)).toBe(false);
			expect(await readLien(app, token)).not.toBeNull();
		});

		test('a withdrawn invitation opens nothing', async () => {
			const token = tokenOf(await inviteAdministrateur(app, odile, 'Inès'));
			const { invitations } = await readAdministration(app);
			expect(invitations).toMatchObject([{ pour: 'Inès', par: 'Odile Ferrand' }]);
			await withdrawAdministrateurInvitation(app, odile, invitations[0]!.id);
			expect(await readLien(app, token)).toBeNull();
			expect((await readAdministration(app)).invitations).toEqual([]);
		});

		test('the right is withdrawn with the links that it made, but never from the last one', async () => {
			const inès = await addPersonne(app, 'Inès Roy', { administrateur: true });
			const token = tokenOf(await inviteAdministrateur(app, inès, ''));
			const reset = tokenOf(await offerNewPassword(app, inès, karim));
			await withdrawAdministrateur(app, odile, inès);
			expect(await isAdministrateur(inès)).toBe(false);
			expect(await readLien(app, token)).toBeNull();
			expect(await readLien(app, reset)).toBeNull();
			await expect(withdrawAdministrateur(app, odile, odile)).rejects.toMatchObject({
				code: 'conflit',
				message: expect.stringContaining('dernier administrateur')
			});
			expect(await isAdministrateur(odile)).toBe(true);
		});

		test('a demo administrateur does not make the last one dispensable', async () => {
			await addPersonne(app, 'Démo', { administrateur: true, demo: true });
			await expect(withdrawAdministrateur(app, odile, odile)).rejects.toThrow('dernier administrateur');
		});

		test('of two administrateurs who withdraw at once, one stays', async () => {
			const inès = await addPersonne(app, 'Inès Roy', { administrateur: true });
			const answers = await Promise.allSettled([
				withdrawAdministrateur(app, odile, odile),
				withdrawAdministrateur(app, inès, inès)
			]);
			expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		});

		test('a link chooses a forgotten password again, once, and signs out wherever the account was', async () => {
			const open = await createSession(app, karim);
			const older = tokenOf(await offerNewPassword(app, odile, karim));
			const token = tokenOf(await offerNewPassword(app, odile, karim));
			expect(await readLien(app, older)).toBeNull();
			expect(await readLien(app, token)).toEqual({
				usage: 'mot_de_passe',
				nom: 'Karim Benali',
				email: 'karim@caf.example',
				exigence: 'compte'
			});
			for (let n = 0; n < 3; n++) await verifyCompte(app, { email: 'karim@caf.example', motDePasse: 'oublié oublié' });
			expect(await choosePassword(app, token, PASSWORD)).toBe(karim);
			expect(await validateSession(app, open.cookie)).toBeNull();
			expect((await verifyCompte(app, { email: 'karim@caf.example', motDePasse: PASSWORD })).ok).toBe(true);
			await expect(choosePassword(app, token, PASSWORD)).rejects.toThrow('Ce lien ne fonctionne plus');
		});

		test('no new password is offered to a demo account, nor to none', async () => {
			const demo = await addPersonne(app, 'Démo', { demo: true });
			for (const id of [demo, 'absent']) await expect(offerNewPassword(app, odile, id)).rejects.toThrow('n’existe pas');
		});

		test('a password that changes signs out everywhere else', async () => {
			const here = await createSession(app, karim);
			const elsewhere = await createSession(app, karim);
			await changePassword(app, { compteId: karim, sessionId: here.sessionId, motDePasse: PASSWORD });
			expect(await validateSession(app, here.cookie)).not.toBeNull();
			expect(await validateSession(app, elsewhere.cookie)).toBeNull();
		});

		test('signing out everywhere ends this session too, and nobody else’s', async () => {
			const sessions = [await createSession(app, karim), await createSession(app, karim)];
			const other = await createSession(app, odile);
			await signOutEverywhere(app, karim);
			for (const { cookie } of sessions) expect(await validateSession(app, cookie)).toBeNull();
			expect(await validateSession(app, other.cookie)).not.toBeNull();
		});

		test('each act on an account is in the journal, in its order, without a secret', async () => {
			await updateIdentite(app, karim, { nom: 'Karim B.', organisme: 'CAF de la Haute-Rivière' });
			const token = tokenOf(await inviteAdministrateur(app, odile, 'note'));
			await becomeAdministrateur(app, token, { compteId: karim, sessionId: 'x', motDePasse: PASSWORD });
			await withdrawAdministrateur(app, odile, karim);
			await offerNewPassword(app, odile, karim);
			const entries = await app.db
				.selectFrom('journal')
				.select(['acte', 'compte_id', 'detail'])
				.orderBy('id')
				.execute();
			expect(entries.map(({ acte, compte_id }) => [acte, compte_id])).toEqual([
				['compte_modifie', karim],
				['invitation_faite', odile],
				['administrateur_donne', odile],
				['mot_de_passe_change', karim],
				['administrateur_retire', odile],
				['mot_de_passe_propose', odile]
			]);
			for (const secret of [token, PASSWORD, 'argon2', 'karim@', 'note'])
				expect(JSON.stringify(entries)).not.toContain(secret);
		});
	});
}
