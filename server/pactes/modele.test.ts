import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { documentName } from '#lib/documents/document.ts';
import { addLigne, lignesOf } from '#lib/fiches/tableau.ts';
import { addPuce, prepareFiche, readFiche, texteOf } from '#lib/fiches/fiche.ts';
import { addNoeud } from '#lib/orientations/arbre.ts';
import { archiveFromJson, readArchive } from '../export/archive.ts';
import {
	bringBackChamp,
	putAsideChamp,
	putChamp,
	putNiveau,
	putVariante,
	removeNiveau,
	removeVariante,
	replaceChamp
} from '#lib/pactes/modele-edits.ts';
import { allChamps, niveauOf, type Champ, type ChampTableau, type Modele, type Niveau } from '#lib/pactes/modele.ts';
import { MODELE_ORNE, MODELE_SARTHE } from '#lib/pactes/modeles/structures.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { pacteDEssai, type PacteDEssai } from '../../tests/support/pacte.ts';
import { annulerOperation, listOperations } from '../operations/operations.ts';
import { changeModele, lastChange, previewModele, readModele, undoModele } from './modele.ts';

/** As long as ids are. */
const idOf = (nom: string) => nom.padEnd(20, '-');
const fiche = (nom: string) => documentName('fiche', idOf(nom));

describe.each(await engines())('the model of a pacte changes ($engine)', ({ engine, missing }) => {
	describe.skipIf(missing !== null)(missing ?? 'here', () => {
		let app: TestApp;
		let pacte: PacteDEssai;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		const act = () => ({ pacteId: pacte.pacteId, by: pacte.by });
		const change = async (edit: (modele: Modele) => Modele, rest: object = {}) => {
			const { modele, version } = await readModele(app.db, pacte.pacteId);
			return changeModele(app, act(), edit(modele), { version, libelle: 'essai', ...rest });
		};

		/** An axe with a perspective and two actions, the first of which is written. */
		async function begin(modele: Modele = MODELE_ORNE): Promise<void> {
			pacte = await pacteDEssai(app, modele);
			await app.collaboration.edit(
				documentName('orientations', pacte.pacteId),
				(doc) => {
					const add = (nom: string, parent: string | null, niveau: string) =>
						addNoeud(doc, { id: idOf(nom), parent: parent && idOf(parent), niveau, titre: `Titre ${nom}` });
					add('axe1', null, modele.niveaux[0]!.id);
					if (modele === MODELE_ORNE) {
						add('persp1', 'axe1', 'perspective');
						add('act1', 'axe1', 'action');
						add('act2', 'axe1', 'action');
					} else {
						add('op1', 'axe1', 'operationnel');
						add('act1', 'op1', 'action');
						add('act2', 'op1', 'action');
					}
				},
				pacte.by
			);
			await app.collaboration.settle(pacte.pacteId);
		}
		const codes = async () =>
			Object.fromEntries(
				(await app.db.selectFrom('noeuds').select(['id', 'code']).orderBy('ordre').execute()).map(({ id, code }) => [
					id.replace(/-+$/, ''),
					code
				])
			);
		const write = (id: string, edit: (doc: Y.Doc) => void) => app.collaboration.edit(fiche(id), edit, pacte.by);
		const archive = () => readArchive(app, pacte.pacteId);

		test('another numbering recodes the whole tree at once, and the codes of before stay known', async () => {
			await begin();
			expect(await codes()).toEqual({ axe1: '1', persp1: '', act1: '1.1', act2: '1.2' });
			const roman = (modele: Modele) =>
				putNiveau(modele, { ...(niveauOf(modele, 'axe') as Niveau), numerotation: 'I' });
			const { modele } = await readModele(app.db, pacte.pacteId);
			const { codes: foreseen } = await previewModele(app, pacte.pacteId, modele, roman(modele), {});
			expect(foreseen.map(({ avant, apres }) => [avant, apres])).toEqual([
				['1', 'I'],
				['1.1', 'I1'],
				['1.2', 'I2']
			]);
			await change(roman);
			expect(await codes()).toEqual({ axe1: 'I', persp1: '', act1: 'I1', act2: 'I2' });
			const { noeuds } = await archive();
			expect(noeuds.map(({ anciens }) => anciens)).toEqual([['1'], undefined, ['1.1'], ['1.2']]);
		});

		test('a new field has its place in every fiche before anyone sees it, and words can be typed there', async () => {
			await begin();
			const added: Champ = { id: 'budget', type: 'montants', etiquette: 'Budget', requis: false, annees: [2027, 2028] };
			await change((modele) => putChamp(modele, added));
			for (const id of ['act1', 'act2'])
				expect(await app.collaboration.read(fiche(id), (doc) => lignesOf(doc, 'budget'))).toEqual([]);
			await app.collaboration.settle();
			expect((await archive()).fiches[0]?.champs.budget).toEqual({ lignes: [] });
		});

		test('a field that is put aside keeps its words in the pacte and its exports, and says them when it comes back', async () => {
			await begin();
			await write('act1', (doc) => addPuce(doc, 'objectifs', 'x', 'Lever les freins'));
			await change((modele) => putAsideChamp(modele, 'objectifs'));
			const aside = await archive();
			expect(aside.modele.champs.map(({ id }) => id)).not.toContain('objectifs');
			expect(aside.fiches[0]?.champs.objectifs).toEqual({ puces: ['Lever les freins'] });
			expect(archiveFromJson(JSON.parse(JSON.stringify(aside)))).toEqual(aside);
			await change((modele) => bringBackChamp(modele, 'objectifs'));
			expect((await archive()).fiches[0]?.champs.objectifs).toEqual({ puces: ['Lever les freins'] });
		});

		test('a field of another type takes up what is written, says how much, and leaves the first as it was', async () => {
			await begin();
			await write('act1', (doc) => {
				addPuce(doc, 'indicateurs', 'x', 'Nombre de personnes');
				addPuce(doc, 'indicateurs', 'y', 'Part des sorties');
			});
			const rows: Champ = { id: 'suivi', type: 'indicateurs', etiquette: 'Suivi', requis: false };
			const conversions = [{ de: 'indicateurs', vers: 'suivi' }];
			const { modele } = await readModele(app.db, pacte.pacteId);
			const asked = replaceChamp(modele, 'indicateurs', rows);
			const { conversions: foreseen } = await previewModele(app, pacte.pacteId, modele, asked, { conversions });
			expect(foreseen).toEqual([{ ecrites: 1, entieres: 1 }]);
			await change(() => asked, { conversions });
			const { champs } = (await archive()).fiches[0]!;
			expect(champs.suivi).toMatchObject({
				lignes: [{ libelle: 'Nombre de personnes' }, { libelle: 'Part des sorties' }]
			});
			expect(champs.indicateurs).toEqual({ puces: ['Nombre de personnes', 'Part des sorties'] });
		});

		test('a field cannot be dropped with its words, nor a column, a year or a choice: they stay', async () => {
			await begin();
			const table: ChampTableau = {
				id: 'etapes',
				type: 'tableau',
				etiquette: 'Étapes',
				ligne: 'une étape',
				requis: false,
				colonnes: [
					{ id: 'quoi', etiquette: 'Quoi', type: 'texte' },
					{ id: 'etat', etiquette: 'État', type: 'choix', choix: ['fait', 'à faire'] },
					{ id: 'vide', etiquette: 'Vide', type: 'texte' }
				]
			};
			await change((modele) => putChamp(modele, table));
			await write('act1', (doc) => {
				addLigne(doc, table, 'l');
				lignesOf(doc, 'etapes')[0]?.cellules.get('etat')?.insert(0, 'fait');
			});
			const next = await change((modele) => ({
				...modele,
				champs: [{ ...table, colonnes: [table.colonnes[0]!, { ...table.colonnes[1]!, choix: ['annulé'] }] }]
			}));
			const [etapes] = next.champs as [ChampTableau];
			expect(etapes.colonnes.map(({ id, choix }) => [id, choix])).toEqual([
				['quoi', undefined],
				['etat', ['annulé', 'fait']]
			]);
			await change((modele) => ({ ...modele, champs: [], retires: [] }));
			expect((await archive()).fiches[0]?.champs.etapes).toMatchObject({ lignes: [{ etat: 'fait' }] });
		});

		test('a level that has nodes goes only when it is said what they become; taking it back gives them their level again', async () => {
			await begin();
			const drop = (modele: Modele) => removeNiveau(modele, 'perspective', 'action');
			await expect(change(drop)).rejects.toMatchObject({ code: 'conflit' });
			await change(drop, { niveaux: { perspective: 'action' } });
			expect(await codes()).toEqual({ axe1: '1', persp1: '1.1', act1: '1.2', act2: '1.3' });
			const { id } = (await lastChange(app.db, pacte.pacteId))!;
			await undoModele(app, act(), id);
			expect(await codes()).toEqual({ axe1: '1', persp1: '', act1: '1.1', act2: '1.2' });
			// Taken back twice, it is done again.
			await undoModele(app, act(), (await lastChange(app.db, pacte.pacteId))!.id);
			expect(await codes()).toEqual({ axe1: '1', persp1: '1.1', act1: '1.2', act2: '1.3' });
		});

		test('one press takes a change back, and what was typed since in its field is kept aside', async () => {
			await begin();
			await change((modele) => putChamp(modele, { id: 'note', type: 'texte', etiquette: 'Note', requis: false }));
			await write('act2', (doc) => texteOf(doc, 'note')?.insert(0, 'Écrit depuis'));
			const { id } = (await lastChange(app.db, pacte.pacteId))!;
			await undoModele(app, act(), id);
			const { modele, fiches } = await archive();
			expect(modele.champs.map((champ) => champ.id)).toEqual(MODELE_ORNE.champs.map((champ) => champ.id));
			expect(fiches[1]?.champs.note).toEqual({ texte: 'Écrit depuis' });
			await expect(undoModele(app, act(), id)).rejects.toMatchObject({ code: 'conflit' });
		});

		test('of two people who change it at once, the second is told and nothing of theirs is done', async () => {
			await begin();
			const { modele, version } = await readModele(app.db, pacte.pacteId);
			const name = (nom: string) => changeModele(app, act(), { ...modele, nom }, { version, libelle: 'nom' });
			const results = await Promise.allSettled([name('Un'), name('Deux')]);
			expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
			const refused = results.find((result) => result.status === 'rejected');
			expect(refused?.reason).toMatchObject({ code: 'conflit' });
			expect((await readModele(app.db, pacte.pacteId)).version).toBe(version + 1);
		});

		test('it is not taken back with the acts on many fiches: that would say that it is done, and do nothing', async () => {
			await begin();
			await change((modele) => ({ ...modele, nom: 'Autre' }));
			const { id } = (await lastChange(app.db, pacte.pacteId))!;
			expect(await listOperations(app.db, pacte.pacteId, pacte.by)).toEqual([]);
			await expect(annulerOperation(app, { ...act(), operationId: id })).rejects.toMatchObject({ code: 'introuvable' });
			expect(await lastChange(app.db, pacte.pacteId)).toMatchObject({ id });
		});

		test('only the équipe projet changes it', async () => {
			await begin();
			const other = await pacte.membre('redacteur');
			const { modele, version } = await readModele(app.db, pacte.pacteId);
			const asked = changeModele(
				app,
				{ pacteId: pacte.pacteId, by: other },
				{ ...modele, nom: 'Autre' },
				{ version, libelle: '' }
			);
			await expect(asked).rejects.toMatchObject({ code: 'interdit' });
		});

		test.each([
			['no level', (modele: Modele): Modele => ({ ...modele, niveaux: [] })],
			[
				'nothing at the top',
				(modele: Modele): Modele => ({
					...modele,
					niveaux: modele.niveaux.map((niveau) => ({ ...niveau, parents: ['axe'] }))
				})
			],
			['two fields of one name', (modele: Modele): Modele => putChamp(modele, { ...modele.champs[0]!, id: 'autre' })],
			[
				'a type changed in place',
				(modele: Modele): Modele =>
					putChamp(modele, { id: 'objectifs', type: 'texte', etiquette: 'Objectifs', requis: true })
			],
			['a key that no model has', (modele: Modele): Modele => ({ ...modele, ...{ __secret: 1 } })],
			[
				'an id that is no id',
				(modele: Modele): Modele => putChamp(modele, { id: '../x', type: 'texte', etiquette: 'X', requis: true })
			]
		])('what is no model is refused whole: %s', async (_, edit) => {
			await begin();
			await expect(change(edit)).rejects.toMatchObject({ code: 'invalide' });
			expect((await readModele(app.db, pacte.pacteId)).modele).toEqual(MODELE_ORNE);
		});

		test('a fiche whose form goes has that of the others, and again its own when that is taken back', async () => {
			await begin(MODELE_SARTHE);
			await app.db.updateTable('fiches').set({ variante: 'livrables_courts' }).where('id', '=', idOf('act1')).execute();
			await change((modele) => removeVariante(modele, 'livrables_courts'));
			const variantes = async () => (await archive()).fiches.map(({ variante }) => variante);
			expect(await variantes()).toEqual([undefined, undefined]);
			await undoModele(app, act(), (await lastChange(app.db, pacte.pacteId))!.id);
			expect(await variantes()).toEqual(['livrables_courts', undefined]);
		});

		test('a form that names a column that goes does not keep the model from changing', async () => {
			await begin(MODELE_SARTHE);
			await change((modele) =>
				putVariante(modele, {
					id: 'v',
					nom: 'Sans calendrier',
					sansChamps: [],
					sansColonnes: { livrables: ['calendrier'] }
				})
			);
			const next = await change((modele) => {
				const livrables = modele.champs.find(({ id }) => id === 'livrables') as ChampTableau;
				const colonnes = livrables.colonnes.filter(({ id }) => id !== 'calendrier');
				return putChamp(modele, { ...livrables, colonnes });
			});
			expect(next.variantes?.map(({ sansColonnes }) => sansColonnes)).toEqual([
				{ livrables: ['territoire', 'public'] },
				{}
			]);
		});

		test('a node that someone added with a level that has just gone takes one that may stand there, and the export is read again', async () => {
			await begin();
			await change((modele) => removeNiveau(modele, 'perspective', 'action'), { niveaux: { perspective: 'action' } });
			const add = (doc: Y.Doc) =>
				addNoeud(doc, { id: idOf('late'), parent: idOf('axe1'), niveau: 'perspective', titre: 'Tard' });
			await app.collaboration.edit(documentName('orientations', pacte.pacteId), add, pacte.by);
			const written = await archive();
			expect(written.noeuds.find(({ titre }) => titre === 'Tard')?.niveau).toBe('action');
			expect(archiveFromJson(JSON.parse(JSON.stringify(written)))).toEqual(written);
		});

		test('a fiche born by the model of before has the fields that came meanwhile', async () => {
			await begin();
			await change((modele) => putAsideChamp(modele, 'objectifs'));
			const add = (doc: Y.Doc) =>
				addNoeud(doc, { id: idOf('act3'), parent: idOf('axe1'), niveau: 'action', titre: 'Trois' });
			await app.collaboration.edit(documentName('orientations', pacte.pacteId), add, pacte.by);
			await app.collaboration.settle(pacte.pacteId);
			const modele = await change((each) => bringBackChamp(each, 'objectifs'));
			const lacks = await app.collaboration.read(fiche('act3'), (doc) =>
				allChamps(modele).filter(({ id }) => !doc.getMap('champs').has(id))
			);
			expect(lacks).toEqual([]);
		});

		test('preparing a fiche again never touches what is written', () => {
			const doc = new Y.Doc();
			prepareFiche(doc, MODELE_SARTHE, { contexte: { texte: 'Un contexte' } });
			prepareFiche(doc, MODELE_SARTHE, { contexte: { texte: 'Un autre' } });
			expect(readFiche(doc, MODELE_SARTHE).contexte).toEqual({ texte: 'Un contexte' });
		});
	});
});
