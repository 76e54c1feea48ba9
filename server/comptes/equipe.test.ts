import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { addPacte, addPersonne } from '../../tests/support/personnes.ts';
import { readLien } from './bienvenue.ts';
import { changeRole, invite, readEquipe, removeMembre, withdrawInvitation } from './equipe.ts';

const tokenOf = (path: string) => path.replace('/lien/', '');

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`the people of a pacte on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let elise: string;
		let karim: string;
		let dehors: string;
		let pacteId: string;

		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		beforeEach(async () => {
			await app.clear();
			elise = await addPersonne(app, 'Élise Hervé', { email: 'elise@haute-riviere.example' });
			karim = await addPersonne(app, 'Karim Benali', { email: 'karim@caf.example', organisme: 'CAF' });
			dehors = await addPersonne(app, 'Odile Ferrand', { administrateur: true });
			pacteId = await addPacte(app, { [elise]: 'equipe_projet', [karim]: 'redacteur' });
		});
		afterAll(() => app.end());

		const roleIn = async (compteId: string) =>
			(await readEquipe(app, pacteId, elise)).membres.find((membre) => membre.compteId === compteId)?.role;
		const acts = async () =>
			(await app.db.selectFrom('journal').select('acte').orderBy('id').execute()).map((e) => e.acte);

		test('the équipe projet reads everything; the others see names, neither addresses nor invitations', async () => {
			await invite(app, { pacteId, role: 'lecteur', pour: 'Inès, Mission locale', by: elise });
			const full = await readEquipe(app, pacteId, elise);
			expect(full.peutGerer).toBe(true);
			expect(full.membres.map(({ nom, role, email }) => [nom, role, email])).toEqual([
				['Élise Hervé', 'equipe_projet', 'elise@haute-riviere.example'],
				['Karim Benali', 'redacteur', 'karim@caf.example']
			]);
			expect(full.invitations).toMatchObject([{ role: 'lecteur', pour: 'Inès, Mission locale', par: 'Élise Hervé' }]);

			const part = await readEquipe(app, pacteId, karim);
			expect(part.peutGerer).toBe(false);
			expect(part.membres).toHaveLength(2);
			expect(JSON.stringify(part)).not.toMatch(/@|Inès/);
		});

		test('a pacte that is forbidden answers as one that does not exist, to an administrateur too', async () => {
			const attempts = (id: string) => [
				readEquipe(app, id, dehors),
				invite(app, { pacteId: id, role: 'lecteur', pour: '', by: dehors }),
				withdrawInvitation(app, { pacteId: id, invitationId: 'x', by: dehors }),
				changeRole(app, { pacteId: id, compteId: karim, role: 'lecteur', by: dehors }),
				removeMembre(app, { pacteId: id, compteId: karim, by: dehors })
			];
			const answers = (id: string) => Promise.all(attempts(id).map((attempt) => attempt.then(String, String)));
			const forbidden = await answers(pacteId);
			expect(forbidden).toEqual(await answers('absent-absent-absent'));
			expect(new Set(forbidden).size).toBe(1);
			expect(forbidden[0]).toContain('Ce pacte n’existe pas, ou vous n’y participez pas.');
			expect(await roleIn(karim)).toBe('redacteur');
		});

		test('only the équipe projet manages people; the others are refused in words', async () => {
			const lien = await invite(app, { pacteId, role: 'lecteur', pour: '', by: elise });
			const { invitations } = await readEquipe(app, pacteId, elise);
			for (const attempt of [
				() => invite(app, { pacteId, role: 'equipe_projet', pour: '', by: karim }),
				() => withdrawInvitation(app, { pacteId, invitationId: invitations[0]!.id, by: karim }),
				() => changeRole(app, { pacteId, compteId: karim, role: 'equipe_projet', by: karim }),
				() => removeMembre(app, { pacteId, compteId: elise, by: karim })
			])
				await expect(attempt()).rejects.toMatchObject({
					code: 'interdit',
					message: 'Seule l’équipe projet peut faire cela. Demandez-lui de le faire pour vous.'
				});
			expect(await roleIn(karim)).toBe('redacteur');
			expect(await readLien(app, tokenOf(lien))).not.toBeNull();
		});

		test('an invitation that is withdrawn opens nothing, and withdrawing it again is no fault', async () => {
			const token = tokenOf(await invite(app, { pacteId, role: 'lecteur', pour: '', by: elise }));
			const invitationId = (await readEquipe(app, pacteId, elise)).invitations[0]!.id;
			await withdrawInvitation(app, { pacteId, invitationId, by: elise });
			await withdrawInvitation(app, { pacteId, invitationId, by: elise });
			expect(await readLien(app, token)).toBeNull();
			expect(await acts()).toEqual(['invitation_faite', 'invitation_retiree']);
		});

		test('an invitation of another pacte cannot be withdrawn from here', async () => {
			const other = await addPacte(app, { [dehors]: 'equipe_projet' });
			const token = tokenOf(await invite(app, { pacteId: other, role: 'lecteur', pour: '', by: dehors }));
			const invitationId = (await readEquipe(app, other, dehors)).invitations[0]!.id;
			await withdrawInvitation(app, { pacteId, invitationId, by: elise });
			expect(await readLien(app, token)).not.toBeNull();
		});

		test('a role changes and says so in the journal; the same role again says nothing', async () => {
			await changeRole(app, { pacteId, compteId: karim, role: 'relecteur', by: elise });
			await changeRole(app, { pacteId, compteId: karim, role: 'relecteur', by: elise });
			expect(await roleIn(karim)).toBe('relecteur');
			const entries = await app.db.selectFrom('journal').select(['acte', 'compte_id', 'detail', 'pacte_id']).execute();
			expect(entries).toEqual([
				{
					acte: 'role_change',
					compte_id: elise,
					pacte_id: pacteId,
					detail: JSON.stringify({ compte: karim, avant: 'redacteur', apres: 'relecteur' })
				}
			]);
		});

		test('whoever leaves the équipe projet leaves no invitation behind to come back by', async () => {
			await changeRole(app, { pacteId, compteId: karim, role: 'equipe_projet', by: elise });
			const kept = tokenOf(await invite(app, { pacteId, role: 'lecteur', pour: '', by: elise }));
			const demoted = tokenOf(await invite(app, { pacteId, role: 'equipe_projet', pour: '', by: karim }));
			await changeRole(app, { pacteId, compteId: karim, role: 'lecteur', by: elise });
			expect(await readLien(app, demoted)).toBeNull();
			expect(await readLien(app, kept)).not.toBeNull();
		});

		test('someone removed has no part any more; what is not a member is said so', async () => {
			await removeMembre(app, { pacteId, compteId: karim, by: elise });
			await expect(readEquipe(app, pacteId, karim)).rejects.toMatchObject({ code: 'introuvable' });
			await expect(removeMembre(app, { pacteId, compteId: karim, by: elise })).rejects.toThrow(
				'Cette personne ne participe pas à ce pacte.'
			);
			expect(await acts()).toEqual(['membre_retire']);
		});

		test('the last équipe projet neither leaves nor takes another role', async () => {
			const refusal = { code: 'conflit', message: expect.stringContaining('dernière personne de l’équipe projet') };
			await expect(removeMembre(app, { pacteId, compteId: elise, by: elise })).rejects.toMatchObject(refusal);
			await expect(changeRole(app, { pacteId, compteId: elise, role: 'lecteur', by: elise })).rejects.toMatchObject(
				refusal
			);
			expect(await acts()).toEqual([]);
		});

		test('of two members of the équipe projet who leave at once, one stays', async () => {
			await changeRole(app, { pacteId, compteId: karim, role: 'equipe_projet', by: elise });
			const answers = await Promise.allSettled([
				removeMembre(app, { pacteId, compteId: elise, by: elise }),
				removeMembre(app, { pacteId, compteId: karim, by: karim })
			]);
			expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
			const left = await app.db.selectFrom('participations').select('role').execute();
			expect(left).toEqual([{ role: 'equipe_projet' }]);
		});
	});
}
