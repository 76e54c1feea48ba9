import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { pacteDEssai, type PacteDEssai } from '../../tests/support/pacte.ts';
import { addSection } from '../sections/sections.ts';
import {
	addSignataire,
	changeSignataire,
	listSignataires,
	moveSignataire,
	readEcarts,
	removeSignataire
} from './signatures.ts';

const RESERVE = {
	personne: '',
	fonction: '',
	statut: 'sous_reserve',
	date: '',
	instance: 'conseil d’administration'
} as const;

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`signatures on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let pacte: PacteDEssai;

		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterAll(() => app.end());
		beforeEach(async () => {
			pacte = await pacteDEssai(app);
		});

		const add = (organisme: string, personne = '', fonction = '') =>
			addSignataire(app, pacte, { organisme, personne, fonction });
		const list = () => listSignataires(app.db, pacte.pacteId);
		const names = async () => (await list()).map(({ organisme }) => organisme.nom);

		it('Orne 13. twenty-one signatories are held with their names and functions, in their order', async () => {
			for (let n = 1; n <= 21; n++) await add(`Organisme ${n}`, `Personne ${n}`, n === 1 ? 'Présidente' : '');
			const held = await list();
			expect(held.map(({ personne }) => personne)).toEqual(Array.from({ length: 21 }, (_, i) => `Personne ${i + 1}`));
			expect(held[0]).toMatchObject({ fonction: 'Présidente', statut: 'pressenti' });
		});

		it('Meuse 4. each of twenty-one parties may be « sous réserve » of a decision of its own board', async () => {
			const ids: string[] = [];
			for (let n = 1; n <= 21; n++) ids.push(await add(`Organisme ${n}`));
			for (const signataireId of ids) await changeSignataire(app, { ...pacte, signataireId }, RESERVE);
			await changeSignataire(
				app,
				{ ...pacte, signataireId: ids[3] as string },
				{ ...RESERVE, statut: 'approuve', date: '2026-12-15' }
			);
			const held = await list();
			expect(held.filter(({ statut }) => statut === 'sous_reserve')).toHaveLength(20);
			expect(held[3]).toMatchObject({ statut: 'approuve', date: '2026-12-15', instance: 'conseil d’administration' });
		});

		it('one organisme signs once, however it is spelt', async () => {
			await add('Mission locale');
			await expect(add('mission  LOCALE')).rejects.toThrow('Mission locale est déjà dans la liste des signataires.');
			await expect(add(' ')).rejects.toThrow(/Indiquez l’organisme/);
		});

		it('moves one place, stays at the edge, leaves, and newcomers come last', async () => {
			const [a, b] = [await add('A'), await add('B'), await add('C')];
			await moveSignataire(app, { ...pacte, signataireId: b }, -1);
			expect(await names()).toEqual(['B', 'A', 'C']);
			await moveSignataire(app, { ...pacte, signataireId: b }, -1);
			expect(await names()).toEqual(['B', 'A', 'C']);
			await removeSignataire(app, { ...pacte, signataireId: a });
			await add('D');
			expect(await names()).toEqual(['B', 'C', 'D']);
		});

		it('a signature has its day; a day that does not exist is refused', async () => {
			const signataireId = await add('CAF');
			const change = (statut: 'signe' | 'approuve', date: string) =>
				changeSignataire(app, { ...pacte, signataireId }, { ...RESERVE, statut, date });
			await expect(change('signe', '')).rejects.toThrow('Indiquez le jour de la signature.');
			await expect(change('approuve', '15/12')).rejects.toThrow(/date n’existe pas/);
			await change('signe', '2027-02-16');
			expect((await list())[0]).toMatchObject({ statut: 'signe', date: '2027-02-16' });
		});

		it('a partenaire says where its own organisme stands, and nobody else’s', async () => {
			const caf = await pacte.organisme('CAF');
			const own = await add('CAF');
			const other = await add('MSA');
			const by = await pacte.membre('partenaire', caf);
			await changeSignataire(app, { ...pacte, by, signataireId: own }, RESERVE);
			await expect(changeSignataire(app, { ...pacte, by, signataireId: other }, RESERVE)).rejects.toMatchObject({
				code: 'interdit'
			});
			await expect(removeSignataire(app, { ...pacte, by, signataireId: own })).rejects.toMatchObject({
				code: 'interdit'
			});
			const redacteur = await pacte.membre('redacteur');
			await expect(
				changeSignataire(app, { ...pacte, by: redacteur, signataireId: own }, RESERVE)
			).rejects.toMatchObject({ code: 'interdit' });
		});

		it('Sarthe 11. who signs without a text, has a text without signing, or is only mobilised is reported', async () => {
			const [mdph, cftc, caf] = [
				await pacte.organisme('MDPH'),
				await pacte.organisme('CFTC'),
				await pacte.organisme('CAF')
			];
			await add('CFTC');
			await add('CAF');
			for (const organismeId of [mdph, caf]) {
				const section = await addSection(app, pacte, { genre: 'parole', titre: 'Mot', parent: null, organismeId });
				await app.db.updateTable('section_textes').set({ mots: 12 }).where('section_id', '=', section).execute();
			}
			// A section in which nothing is written is no text.
			await addSection(app, pacte, { genre: 'parole', titre: 'Mot', parent: null, organismeId: cftc });
			await app.db
				.insertInto('fiche_organismes')
				.values({
					fiche_id: await aFiche(),
					pacte_id: pacte.pacteId,
					champ: 'partenaires',
					ordre: 0,
					organisme_id: await pacte.organisme('Bailleurs')
				})
				.execute();
			expect(await readEcarts(app.db, pacte.pacteId)).toEqual({
				signentSansTexte: ['CFTC'],
				texteSansSignature: ['MDPH'],
				mobilisesSeulement: ['Bailleurs']
			});
		});

		async function aFiche(): Promise<string> {
			const id = `fiche-${pacte.pacteId}`;
			await app.db.insertInto('fiches').values({ id, pacte_id: pacte.pacteId, created_at: app.now() }).execute();
			return id;
		}
	});
}
