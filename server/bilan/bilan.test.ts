import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bilanInWords } from '#lib/bilan/bilan.ts';
import { documentName } from '#lib/documents/document.ts';
import { addNoeud, removeNoeud } from '#lib/orientations/arbre.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { pacteDEssai, type PacteDEssai } from '../../tests/support/pacte.ts';
import { openFiche } from '../fiches/fiches.ts';
import { listNoeuds } from '../orientations/noeuds.ts';
import {
	addActions,
	addActionsFromPacte,
	changeAction,
	changeEtats,
	readBilan,
	readOrigine,
	reconduire,
	removeAction,
	saveBilan,
	saveIndicateurs
} from './bilan.ts';

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`bilan on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let pacte: PacteDEssai;

		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterAll(() => app.end());
		beforeEach(async () => {
			pacte = await pacteDEssai(app);
		});

		const read = () => readBilan(app.db, pacte.pacteId);
		const first = async () => (await read()).actions[0]?.id as string;

		it('Sarthe 13. the bilan holds a table of indicators over four years and four improvement axes', async () => {
			await saveIndicateurs(app, pacte, {
				annees: [2013, 2010, 2011, 2012],
				indicateurs: [
					{
						id: '',
						libelle: 'Personnes accompagnées',
						valeurs: { 2010: '120', 2011: '150', 2012: '', 2013: 'non connu' }
					},
					{ id: '', libelle: 'Contrats signés', valeurs: { 2010: '80' } },
					{ id: '', libelle: ' ', valeurs: { 2010: '1' } }
				]
			});
			await saveBilan(app, pacte, {
				intitule: 'Pacte 2010-2014',
				ameliorations: [
					'Évaluer plus simplement',
					'Mieux communiquer',
					'Partager la gouvernance',
					'Suivre chaque année'
				]
			});
			const bilan = await read();
			expect(bilan.annees).toEqual([2010, 2011, 2012, 2013]);
			expect(bilan.indicateurs.map(({ libelle }) => libelle)).toEqual(['Personnes accompagnées', 'Contrats signés']);
			expect(bilan.indicateurs[0]?.valeurs).toMatchObject({ 2010: '120', 2013: 'non connu' });
			expect(bilan.ameliorations).toHaveLength(4);
			expect(bilan.intitule).toBe('Pacte 2010-2014');
		});

		it('a year that is taken out of the table comes back with its values', async () => {
			await saveIndicateurs(app, pacte, {
				annees: [2010, 2011],
				indicateurs: [{ id: '', libelle: 'A', valeurs: { 2010: '1', 2011: '2' } }]
			});
			const id = (await read()).indicateurs[0]?.id as string;
			await saveIndicateurs(app, pacte, {
				annees: [2011],
				indicateurs: [{ id, libelle: 'A', valeurs: { 2011: '3' } }]
			});
			await saveIndicateurs(app, pacte, {
				annees: [2010, 2011],
				indicateurs: [{ id, libelle: 'A', valeurs: { 2011: '3' } }]
			});
			expect((await read()).indicateurs).toEqual([{ id, libelle: 'A', valeurs: { 2010: '1', 2011: '3' } }]);
		});

		it('actions pasted from a list are counted in words as their states are told', async () => {
			const lines = Array.from({ length: 21 }, (_, i) => `- Action ${i + 1}`).join('\n');
			expect(await addActions(app, pacte, lines)).toBe(21);
			const { actions } = await read();
			const etats = new Map(actions.slice(0, 17).map(({ id }) => [id, 'realisee' as const]));
			expect(await changeEtats(app, pacte, etats)).toBe(17);
			await changeAction(
				app,
				{ ...pacte, actionId: actions[20]!.id },
				{ titre: 'Action 21', etat: 'abandonnee', annees: '2019', commentaire: 'Faute de local' }
			);
			expect(bilanInWords((await read()).actions)).toBe(
				'17\u00a0actions sur 21 réalisées, soit 81\u00a0%\u00a0; 1\u00a0abandonnée, 3\u00a0non renseignées.'
			);
			expect((await read()).actions.at(-1)).toMatchObject({ commentaire: 'Faute de local', annees: '2019' });
			expect(await removeAction(app, { ...pacte, actionId: actions[0]!.id })).toBe('Action 1');
			await expect(addActions(app, pacte, ' \n ')).rejects.toThrow(/une action par ligne/);
		});

		it('« Reconduire » makes a draft fiche under the chosen axe in one act, and both know each other', async () => {
			const [axe] = await pacte.axes('Se loger');
			await addActions(app, pacte, 'Une maison pour chacun');
			const fiche = await reconduire(app, { ...pacte, actionId: await first() }, axe as string);
			const noeud = (await listNoeuds(app.db, pacte.pacteId)).find(({ id }) => id === fiche);
			expect(noeud).toMatchObject({ parent: axe, titre: 'Une maison pour chacun', code: '1.1', aClasser: false });
			expect((await openFiche(app, { id: pacte.pacteId, modele: MODELE_ORNE }, fiche)).titre).toBe(
				'Une maison pour chacun'
			);
			expect((await read()).actions[0]?.reconduite).toEqual({
				noeud: fiche,
				code: '1.1',
				titre: 'Une maison pour chacun'
			});
			expect(await readOrigine(app.db, pacte.pacteId, fiche)).toMatchObject({ titre: 'Une maison pour chacun' });
			expect((await pacte.actes()).at(-1)).toBe('action_reconduite');
			await expect(reconduire(app, { ...pacte, actionId: await first() }, null)).rejects.toThrow(/déjà reconduite/);
		});

		it('an action whose fiche was taken out of the tree is still carried on: its fiche waits in « À classer »', async () => {
			const [axe] = await pacte.axes('Se loger');
			await addActions(app, pacte, 'Une maison pour chacun');
			const fiche = await reconduire(app, { ...pacte, actionId: await first() }, axe as string);
			await app.collaboration.edit(
				documentName('orientations', pacte.pacteId),
				(doc) => {
					removeNoeud(doc, fiche, MODELE_ORNE);
				},
				pacte.by
			);
			await app.collaboration.settle(pacte.pacteId);
			const kept = (await listNoeuds(app.db, pacte.pacteId)).find(({ id }) => id === fiche);
			expect(kept?.aClasser).toBe(true);
			await expect(reconduire(app, { ...pacte, actionId: await first() }, null)).rejects.toThrow(/déjà reconduite/);
		});

		it('without a branch the fiche goes to « À classer »; a branch that holds no fiche is refused', async () => {
			const [axe] = await pacte.axes('Se loger');
			await app.collaboration.edit(
				documentName('orientations', pacte.pacteId),
				(doc) =>
					addNoeud(doc, { id: 'perspective_00000001', parent: axe as string, niveau: 'perspective', titre: 'P' }),
				pacte.by
			);
			await app.collaboration.settle(pacte.pacteId);
			await addActions(app, pacte, 'Une maison pour chacun');
			const act = { ...pacte, actionId: await first() };
			await expect(reconduire(app, act, 'perspective_00000001')).rejects.toThrow(/ne porte pas de fiche/);
			expect((await read()).actions[0]?.reconduite).toBeNull();
			const fiche = await reconduire(app, act, null);
			expect((await listNoeuds(app.db, pacte.pacteId)).find(({ id }) => id === fiche)?.aClasser).toBe(true);
		});

		it('only those who write the tree carry on; a rédacteur fills the bilan, a lecteur reads it', async () => {
			await addActions(app, pacte, 'Une action');
			const [redacteur, lecteur] = [await pacte.membre('redacteur'), await pacte.membre('lecteur')];
			expect(await addActions(app, { ...pacte, by: redacteur }, 'Une autre')).toBe(1);
			await expect(reconduire(app, { ...pacte, by: redacteur, actionId: await first() }, null)).rejects.toMatchObject({
				code: 'interdit'
			});
			await expect(addActions(app, { ...pacte, by: lecteur }, 'X')).rejects.toMatchObject({ code: 'interdit' });
		});

		it('the fiches of another of my pactes become its actions; those of a stranger’s do not', async () => {
			const ancien = await pacteDEssai(app);
			const [axe] = await ancien.axes('Ancien axe');
			await app.collaboration.edit(
				documentName('orientations', ancien.pacteId),
				(doc) =>
					addNoeud(doc, {
						id: `action_${ancien.pacteId}`.slice(0, 24),
						parent: axe as string,
						niveau: 'action',
						titre: 'Ancienne action'
					}),
				ancien.by
			);
			await app.collaboration.settle(ancien.pacteId);
			await expect(addActionsFromPacte(app, pacte, ancien.pacteId)).rejects.toMatchObject({ code: 'introuvable' });
			await app.db
				.insertInto('participations')
				.values({ pacte_id: ancien.pacteId, compte_id: pacte.by, role: 'lecteur', created_at: app.now() })
				.execute();
			expect(await addActionsFromPacte(app, pacte, ancien.pacteId)).toBe(1);
			expect(await read()).toMatchObject({
				intitule: 'Pacte de la Haute-Rivière',
				actions: [{ titre: 'Ancienne action', etat: 'non_renseignee' }]
			});
		});
	});
}
