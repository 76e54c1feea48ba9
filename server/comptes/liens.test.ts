import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { addPacte, addPersonne } from '../../tests/support/personnes.ts';
import { hashToken } from '../ids.ts';
import { createCompteFromLien, enterDemo, joinPacte, readLien } from './bienvenue.ts';
import { invite } from './equipe.ts';
import { demoLinks, DUREE_D_INVITATION, firstAdminLink } from './liens.ts';

const KARIM = {
	nom: 'Karim Benali',
	email: 'karim@caf.example',
	organisme: 'CAF',
	motDePasse: 'quatre chevaux lampe'
};
const PERDU = /^Ce lien ne fonctionne plus/;
const tokenOf = (path: string | null) => path!.replace('/lien/', '');

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`one-time links on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let elise: string;
		let pacte: string;

		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		beforeEach(async () => {
			await app.clear();
			elise = await addPersonne(app, 'Élise Hervé');
			pacte = await addPacte(app, { [elise]: 'equipe_projet' });
		});
		afterAll(() => app.end());

		const invitation = async () =>
			tokenOf(await invite(app, { pacteId: pacte, role: 'redacteur', pour: '', by: elise }));
		const roles = () => app.db.selectFrom('participations').select(['compte_id', 'role']).execute();

		test('a token is 256 bits, and only its hash is kept', async () => {
			const token = await invitation();
			expect(token).toMatch(/^[\w-]{43}$/);
			const rows = await app.db.selectFrom('liens').selectAll().execute();
			expect(rows.map(({ id }) => id)).toEqual([hashToken(token)]);
			expect(JSON.stringify(rows)).not.toContain(token);
			expect(await readLien(app, hashToken(token))).toBeNull();
		});

		test('reading a link, as a mail scanner does, uses nothing', async () => {
			const token = await invitation();
			for (let n = 0; n < 3; n++)
				expect(await readLien(app, token)).toEqual({
					usage: 'invitation',
					role: 'redacteur',
					pacte: { id: pacte, intitule: 'Pacte de la Haute-Rivière', territoire: 'Haute-Rivière' }
				});
			expect(await roles()).toHaveLength(1);
		});

		test('an invitation makes an account with its role, once', async () => {
			const token = await invitation();
			const { compteId, suite } = await createCompteFromLien(app, token, KARIM);
			expect(suite).toBe(`/pactes/${pacte}`);
			expect(await roles()).toContainEqual({ compte_id: compteId, role: 'redacteur' });
			expect(await readLien(app, token)).toBeNull();
			await expect(createCompteFromLien(app, token, { ...KARIM, email: 'ines@caf.example' })).rejects.toThrow(PERDU);
			const compte = await app.db
				.selectFrom('comptes')
				.selectAll()
				.where('id', '=', compteId)
				.executeTakeFirstOrThrow();
			expect(compte).toMatchObject({ email: KARIM.email, administrateur: 0, demo: 0 });
			expect(compte.mot_de_passe).toMatch(/^\$argon2id/);
		});

		test('two people who press the same invitation at once: one wins, the other is told', async () => {
			const token = await invitation();
			const answers = await Promise.allSettled([
				createCompteFromLien(app, token, KARIM),
				createCompteFromLien(app, token, { ...KARIM, email: 'ines@caf.example', nom: 'Inès Roy' })
			]);
			expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
			const refused = answers.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
			expect(String(refused.reason)).toContain('Ce lien ne fonctionne plus');
			expect(await roles()).toHaveLength(2);
			expect(await app.db.selectFrom('comptes').select('id').execute()).toHaveLength(2);
		});

		test('an account that exists joins with its role; its address is not taken twice', async () => {
			const karim = await addPersonne(app, KARIM.nom, { email: KARIM.email });
			const token = await invitation();
			await expect(createCompteFromLien(app, token, KARIM)).rejects.toThrow('Un compte existe déjà');
			expect(await readLien(app, token)).not.toBeNull();
			expect(await joinPacte(app, token, karim)).toBe(`/pactes/${pacte}`);
			expect(await roles()).toContainEqual({ compte_id: karim, role: 'redacteur' });
			expect(await readLien(app, token)).toBeNull();
		});

		test('whoever already takes part keeps their role, and the link stays for its person', async () => {
			const token = await invitation();
			await joinPacte(app, token, elise);
			expect(await roles()).toEqual([{ compte_id: elise, role: 'equipe_projet' }]);
			expect(await readLien(app, token)).not.toBeNull();
		});

		test('an invitation ends after seven days, with the same answer as an unknown or used one', async () => {
			const karim = await addPersonne(app, KARIM.nom);
			const late = await invitation();
			app.advance(DUREE_D_INVITATION - 1);
			expect(await readLien(app, late)).not.toBeNull();
			app.advance(1);
			const used = await invitation();
			await joinPacte(app, used, karim);
			const answers = [];
			for (const token of [late, used, 'A'.repeat(43), 'court', '', '../..']) {
				expect(await readLien(app, token)).toBeNull();
				for (const act of [
					() => joinPacte(app, token, elise),
					() => createCompteFromLien(app, token, KARIM),
					() => enterDemo(app, token)
				])
					answers.push(await act().then(String, String));
			}
			expect(new Set(answers).size).toBe(1);
			expect(answers[0]).toContain('Ce lien ne fonctionne plus');
		});

		test('the first administrateur’s link works until it is used; each start replaces it', async () => {
			const before = tokenOf(await firstAdminLink(app));
			const token = tokenOf(await firstAdminLink(app));
			expect(await readLien(app, before)).toBeNull();
			app.advance(365 * 24 * 3600 * 1000);
			expect(await readLien(app, token)).toEqual({ usage: 'premier_administrateur' });
			const { compteId, suite } = await createCompteFromLien(app, token, KARIM);
			expect(suite).toBe('/');
			const compte = await app.db
				.selectFrom('comptes')
				.selectAll()
				.where('id', '=', compteId)
				.executeTakeFirstOrThrow();
			expect(compte.administrateur).toBe(1);
			expect(await firstAdminLink(app)).toBeNull();
		});

		test('a demo administrateur does not count as the first one', async () => {
			await addPersonne(app, 'Démo', { demo: true, administrateur: true });
			expect(await firstAdminLink(app)).not.toBeNull();
		});

		test('while only the demonstration is inside there is a link per role, used again and again', async () => {
			await app.db.deleteFrom('pactes').execute();
			const lectrice = await addPersonne(app, 'Lectrice', { demo: true });
			const equipe = await addPersonne(app, 'Équipe projet', { demo: true });
			await addPacte(app, { [lectrice]: 'lecteur', [equipe]: 'equipe_projet' }, { demo: true });
			const older = await demoLinks(app);
			const links = await demoLinks(app);
			expect(links.map(({ nom }) => nom)).toEqual(['Équipe projet', 'Lectrice']);
			const token = tokenOf(links[0]!.path);
			expect(await enterDemo(app, token)).toBe(equipe);
			expect(await enterDemo(app, token)).toBe(equipe);
			expect(await readLien(app, token)).toEqual({ usage: 'demo', nom: 'Équipe projet', role: 'equipe_projet' });
			await expect(enterDemo(app, tokenOf(older[0]!.path))).rejects.toThrow(PERDU);
			await expect(createCompteFromLien(app, token, KARIM)).rejects.toThrow(PERDU);

			await app.db.deleteFrom('comptes').where('demo', '=', 1).execute();
			expect(await readLien(app, token)).toBeNull();
		});

		test('once a real pacte is there, no more demo links are made', async () => {
			const demo = await addPersonne(app, 'Équipe projet', { demo: true });
			await addPacte(app, { [demo]: 'equipe_projet' }, { demo: true });
			expect(await demoLinks(app)).toEqual([]);
		});

		test('the journal says who came, by whose invitation, and holds no secret', async () => {
			const token = await invitation();
			const { compteId } = await createCompteFromLien(app, token, KARIM);
			const entries = await app.db
				.selectFrom('journal')
				.select(['acte', 'compte_id', 'detail'])
				.orderBy('id')
				.execute();
			expect(entries.map(({ acte }) => acte)).toEqual(['invitation_faite', 'compte_cree', 'membre_arrive']);
			expect(entries[2]).toEqual({
				acte: 'membre_arrive',
				compte_id: compteId,
				detail: JSON.stringify({ role: 'redacteur', invitePar: elise })
			});
			const text = JSON.stringify(entries);
			for (const secret of [token, hashToken(token), KARIM.motDePasse, KARIM.email, 'argon2'])
				expect(text).not.toContain(secret);
		});
	});
}

test('no token can be read in the files of the database', async () => {
	const app = await openTestApp('sqlite');
	try {
		const elise = await addPersonne(app, 'Élise Hervé');
		const pacteId = await addPacte(app, { [elise]: 'equipe_projet' });
		const token = tokenOf(await invite(app, { pacteId, role: 'lecteur', pour: '', by: elise }));
		const files = readdirSync(app.dataDir).map((name) => readFileSync(join(app.dataDir, name)));
		expect(files.some((bytes) => bytes.includes(hashToken(token)))).toBe(true);
		expect(files.some((bytes) => bytes.includes(token))).toBe(false);
	} finally {
		await app.end();
	}
});
