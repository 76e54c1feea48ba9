import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { documentName } from '#lib/documents/document.ts';
import { corpsOf, readProse, writeProse } from '#lib/editor/prose.ts';
import { addPuce, readChamp } from '#lib/fiches/fiche.ts';
import { addNoeud } from '#lib/orientations/arbre.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import type { Demande } from '#lib/remplacer/remplacer.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { pacteDEssai, type PacteDEssai } from '../../tests/support/pacte.ts';
import { addEntree, listGlossaire } from '../glossaire/glossaire.ts';
import { newId } from '../ids.ts';
import { annulerOperation, listOperations } from '../operations/operations.ts';
import { listNoeuds } from '../orientations/noeuds.ts';
import { listOrganismes } from '../organismes/organismes.ts';
import { addSection, setEtat } from '../sections/sections.ts';
import { findAll, replaceAll } from './remplacer.ts';

const DEMANDE: Demande = {
	cherche: 'pole emploi',
	remplace: 'France Travail',
	casse: false,
	accents: false,
	mot: false
};

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`one wording in the place of another, on ${engine}`, () => {
		let app: TestApp;
		let pacte: PacteDEssai;
		let fiche: string;
		let section: string;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		beforeEach(async () => {
			pacte = await pacteDEssai(app);
			const [axe] = (await pacte.axes('Avec Pôle emploi')) as [string];
			fiche = newId();
			await edit('orientations', pacte.pacteId, (doc) =>
				addNoeud(doc, { id: fiche, parent: axe, niveau: 'action', titre: 'Rencontrer Pôle emploi' })
			);
			await app.collaboration.settle(pacte.pacteId);
			await edit('fiche', fiche, (doc) => {
				addPuce(doc, 'objectifs', 'p1', 'Recevoir avec Pôle emploi, puis PÔLE EMPLOI seul');
			});
			section = await addSection(app, acteur(), { parent: null, titre: 'Pôle emploi ici', genre: 'redige' } as never);
			await edit('redaction', section, (doc) =>
				writeProse(corpsOf(doc), [
					{
						type: 'paragraphe',
						contenu: [
							{ type: 'texte', texte: 'Les agences de ' },
							{ type: 'texte', texte: 'Pôle emploi', gras: true },
							{ type: 'note', contenu: [{ type: 'texte', texte: 'Selon Pôle emploi.' }] }
						]
					}
				])
			);
			await addEntree(app, { ...acteur(), sigle: 'PE', developpe: 'Pôle emploi', definition: '' });
			await pacte.organisme('Pôle emploi');
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		const acteur = () => ({ pacteId: pacte.pacteId, by: pacte.by });
		const modele = () => ({ id: pacte.pacteId, modele: MODELE_ORNE });
		const edit = (kind: 'orientations' | 'fiche' | 'redaction', id: string, change: (doc: Y.Doc) => void) =>
			app.collaboration.edit(documentName(kind, id), change, pacte.by);
		const find = (demande: Partial<Demande> = {}) => findAll(app, pacte.by, modele(), { ...DEMANDE, ...demande });
		const replace = async (
			which: (trouvaille: { partie: string; trouve: string }) => boolean = () => true,
			demande: Partial<Demande> = {}
		) => {
			const asked = { ...DEMANDE, ...demande };
			const found = (await findAll(app, pacte.by, modele(), asked)).filter(which);
			return replaceAll(app, acteur(), modele(), { ...asked, cles: found.map(({ cle }) => cle) });
		};
		const puces = () =>
			app.collaboration.read(documentName('fiche', fiche), (doc) =>
				readChamp(doc, MODELE_ORNE.champs.find(({ id }) => id === 'objectifs') as never)
			);
		const prose = () => app.collaboration.read(documentName('redaction', section), (doc) => readProse(corpsOf(doc)));
		const titres = async () => (await listNoeuds(app.db, pacte.pacteId)).map(({ titre }) => titre);

		it('finds it in titles, fiches, prose with its notes, sections, glossary and organismes, each where it is', async () => {
			const found = await find();
			expect(found.map(({ partie, trouve }) => [partie, trouve])).toEqual([
				['organismes', 'Pôle emploi'],
				['orientations', 'Pôle emploi'],
				['orientations', 'Pôle emploi'],
				['fiches', 'Pôle emploi'],
				['fiches', 'PÔLE EMPLOI'],
				['sections', 'Pôle emploi'],
				['sections', 'Pôle emploi'],
				['glossaire', 'Pôle emploi'],
				['sections', 'Pôle emploi']
			]);
			expect(found[3]).toMatchObject({ ou: '1.1\u00a0Rencontrer Pôle emploi · Objectifs', avant: 'Recevoir avec ' });
			expect(found[3]?.href).toBe(`/pactes/${pacte.pacteId}/fiches/${fiche}#champ-objectifs`);
		});

		it('asks for the same case and the same accents when that is chosen', async () => {
			expect(await find({ casse: true, accents: true, cherche: 'PÔLE EMPLOI' })).toHaveLength(1);
			expect(await find({ accents: true })).toEqual([]);
		});

		it('replaces everywhere at once; the organisme keeps its former name as an alias, and bold stays bold', async () => {
			expect(await replace()).toMatchObject({ faits: 9, manques: 0 });
			expect(await puces()).toEqual({ puces: ['Recevoir avec France Travail, puis France Travail seul'] });
			expect(await titres()).toEqual(['Avec France Travail', 'Rencontrer France Travail']);
			expect(await prose()).toMatchObject([
				{
					contenu: [
						{ texte: 'Les agences de ' },
						{ texte: 'France Travail', gras: true },
						{ type: 'note', contenu: [{ texte: 'Selon France Travail.' }] }
					]
				}
			]);
			expect((await listGlossaire(app.db, pacte.pacteId))[0]?.developpe).toBe('France Travail');
			expect(await listOrganismes(app.db, pacte.pacteId)).toMatchObject([
				{ nom: 'France Travail', alias: ['Pôle emploi'] }
			]);
			expect(await find()).toEqual([]);
			expect(await pacte.actes()).toContain('operation_faite');
		});

		it('replaces only what is chosen', async () => {
			expect(await replace(({ trouve }) => trouve === 'PÔLE EMPLOI')).toMatchObject({ faits: 1 });
			expect(await puces()).toEqual({ puces: ['Recevoir avec Pôle emploi, puis France Travail seul'] });
		});

		it('finds the place again when somebody has written before it since the preview, and leaves what is gone', async () => {
			const found = (await find()).filter(({ partie }) => partie === 'fiches');
			await edit('fiche', fiche, (doc) => {
				const texte = firstPuce(doc);
				texte.insert(0, 'Chaque mois, recevoir. ');
				texte.delete(texte.toString().indexOf('PÔLE'), 4);
			});
			const cles = found.map(({ cle }) => cle);
			expect(await replaceAll(app, acteur(), modele(), { ...DEMANDE, cles })).toMatchObject({ faits: 1, manques: 1 });
			expect(await puces()).toEqual({
				puces: ['Chaque mois, recevoir. Recevoir avec France Travail, puis  EMPLOI seul']
			});
		});

		it('is taken back in one gesture, except where somebody has rewritten it: that stays, and is said', async () => {
			const { operation } = await replace();
			await edit('orientations', pacte.pacteId, (doc) => {
				const titre = [...doc.getMap<Y.Map<Y.Text>>('noeuds').values()].find(
					(noeud) => String(noeud.get('titre')) === 'Avec France Travail'
				);
				const texte = titre?.get('titre') as Y.Text;
				texte.delete(5, 6);
			});
			await edit('fiche', fiche, (doc) => firstPuce(doc).insert(0, 'Bien '));
			const back = await annulerOperation(app, { ...acteur(), operationId: operation });
			expect(back).toMatchObject({ repris: 8, laisses: 1 });
			expect(await puces()).toEqual({ puces: ['Bien Recevoir avec Pôle emploi, puis PÔLE EMPLOI seul'] });
			expect(await titres()).toEqual(['Avec  Travail', 'Rencontrer Pôle emploi']);
			expect(await prose()).toMatchObject([{ contenu: [{}, { texte: 'Pôle emploi', gras: true }, {}] }]);
			expect(await listOrganismes(app.db, pacte.pacteId)).toMatchObject([{ nom: 'Pôle emploi', alias: [] }]);
			await expect(annulerOperation(app, { ...acteur(), operationId: operation })).rejects.toMatchObject({
				code: 'conflit'
			});
			expect((await listOperations(app.db, pacte.pacteId, pacte.by))[0]).toMatchObject({ annulee: true });
		});

		it('takes nothing from whoever is typing in the same text at that moment', async () => {
			const name = documentName('fiche', fiche);
			const state = await app.collaboration.read(name, (doc) => Y.encodeStateAsUpdate(doc));
			const elsewhere = new Y.Doc();
			Y.applyUpdate(elsewhere, state);
			firstPuce(elsewhere).insert(firstPuce(elsewhere).toString().indexOf('emploi'), 'grand ');
			await replace();
			await app.collaboration.edit(name, (doc) => Y.applyUpdate(doc, Y.encodeStateAsUpdate(elsewhere)), pacte.by);
			expect(JSON.stringify(await puces())).toContain('grand ');
			expect(JSON.stringify(await puces())).toContain('France Travail');
		});

		it('leaves a validated section as it is, and says so', async () => {
			await setEtat(app, { ...acteur(), sectionId: section }, 'valide');
			const locked = (await find()).filter(({ verrou }) => verrou !== null);
			expect(locked).toHaveLength(2);
			await replace();
			expect(await prose()).toMatchObject([{ contenu: [{}, { texte: 'Pôle emploi' }, {}] }]);
		});

		it('is refused to who may not write everywhere', async () => {
			const by = await pacte.membre('redacteur');
			await expect(findAll(app, by, modele(), DEMANDE)).rejects.toMatchObject({ code: 'interdit' });
			await expect(
				replaceAll(app, { pacteId: pacte.pacteId, by }, modele(), { ...DEMANDE, cles: ['x'] })
			).rejects.toMatchObject({ code: 'interdit' });
		});

		it('does not give an organisme the name of another: the two are to be joined', async () => {
			await pacte.organisme('France Travail');
			const [organisme] = await find();
			expect(organisme?.verrou).toContain('réunissez');
			expect(await replace()).toMatchObject({ faits: 8, manques: 1 });
			expect(await listOrganismes(app.db, pacte.pacteId)).toHaveLength(2);
		});

		function firstPuce(doc: Y.Doc): Y.Text {
			return (doc.getMap('champs').get('objectifs') as Y.Map<Y.Map<Y.Text>>).get('p1')?.get('texte') as Y.Text;
		}
	});
}
