import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '#lib/documents/rights.ts';
import type { Prose } from '#lib/editor/prose.ts';
import { addLignes, addSeries, setCellule, setForme, setLibelle, setNom, texteOf } from '#lib/figures/figure.ts';
import { MAYENNE } from '#lib/figures/testing.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { addPacte, addPersonne } from '../../tests/support/personnes.ts';
import { exportFigure } from './export-figure.ts';
import { readFigureReferences } from './figure-references.ts';
import { addFigure, listCorbeille, listFigures, openFigure, removeFigure, restoreFigure } from './figures.ts';

const JOUR = 24 * 3600 * 1000;

describe.each(await engines())('the figures of a pacte ($engine)', ({ engine, missing }) => {
	describe.skipIf(missing !== null)(missing ?? 'here', () => {
		let app: TestApp;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		const withRole = async (role: Role) => {
			const by = await addPersonne(app, 'Amina');
			return { by, pacteId: await addPacte(app, { [by]: role }) };
		};
		const journal = async () =>
			(await app.db.selectFrom('journal').select('acte').orderBy('id').execute()).map(({ acte }) => acte);

		/** A section whose text is this prose. */
		const write = async (pacteId: string, titre: string, prose: Prose) => {
			const id = `section-${titre}`;
			await app.db
				.insertInto('sections')
				.values({
					id,
					pacte_id: pacteId,
					parent_id: null,
					rang: 0,
					genre: 'autre',
					titre,
					organisme_id: null,
					noeud_id: null,
					etat: 'brouillon',
					longueur: '',
					created_at: 0
				} as never)
				.execute();
			await app.db
				.insertInto('section_textes')
				.values({ section_id: id, pacte_id: pacteId, blocs: JSON.stringify(prose), mots: 0 })
				.execute();
			return id;
		};

		test('Mayenne 9: figures are added with their data, in their order, and read whole', async () => {
			const act = await withRole('redacteur');
			for (const figure of MAYENNE) await addFigure(app, { ...act, figure });
			const read = await listFigures(app, act.pacteId);
			expect(read.map(({ id: _id, ...figure }) => figure)).toEqual(MAYENNE);
			const nombres = await app.db
				.selectFrom('figure_valeurs')
				.select('nombre')
				.where('pacte_id', '=', act.pacteId)
				.execute();
			expect(nombres.map(({ nombre }) => nombre).sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual([
				7, 9.1, 10.5, 59, 307_453
			]);
			expect(await journal()).toEqual(['figure_ajoutee', 'figure_ajoutee', 'figure_ajoutee']);
		});

		test('what is written in the live document is in the rows, in its order, words and numbers', async () => {
			const act = await withRole('partenaire');
			const id = await addFigure(app, { ...act, figure: { titre: 'Accueil' } });
			await app.collaboration.edit(
				`figure.${id}`,
				(doc) => {
					addSeries(doc, ['b', 'a']);
					addLignes(doc, ['l']);
					setNom(doc, 'b', '2015');
					setLibelle(doc, 'l', 'Nord');
					setCellule(doc, 'l', 'a', 'n. d.');
					setCellule(doc, 'l', 'b', '1 200,5');
					setForme(doc, 'lignes');
					texteOf(doc, 'source')?.insert(0, 'Caf\0');
				},
				null
			);
			await app.collaboration.settle(act.pacteId);
			expect(await openFigure(app, act.pacteId, id)).toMatchObject({
				titre: 'Accueil',
				source: 'Caf',
				forme: 'lignes',
				series: [
					{ id: 'b', nom: '2015' },
					{ id: 'a', nom: '' }
				],
				lignes: [{ id: 'l', libelle: 'Nord', valeurs: { a: 'n. d.', b: '1 200,5' } }],
				numero: 1,
				corbeille: null,
				emplois: []
			});
			const rows = await app.db
				.selectFrom('figure_valeurs')
				.select(['serie_id', 'nombre'])
				.orderBy('serie_id')
				.execute();
			expect(rows).toEqual([
				{ serie_id: 'a', nombre: null },
				{ serie_id: 'b', nombre: 1200.5 }
			]);
		});

		test('the rows can be rebuilt from the documents', async () => {
			const act = await withRole('equipe_projet');
			await addFigure(app, { ...act, figure: MAYENNE[2]! });
			const before = await listFigures(app, act.pacteId);
			await app.db.deleteFrom('figure_valeurs').execute();
			await app.collaboration.rebuild();
			expect(await listFigures(app, act.pacteId)).toEqual(before);
		});

		test('those who read do not add, remove nor bring back; to the others the pacte does not exist', async () => {
			const act = await withRole('equipe_projet');
			const figureId = await addFigure(app, { ...act, figure: { titre: 'Une' } });
			for (const role of ['relecteur', 'lecteur'] as const) {
				await app.db.updateTable('participations').set({ role }).where('pacte_id', '=', act.pacteId).execute();
				await expect(addFigure(app, act)).rejects.toMatchObject({ code: 'interdit' });
				await expect(removeFigure(app, { ...act, figureId })).rejects.toMatchObject({ code: 'interdit' });
				await expect(restoreFigure(app, { ...act, figureId })).rejects.toMatchObject({ code: 'interdit' });
			}
			const stranger = await addPersonne(app, 'Bruno');
			await expect(addFigure(app, { ...act, by: stranger })).rejects.toMatchObject({ code: 'introuvable' });
			expect(await listFigures(app, act.pacteId)).toHaveLength(1);
		});

		test('a figure of another pacte cannot be opened nor removed from this one', async () => {
			const act = await withRole('equipe_projet');
			const figureId = await addFigure(app, act);
			const elsewhere = await addPacte(app, { [act.by]: 'equipe_projet' });
			await expect(openFigure(app, elsewhere, figureId)).rejects.toMatchObject({ code: 'introuvable' });
			await expect(removeFigure(app, { ...act, pacteId: elsewhere, figureId })).rejects.toMatchObject({
				code: 'introuvable'
			});
		});

		test('Mayenne 9: texts read the values as they are now, and lead to figures by their number', async () => {
			const act = await withRole('redacteur');
			await addFigure(app, { ...act, figure: MAYENNE[0]! });
			const id = await addFigure(app, { ...act, figure: MAYENNE[2]! });
			const read = () => readFigureReferences(app.db, act.pacteId, '/pactes/p');
			expect((await read()).renvois[`figure:${id}`]).toEqual({
				texte: 'figure\u00a02',
				titre: 'Taux de chômage',
				href: `/pactes/p/figures/${id}`
			});
			expect((await read()).chiffres[`${id}/l1/s2`]).toBe('9,1\u00a0%');
			await app.collaboration.edit(`figure.${id}`, (doc) => setCellule(doc, 'l1', 's2', '9,3'), null);
			await app.collaboration.settle(act.pacteId);
			expect((await read()).chiffres[`${id}/l1/s2`]).toBe('9,3\u00a0%');
		});

		test('one that a text shows or quotes is not removed, and the refusal says where; freed, it goes', async () => {
			const act = await withRole('equipe_projet');
			const figureId = await addFigure(app, { ...act, figure: MAYENNE[0]! });
			const section = await write(act.pacteId, 'Territoire', [{ type: 'figure', figure: figureId }]);
			await write(act.pacteId, 'Éditorial', [
				{ type: 'paragraphe', contenu: [{ type: 'chiffre', figure: figureId, ligne: 'l1', serie: 's1' }] }
			]);
			await expect(removeFigure(app, { ...act, figureId })).rejects.toMatchObject({
				code: 'conflit',
				message: expect.stringMatching(
					/dans «.(Territoire|Éditorial).» et «.(Territoire|Éditorial).»\. Retirez-la d’abord de ces textes/
				)
			});
			expect((await openFigure(app, act.pacteId, figureId)).emplois.map(({ section: id }) => id)).toContain(section);
			await app.db.deleteFrom('section_textes').execute();
			await removeFigure(app, { ...act, figureId });
			expect(await listFigures(app, act.pacteId)).toEqual([]);
		});

		test('a figure that was removed comes back whole for 30 days, then is gone with its document', async () => {
			const act = await withRole('redacteur');
			const [first, second] = [
				await addFigure(app, { ...act, figure: MAYENNE[2]! }),
				await addFigure(app, { ...act, figure: MAYENNE[0]! })
			];
			const whole = (await listFigures(app, act.pacteId))[0];
			await removeFigure(app, { ...act, figureId: first });
			expect((await openFigure(app, act.pacteId, first)).corbeille).toBe(app.now());
			app.advance(29 * JOUR);
			expect((await listCorbeille(app, act.pacteId)).map(({ id }) => id)).toEqual([first]);
			await restoreFigure(app, { ...act, figureId: first });
			expect(await listFigures(app, act.pacteId)).toEqual([expect.objectContaining({ id: second }), whole]);
			await removeFigure(app, { ...act, figureId: first });
			app.advance(31 * JOUR);
			expect(await listCorbeille(app, act.pacteId)).toEqual([]);
			await addFigure(app, act);
			await expect(openFigure(app, act.pacteId, first)).rejects.toMatchObject({ code: 'introuvable' });
			const documents = await app.db
				.selectFrom('documents')
				.select('name')
				.where('name', '=', `figure.${first}`)
				.execute();
			expect(documents).toEqual([]);
		});

		test('those who look at the pacte are told of each act', async () => {
			const act = await withRole('redacteur');
			const told: string[] = [];
			app.collaboration.flux.subscribe(act.pacteId, (event) =>
				told.push(event.type === 'projection' ? event.kind : event.type)
			);
			const figureId = await addFigure(app, act);
			await removeFigure(app, { ...act, figureId });
			await restoreFigure(app, { ...act, figureId });
			expect(told).toEqual(['figure', 'figure', 'figure']);
		});

		test('one figure is taken away as an image and as data', async () => {
			const act = await withRole('lecteur');
			await app.db.updateTable('participations').set({ role: 'redacteur' }).execute();
			const id = await addFigure(app, { ...act, figure: MAYENNE[2]! });
			const svg = await exportFigure(app, act.pacteId, id, 'svg');
			expect([svg.nom, svg.type]).toEqual(['Taux de chômage.svg', 'image/svg+xml; charset=utf-8']);
			expect(new TextDecoder().decode(svg.bytes)).toContain('10,5');
			const csv = await exportFigure(app, act.pacteId, id, 'csv');
			expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(csv.bytes)).toMatch(
				/^\ufeff;Département;Région;France\r\nTaux;7;9,1;10,5/
			);
		});
	});
});
