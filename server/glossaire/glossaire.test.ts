import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FluxEvent } from '#lib/collaboration/flux-event.ts';
import { ENTREE_ABSENTE, GLOSSAIRE_REFUSE } from '#lib/glossaire/textes.ts';
import { hauteRiviere } from '#server/demo/haute-riviere.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { addPacte, addPersonne } from '../../tests/support/personnes.ts';
import { readArchive } from '../export/archive.ts';
import { createPacteFromArchive } from '../pactes/create-pacte.ts';
import {
	addEntree,
	addEntrees,
	changeEntree,
	knownAmong,
	listGlossaire,
	removeEntree,
	reportGlossaire
} from './glossaire.ts';

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`the glossary of a pacte on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let pacteId: string;
		let by: string;
		let said: FluxEvent[];

		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterAll(() => app.end());
		beforeEach(async () => {
			by = await addPersonne(app, 'Anouk Ferrand');
			pacteId = await addPacte(app, { [by]: 'redacteur' });
			said = [];
			app.collaboration.flux.subscribe(pacteId, (event) => said.push(event));
		});

		const rsa = { sigle: 'RSA', developpe: 'revenu de solidarité active', definition: '' };
		const journalOf = async () => {
			const rows = await app.db
				.selectFrom('journal')
				.select('acte')
				.where('pacte_id', '=', pacteId)
				.orderBy('id')
				.execute();
			return rows.map(({ acte }) => acte);
		};

		test('an entry is added, changed and taken out; each act is in the journal, and those who look are told', async () => {
			const id = await addEntree(app, {
				pacteId,
				by,
				sigle: ' RSA ',
				developpe: 'revenu  de solidarité',
				definition: ''
			});
			expect(await listGlossaire(app.db, pacteId)).toEqual([
				{ id, sigle: 'RSA', developpe: 'revenu de solidarité', definition: '' }
			]);
			await changeEntree(app, { pacteId, by, id, ...rsa });
			await changeEntree(app, { pacteId, by, id, ...rsa });
			expect(await listGlossaire(app.db, pacteId)).toEqual([{ id, ...rsa }]);
			await removeEntree(app, { pacteId, by, id });
			await removeEntree(app, { pacteId, by, id });
			expect(await listGlossaire(app.db, pacteId)).toEqual([]);
			expect(await journalOf()).toEqual(['entree_ajoutee', 'entree_modifiee', 'entree_retiree']);
			expect(said).toEqual(Array(3).fill({ type: 'glossaire' }));
		});

		test('one sigle has one entry, however it is written', async () => {
			await addEntree(app, { pacteId, by, ...rsa });
			await expect(addEntree(app, { pacteId, by, ...rsa, sigle: 'R.S.A.' })).rejects.toMatchObject({ code: 'conflit' });
			const id = await addEntree(app, { pacteId, by, sigle: 'CAF', developpe: 'caisse', definition: '' });
			await expect(changeEntree(app, { pacteId, by, id, ...rsa })).rejects.toMatchObject({ code: 'conflit' });
			const both = await Promise.allSettled(
				['PLIE', 'P.L.I.E.'].map((sigle) => addEntree(app, { pacteId, by, sigle, developpe: 'plan', definition: '' }))
			);
			expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		});

		test('what is missing is said', async () => {
			for (const [entree, message] of [
				[{ ...rsa, sigle: ' ' }, /sigle ou le mot/],
				[{ ...rsa, developpe: ' ' }, /veut dire/],
				[{ ...rsa, sigle: 'A'.repeat(61) }, /60/],
				[{ ...rsa, definition: 'a'.repeat(2_001) }, /trop long/]
			] as const)
				await expect(addEntree(app, { pacteId, by, ...entree })).rejects.toMatchObject({
					code: 'invalide',
					message: expect.stringMatching(message)
				});
		});

		test('pasted entries are added at once, those that are known left as they are', async () => {
			await addEntree(app, { pacteId, by, ...rsa });
			const entrees = [
				{ sigle: 'rsa', developpe: 'autre chose', definition: '' },
				{ sigle: 'CAF', developpe: 'caisse', definition: '' },
				{ sigle: 'CAF', developpe: 'la même', definition: '' },
				{ sigle: '', developpe: 'rien', definition: '' }
			];
			expect(await knownAmong(app, { pacteId, by, entrees })).toEqual([true, false, false, false]);
			expect(await addEntrees(app, { pacteId, by, entrees })).toEqual({ ajoutees: 1, connues: ['rsa', 'CAF'] });
			expect((await listGlossaire(app.db, pacteId)).map(({ developpe }) => developpe)).toEqual([
				'caisse',
				'revenu de solidarité active'
			]);
			await expect(addEntrees(app, { pacteId, by, entrees: [] })).rejects.toMatchObject({ code: 'invalide' });
		});

		test('those who only read are refused; those who have no part in the pacte learn nothing', async () => {
			const lecteur = await addPersonne(app, 'Qui lit');
			const row = { pacte_id: pacteId, compte_id: lecteur, role: 'lecteur', created_at: app.now() } as const;
			await app.db.insertInto('participations').values(row).execute();
			await expect(addEntree(app, { pacteId, by: lecteur, ...rsa })).rejects.toMatchObject({
				code: 'interdit',
				message: GLOSSAIRE_REFUSE
			});
			const stranger = await addPersonne(app, 'D’ailleurs');
			const id = await addEntree(app, { pacteId, by, ...rsa });
			const acts = await Promise.allSettled([
				addEntree(app, { pacteId, by: stranger, ...rsa }),
				changeEntree(app, { pacteId, by: stranger, id, ...rsa }),
				removeEntree(app, { pacteId, by: stranger, id }),
				addEntrees(app, { pacteId, by: stranger, entrees: [rsa] }),
				knownAmong(app, { pacteId, by: stranger, entrees: [rsa] })
			]);
			for (const act of acts) expect(act).toMatchObject({ status: 'rejected', reason: { code: 'introuvable' } });
			expect(await listGlossaire(app.db, pacteId)).toHaveLength(1);
		});

		test('an entry of another pacte can be neither changed nor taken out from here', async () => {
			const elsewhere = await addPacte(app, { [by]: 'redacteur' });
			const id = await addEntree(app, { pacteId: elsewhere, by, ...rsa });
			await expect(changeEntree(app, { pacteId, by, id, ...rsa })).rejects.toMatchObject({ message: ENTREE_ABSENTE });
			await removeEntree(app, { pacteId, by, id });
			expect(await listGlossaire(app.db, elsewhere)).toHaveLength(1);
		});

		test('reports come from the texts, with their places', async () => {
			const demo = hauteRiviere();
			const id = await createPacteFromArchive(app, demo, { compteId: by, acte: 'pacte_importe' });
			const before = await reportGlossaire({ db: app.db, pacteId: id, modele: MODELE_ORNE });
			const cpam = before.inexpliques.find(({ sigle }) => sigle === 'CPAM');
			expect(cpam?.lieux[0]?.lien).toMatch(/^\/(fiches|organismes)/);
			await addEntree(app, { pacteId: id, by, sigle: 'CPAM', developpe: 'caisse primaire', definition: '' });
			await addEntree(app, { pacteId: id, by, sigle: 'XYZ', developpe: 'rien de connu', definition: '' });
			const after = await reportGlossaire({ db: app.db, pacteId: id, modele: MODELE_ORNE });
			expect(after.inexpliques.map(({ sigle }) => sigle)).not.toContain('CPAM');
			expect(after.inemployes.map(({ sigle }) => sigle)).toContain('XYZ');
		});

		test('exported, imported and exported again, the glossary gives the same bytes', async () => {
			const demo = hauteRiviere();
			const first = await createPacteFromArchive(app, demo, { compteId: by, acte: 'pacte_importe' });
			const exported = await readArchive(app, first);
			expect(exported.glossaire).toEqual(demo.glossaire);
			const second = await createPacteFromArchive(app, exported, { compteId: by, acte: 'pacte_importe' });
			expect(JSON.stringify(await readArchive(app, second))).toBe(JSON.stringify(exported));
		});
	});
}
