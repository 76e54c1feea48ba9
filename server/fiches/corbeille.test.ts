import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { documentName } from '#lib/documents/document.ts';
import { addPuce, pucesOf } from '#lib/fiches/fiche.ts';
import { addNoeud, A_CLASSER, removeNoeud } from '#lib/orientations/arbre.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { pacteDEssai, type PacteDEssai } from '../../tests/support/pacte.ts';
import { readArchive } from '../export/archive.ts';
import { newId } from '../ids.ts';
import { listNoeuds } from '../orientations/noeuds.ts';
import { forgetOldFiches, jeterFiche, listCorbeille, reprendreFiche } from './corbeille.ts';

const JOUR = 24 * 3600 * 1000;

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`a fiche that was thrown away, on ${engine}`, () => {
		let app: TestApp;
		let pacte: PacteDEssai;
		let axe: string;
		let fiche: string;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		beforeEach(async () => {
			pacte = await pacteDEssai(app);
			[axe] = (await pacte.axes('Se déplacer')) as [string];
			fiche = newId();
			await editTree((doc) => addNoeud(doc, { id: fiche, parent: axe, niveau: 'action', titre: 'Un bus le soir' }));
			await app.collaboration.edit(
				documentName('fiche', fiche),
				(doc) => addPuce(doc, 'objectifs', 'p1', 'Desservir la zone'),
				pacte.by
			);
			await app.collaboration.settle(pacte.pacteId);
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		const act = () => ({ pacteId: pacte.pacteId, by: pacte.by, ficheId: fiche });
		const editTree = async (change: Parameters<typeof app.collaboration.edit>[1]) => {
			await app.collaboration.edit(documentName('orientations', pacte.pacteId), change, pacte.by);
			await app.collaboration.settle(pacte.pacteId);
		};
		const codes = async () => (await listNoeuds(app.db, pacte.pacteId)).map(({ id, code }) => [id, code]);
		const indexed = () =>
			app.db
				.selectFrom('recherche_textes')
				.select('texte')
				.where('objet', '=', fiche)
				.where('ancre', '<>', '')
				.execute();

		it('leaves the tree, the search and the archive, and comes back whole with its place and its code', async () => {
			expect(await indexed()).toHaveLength(1);
			await jeterFiche(app, act());
			expect(await codes()).toEqual([[axe, '1']]);
			expect(await indexed()).toEqual([]);
			expect((await readArchive(app, pacte.pacteId)).fiches).toEqual([]);
			expect(await listCorbeille(app, pacte.pacteId)).toMatchObject([
				{ id: fiche, titre: 'Un bus le soir', fiches: 1, jusque: app.now() + 30 * JOUR }
			]);

			await reprendreFiche(app, act());
			expect(await codes()).toEqual([
				[axe, '1'],
				[fiche, '1.1']
			]);
			expect(await listCorbeille(app, pacte.pacteId)).toEqual([]);
			expect((await readArchive(app, pacte.pacteId)).noeuds[1]).not.toHaveProperty('anciens');
			expect(await indexed()).toHaveLength(1);
			expect(
				await app.collaboration.read(documentName('fiche', fiche), (doc) =>
					pucesOf(doc, 'objectifs')[0]?.texte.toString()
				)
			).toBe('Desservir la zone');
		});

		it('keeps its printed code as a former one when it comes back under another', async () => {
			await jeterFiche(app, act());
			await editTree((doc) => addNoeud(doc, { id: newId(), parent: axe, niveau: 'action', titre: 'Une autre' }));
			await reprendreFiche(app, act());
			expect((await readArchive(app, pacte.pacteId)).noeuds.at(-1)).toMatchObject({ anciens: ['1.1'] });
		});

		it('comes back aside when its place is gone meanwhile', async () => {
			await jeterFiche(app, act());
			await editTree((doc) => removeNoeud(doc, axe, MODELE_ORNE));
			await reprendreFiche(app, act());
			const { noeuds } = await readArchive(app, pacte.pacteId);
			expect(noeuds).toMatchObject([{ parent: A_CLASSER, titre: 'Un bus le soir' }]);
		});

		it('is there for 30 days, not an hour less; then it leaves with its text', async () => {
			await jeterFiche(app, act());
			app.advance(30 * JOUR - 1);
			await forgetOldFiches(app);
			expect(await listCorbeille(app, pacte.pacteId)).toHaveLength(1);
			app.advance(1);
			await forgetOldFiches(app);
			expect(await listCorbeille(app, pacte.pacteId)).toEqual([]);
			const left = await app.db.selectFrom('documents').select('name').where('name', '=', `fiche.${fiche}`).execute();
			expect(left).toEqual([]);
			await expect(reprendreFiche(app, act())).rejects.toMatchObject({ code: 'introuvable' });
		});

		it('does not leave when it was brought back and thrown away again since', async () => {
			await jeterFiche(app, act());
			app.advance(29 * JOUR);
			await reprendreFiche(app, act());
			await jeterFiche(app, act());
			app.advance(2 * JOUR);
			await forgetOldFiches(app);
			expect(await listCorbeille(app, pacte.pacteId)).toHaveLength(1);
		});

		it('is thrown away and brought back only by those who write the tree', async () => {
			const by = await pacte.membre('redacteur');
			await expect(jeterFiche(app, { ...act(), by })).rejects.toMatchObject({ code: 'interdit' });
			await expect(reprendreFiche(app, { ...act(), by })).rejects.toMatchObject({ code: 'interdit' });
		});
	});
}
