import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { frequenceInWords } from '#lib/gouvernance/instance.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { pacteDEssai, type PacteDEssai } from '../../tests/support/pacte.ts';
import { INSTANCE_VIDE } from '../../tests/support/saisies.ts';
import {
	addInstance,
	changeInstance,
	listInstances,
	moveInstance,
	removeInstance,
	splitByTerritoire,
	type InstanceSaisie
} from './instances.ts';

const roles = (n: number) => Array.from({ length: n }, (_, i) => `Rôle ${i + 1}`);

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`gouvernance on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let pacte: PacteDEssai;

		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterAll(() => app.end());
		beforeEach(async () => {
			pacte = await pacteDEssai(app);
		});

		const add = (saisie: Partial<InstanceSaisie>) => addInstance(app, pacte, { ...INSTANCE_VIDE, ...saisie });
		const list = () => listInstances(app.db, pacte.pacteId);
		const names = async () => (await list()).map(({ nom }) => nom);

		it('Mayenne 11. five follow-up instances with 5, 6, 5, 5 and 3 roles, members and minimum frequencies are held in order', async () => {
			const caf = await pacte.organisme('CAF');
			for (const [i, n] of [5, 6, 5, 5, 3].entries())
				await add({
					nom: `Instance ${i + 1}`,
					roles: roles(n),
					membres: [caf],
					frequence: { nombre: i + 1, periode: 'an' }
				});
			const held = await list();
			expect(held.map((instance) => instance.roles.length)).toEqual([5, 6, 5, 5, 3]);
			expect(held.map(frequenceInWords).slice(0, 2)).toEqual(['Au moins une fois par an', 'Au moins 2 fois par an']);
			expect(held.every(({ membres }) => membres[0]?.nom === 'CAF')).toBe(true);
		});

		it('Meuse 8. three instances with a chair, members, 6, 8 and 6 roles are held without any frequency', async () => {
			for (const [i, n] of [6, 8, 6].entries())
				await add({
					nom: `Comité ${i + 1}`,
					roles: roles(n),
					presidence: 'La présidente du Département',
					composition: 'Les signataires du pacte'
				});
			const held = await list();
			expect(held.map((instance) => [instance.roles.length, instance.frequence, frequenceInWords(instance)])).toEqual([
				[6, null, ''],
				[8, null, ''],
				[6, null, '']
			]);
			expect(held[0]).toMatchObject({
				presidence: 'La présidente du Département',
				composition: 'Les signataires du pacte'
			});
		});

		it('Meuse 9. one instance repeated per territory is held once, and becomes one each when they differ', async () => {
			await add({ nom: 'Comité de pilotage' });
			const id = await add({
				nom: 'Comité territorial',
				niveau: 'territorialise',
				roles: roles(6),
				territoires: ['Nord', 'Centre', 'Sud']
			});
			await add({ nom: 'Comité technique' });
			expect((await list())[1]?.territoires).toEqual(['Nord', 'Centre', 'Sud']);
			expect(await splitByTerritoire(app, { ...pacte, instanceId: id })).toBe(3);
			expect(await names()).toEqual([
				'Comité de pilotage',
				'Comité territorial — Nord',
				'Comité territorial — Centre',
				'Comité territorial — Sud',
				'Comité technique'
			]);
			const [, nord] = await list();
			expect([nord?.roles.length, nord?.territoires, nord?.niveau]).toEqual([6, ['Nord'], 'territorialise']);
		});

		it('Allier 10. a comité de pilotage at least once a year has its invited partners by theme', async () => {
			await add({
				nom: 'Comité de pilotage',
				frequence: { nombre: 1, periode: 'an' },
				invites: [
					{ theme: 'Logement', invites: 'Bailleurs sociaux' },
					{ theme: 'Santé', invites: 'Agence régionale de santé, CPAM' }
				]
			});
			const [copil] = await list();
			expect(copil && frequenceInWords(copil)).toBe('Au moins une fois par an');
			expect(copil?.invites.map(({ theme }) => theme)).toEqual(['Logement', 'Santé']);
		});

		it('is changed, moved and taken out, each with its entry in the journal', async () => {
			const first = await add({ nom: 'A', roles: ['Décider'] });
			const second = await add({ nom: 'B' });
			await changeInstance(
				app,
				{ ...pacte, instanceId: first },
				{ ...INSTANCE_VIDE, nom: 'A bis', frequenceTexte: 'Autant que nécessaire' }
			);
			await moveInstance(app, { ...pacte, instanceId: second }, -1);
			expect(await names()).toEqual(['B', 'A bis']);
			expect((await list())[1]).toMatchObject({ roles: [], frequenceTexte: 'Autant que nécessaire' });
			await removeInstance(app, { ...pacte, instanceId: second });
			expect(await names()).toEqual(['A bis']);
			expect((await pacte.actes()).slice(-3)).toEqual(['instance_modifiee', 'instance_deplacee', 'instance_retiree']);
		});

		it('refuses what cannot be: no name, a frequency of zero, an organisme of elsewhere is left out', async () => {
			await expect(add({ nom: ' ' })).rejects.toThrow('Donnez un nom à l’instance.');
			await expect(add({ nom: 'X', frequence: { nombre: 0, periode: 'an' } })).rejects.toThrow(/au moins 1/);
			const autre = await pacteDEssai(app);
			await add({ nom: 'Y', membres: [await autre.organisme('CAF')] });
			expect((await list())[0]?.membres).toEqual([]);
		});

		it('is closed to readers, and another pacte’s instance is not there', async () => {
			const lecteur = await pacte.membre('lecteur');
			await expect(addInstance(app, { ...pacte, by: lecteur }, { ...INSTANCE_VIDE, nom: 'X' })).rejects.toMatchObject({
				code: 'interdit'
			});
			const autre = await pacteDEssai(app);
			const instanceId = await addInstance(app, autre, { ...INSTANCE_VIDE, nom: 'X' });
			await expect(removeInstance(app, { ...pacte, instanceId })).rejects.toMatchObject({ code: 'introuvable' });
			await expect(addInstance(app, { ...autre, by: pacte.by }, { ...INSTANCE_VIDE, nom: 'X' })).rejects.toMatchObject({
				code: 'introuvable'
			});
		});
	});
}
