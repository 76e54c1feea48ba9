import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChangementDEnsemble } from '#lib/fiches/ensemble.ts';
import { addOrganisme, removeOrganisme, texteOf } from '#lib/fiches/fiche.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { addFiches, inFiche, valeursDe } from '../../tests/support/fiches-d-essai.ts';
import { pacteDEssai, type PacteDEssai } from '../../tests/support/pacte.ts';
import { annulerOperation } from '../operations/operations.ts';
import { apercuDEnsemble, changeEnsemble } from './ensemble.ts';
import { listFiches } from './liste.ts';

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`several fiches at once, on ${engine}`, () => {
		let app: TestApp;
		let pacte: PacteDEssai;
		let fiches: string[];
		let caf: string;
		let msa: string;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		beforeEach(async () => {
			pacte = await pacteDEssai(app);
			const [axe] = (await pacte.axes('Se déplacer')) as [string];
			fiches = await addFiches(app, pacte, axe, 'Un bus le soir', 'Un permis', 'Un vélo');
			caf = await pacte.organisme('CAF');
			msa = await pacte.organisme('MSA');
			await inFiche(app, pacte, fiches[0] as string, (doc) => addOrganisme(doc, 'pilotes', caf));
			await inFiche(app, pacte, fiches[1] as string, (doc) => addOrganisme(doc, 'pilotes', msa));
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		const acteur = () => ({ pacteId: pacte.pacteId, by: pacte.by });
		const modele = () => ({ id: pacte.pacteId, modele: MODELE_ORNE });
		const change = (changement: ChangementDEnsemble) => changeEnsemble(app, acteur(), modele(), { fiches, changement });
		const pilotes = async () =>
			Promise.all(
				fiches.map(async (id) => {
					const valeur = (await valeursDe(app, id)).pilotes;
					return valeur && 'organismes' in valeur ? valeur.organismes : null;
				})
			);
		const ecrire = (texte: string): ChangementDEnsemble => ({ champ: 'echeance', geste: 'ecrire', texte });

		it('shows what a change would do before it is done', async () => {
			const changement = { champ: 'pilotes', geste: 'remplacer', organisme: msa } as const;
			expect(await apercuDEnsemble(app, modele(), fiches, changement)).toMatchObject([
				{ code: '1.1', avant: 'CAF', apres: 'MSA' },
				{ code: '1.2', avant: 'MSA', apres: null },
				{ code: '1.3', avant: '', apres: 'MSA' }
			]);
			expect(await pilotes()).toEqual([[caf], [msa], []]);
		});

		it('gives one pilote to all, and takes that back in one gesture, except where it was changed since', async () => {
			const { operation, faits } = await change({ champ: 'pilotes', geste: 'remplacer', organisme: msa });
			expect(faits).toBe(2);
			expect(await pilotes()).toEqual([[msa], [msa], [msa]]);
			await inFiche(app, pacte, fiches[2] as string, (doc) => removeOrganisme(doc, 'pilotes', msa));
			expect(await annulerOperation(app, { ...acteur(), operationId: operation })).toMatchObject({
				repris: 1,
				laisses: 1
			});
			expect(await pilotes()).toEqual([[caf], [msa], []]);
		});

		it('adds a partner beside those that are there, and takes one out', async () => {
			await change({ champ: 'pilotes', geste: 'ajouter', organisme: caf });
			expect(await pilotes()).toEqual([[caf], [msa, caf], [caf]]);
			await change({ champ: 'pilotes', geste: 'retirer', organisme: caf });
			expect(await pilotes()).toEqual([[], [msa], []]);
		});

		it('writes one échéance in all, and gives each back its own', async () => {
			await inFiche(app, pacte, fiches[0] as string, (doc) => texteOf(doc, 'echeance')?.insert(0, '2027'));
			const { operation } = await change(ecrire('2028'));
			expect((await valeursDe(app, fiches[0] as string)).echeance).toEqual({ texte: '2028' });
			await annulerOperation(app, { ...acteur(), operationId: operation });
			expect((await valeursDe(app, fiches[0] as string)).echeance).toEqual({ texte: '2027' });
			expect((await valeursDe(app, fiches[1] as string)).echeance).toEqual({ texte: '' });
		});

		it('is not for who only reads, and another person’s act is taken back by the équipe projet only', async () => {
			const by = await pacte.membre('lecteur');
			const act = { pacteId: pacte.pacteId, by };
			await expect(changeEnsemble(app, act, modele(), { fiches, changement: ecrire('2028') })).rejects.toMatchObject({
				code: 'interdit'
			});
			const { operation } = await change(ecrire('2028'));
			await expect(annulerOperation(app, { ...act, operationId: operation })).rejects.toMatchObject({
				code: 'interdit'
			});
		});

		it('lists the fiches with their empty fields, those that my organisme pilots and those where I wrote', async () => {
			const listed = await listFiches(
				app.db,
				{ ...modele(), debut: 2026, fin: 2030 },
				{ id: pacte.by, organisme: 'M.S.A' }
			);
			expect(listed.map(({ code, mienne }) => [code, mienne])).toEqual([
				['1.1', false],
				['1.2', false],
				['1.3', false]
			]);
			const asMsa = await listFiches(
				app.db,
				{ ...modele(), debut: 2026, fin: 2030 },
				{ id: pacte.by, organisme: 'msa' }
			);
			expect(asMsa.map(({ mienne, ecrite }) => [mienne, ecrite !== null])).toEqual([
				[false, true],
				[true, true],
				[false, false]
			]);
			expect(asMsa[0]?.vides).toContain('objectifs');
			expect(asMsa[0]?.vides).not.toContain('pilotes');
		});
	});
}
