import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { documentName } from '#lib/documents/document.ts';
import { corpsOf, readProse, writeProse } from '#lib/editor/prose.ts';
import { addOrganisme, addPuce, texteOf } from '#lib/fiches/fiche.ts';
import { allChamps, type Champ, type Modele } from '#lib/pactes/modele.ts';
import { MODELE_ORNE, MODELE_SARTHE } from '#lib/pactes/modeles/structures.ts';
import * as Y from 'yjs';
import { prepareFiche, readFiche } from '#lib/fiches/fiche.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { addFiches, inFiche, valeursDe } from '../../tests/support/fiches-d-essai.ts';
import { pacteDEssai, type PacteDEssai } from '../../tests/support/pacte.ts';
import { listFormerCodesOf } from '../../tests/support/anciens-codes.ts';
import { annulerOperation, listOperations } from '../operations/operations.ts';
import { listNoeuds } from '../orientations/noeuds.ts';
import { addSection } from '../sections/sections.ts';
import { listCorbeille } from './corbeille.ts';
import { readArchive, readPacte } from '../export/archive.ts';
import { createPacteFromArchive } from '../pactes/create-pacte.ts';
import { readFiliations } from './filiations.ts';
import { mergeChamp, morceauxOf } from './fusion.ts';
import { deplacerFiche, dupliquerFiche, fusionnerFiches, placesPossibles, scinderFiche } from './transformer.ts';

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`a fiche that becomes others, on ${engine}`, () => {
		let app: TestApp;
		let pacte: PacteDEssai;
		let axes: string[];
		let bus: string;
		let permis: string;
		let caf: string;
		let msa: string;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		beforeEach(async () => {
			pacte = await pacteDEssai(app);
			axes = await pacte.axes('Se déplacer', 'Se loger');
			[bus, permis] = (await addFiches(app, pacte, axes[0] as string, 'Un bus le soir', 'Un permis')) as [
				string,
				string
			];
			[caf, msa] = [await pacte.organisme('CAF'), await pacte.organisme('MSA')];
			await inFiche(app, pacte, bus, (doc) => {
				addPuce(doc, 'objectifs', 'p1', 'Desservir la zone');
				addPuce(doc, 'objectifs', 'p2', 'Relier les bourgs');
				addOrganisme(doc, 'pilotes', caf);
				texteOf(doc, 'echeance')?.insert(0, '2027');
			});
			await inFiche(app, pacte, permis, (doc) => {
				addPuce(doc, 'objectifs', 'p1', 'desservir la  zone');
				addPuce(doc, 'objectifs', 'p9', 'Payer le code');
				addOrganisme(doc, 'pilotes', msa);
				texteOf(doc, 'echeance')?.insert(0, '2028');
			});
			await app.db
				.insertInto('constat_reponses')
				.values({
					pacte_id: pacte.pacteId,
					constat_id: 'constat1',
					noeud_id: permis,
					compte_id: pacte.by,
					created_at: 1
				})
				.execute();
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		const act = (ficheId: string) => ({ pacteId: pacte.pacteId, by: pacte.by, ficheId });
		const modele = () => ({ id: pacte.pacteId, modele: MODELE_ORNE });
		const tree = async () => (await listNoeuds(app.db, pacte.pacteId)).map(({ code, titre }) => `${code} ${titre}`);
		const objectifs = async (id: string) => {
			const valeur = (await valeursDe(app, id)).objectifs;
			return valeur && 'puces' in valeur ? valeur.puces : null;
		};
		const answers = async () =>
			(await app.db.selectFrom('constat_reponses').select('noeud_id').where('pacte_id', '=', pacte.pacteId).execute())
				.map(({ noeud_id }) => noeud_id)
				.sort();
		const takeBack = async () => {
			const [last] = await listOperations(app.db, pacte.pacteId, pacte.by);
			return annulerOperation(app, { pacteId: pacte.pacteId, by: pacte.by, operationId: last?.id ?? '' });
		};

		it('is copied after itself, with what it answers to, and says where it comes from', async () => {
			const copie = await dupliquerFiche(app, act(permis), modele());
			expect(await tree()).toEqual([
				'1 Se déplacer',
				'1.1 Un bus le soir',
				'1.2 Un permis',
				'1.3 Un permis (copie)',
				'2 Se loger'
			]);
			expect(await valeursDe(app, copie)).toEqual(await valeursDe(app, permis));
			expect(await answers()).toEqual([permis, copie].sort());
			expect(await readFiliations(app.db, pacte.pacteId, copie)).toMatchObject([
				{ nature: 'copie', vient: true, id: permis, titre: 'Un permis' }
			]);
			expect(await readFiliations(app.db, pacte.pacteId, permis)).toMatchObject([
				{ nature: 'copie', vient: false, id: copie }
			]);
		});

		it('takes in another: each field says what both said, once, and the other is in the corbeille', async () => {
			await fusionnerFiches(app, act(bus), modele(), permis);
			expect(await tree()).toEqual(['1 Se déplacer', '1.1 Un bus le soir', '2 Se loger']);
			expect(await objectifs(bus)).toEqual(['Desservir la zone', 'Relier les bourgs', 'Payer le code']);
			expect(await valeursDe(app, bus)).toMatchObject({
				pilotes: { organismes: [caf, msa] },
				echeance: { texte: '2027\u00a0; 2028' }
			});
			expect(await objectifs(permis)).toEqual(['desservir la  zone', 'Payer le code']);
			expect(await listCorbeille(app, pacte.pacteId)).toMatchObject([{ id: permis }]);
			expect(await answers()).toEqual([bus, permis].sort());
			expect(await readFiliations(app.db, pacte.pacteId, bus)).toMatchObject([
				{ nature: 'fusion', vient: true, id: permis, titre: 'Un permis', jetee: true }
			]);
			expect(await listFormerCodesOf(app, pacte.pacteId, bus)).toEqual(['1.2']);
		});

		it('goes on saying where it comes from when the pacte goes to another house', async () => {
			const copie = await dupliquerFiche(app, act(bus), modele());
			await fusionnerFiches(app, act(bus), modele(), permis);
			const archive = await readArchive(app, pacte.pacteId);
			const autre = await createPacteFromArchive(app, archive, { compteId: null, acte: 'pacte_importe' });
			expect(await readArchive(app, autre)).toEqual(archive);
			const { noeuds } = await readPacte(app, autre);
			const idOf = (titre: string) => {
				const local = archive.noeuds.find((noeud) => noeud.titre === titre)?.id;
				return [...noeuds].find(([, each]) => each === local)?.[0] ?? '';
			};
			expect(copie).not.toBe(idOf('Un bus le soir (copie)'));
			expect(await readFiliations(app.db, autre, idOf('Un bus le soir (copie)'))).toMatchObject([
				{ nature: 'copie', vient: true, id: idOf('Un bus le soir'), titre: 'Un bus le soir' }
			]);
			expect(await readFiliations(app.db, autre, idOf('Un bus le soir'))).toContainEqual(
				expect.objectContaining({ nature: 'fusion', vient: true, id: null, titre: 'Un permis' })
			);
		});

		it('is two again when that is taken back, with what was written meanwhile', async () => {
			await fusionnerFiches(app, act(bus), modele(), permis);
			await inFiche(app, pacte, bus, (doc) => addPuce(doc, 'objectifs', 'p3', 'Écrit depuis'));
			expect(await takeBack()).toMatchObject({ laisses: 0 });
			expect(await tree()).toEqual(['1 Se déplacer', '1.1 Un bus le soir', '1.2 Un permis', '2 Se loger']);
			expect(await objectifs(bus)).toEqual(['Desservir la zone', 'Relier les bourgs', 'Écrit depuis']);
			expect(await valeursDe(app, bus)).toMatchObject({ pilotes: { organismes: [caf] }, echeance: { texte: '2027' } });
			expect(await answers()).toEqual([permis]);
			expect(await readFiliations(app.db, pacte.pacteId, bus)).toEqual([]);
			expect(await listFormerCodesOf(app, pacte.pacteId, bus)).toEqual([]);
		});

		it('is led to by the references that led to the one that it took in', async () => {
			const section = await addSection(app, { pacteId: pacte.pacteId, by: pacte.by }, {
				parent: null,
				titre: 'Diagnostic',
				genre: 'redige'
			} as never);
			await app.collaboration.edit(
				documentName('redaction', section),
				(doc) =>
					writeProse(corpsOf(doc), [
						{ type: 'paragraphe', contenu: [{ type: 'renvoi', cible: `noeud:${permis}` }] },
						{
							type: 'paragraphe',
							constat: { cle: 'constat1', nature: 'constat', theme: '', noeud: permis, origine: '' },
							contenu: [{ type: 'texte', texte: 'Sans permis' }]
						}
					]),
				pacte.by
			);
			const prose = () => app.collaboration.read(documentName('redaction', section), (doc) => readProse(corpsOf(doc)));
			await fusionnerFiches(app, act(bus), modele(), permis);
			expect(await prose()).toMatchObject([{ contenu: [{ cible: `noeud:${bus}` }] }, { constat: { noeud: bus } }]);
			await takeBack();
			expect(await prose()).toMatchObject([
				{ contenu: [{ cible: `noeud:${permis}` }] },
				{ constat: { noeud: permis } }
			]);
		});

		it('is cut in two: what is chosen goes, what both are about goes with both, and it is taken back whole', async () => {
			const cles = await app.collaboration.read(documentName('fiche', bus), (doc) =>
				morceauxOf(doc, allChamps(MODELE_ORNE))
					.filter(({ texte }) => texte === 'Relier les bourgs')
					.map(({ cle }) => cle)
			);
			const part = await scinderFiche(app, act(bus), modele(), { titre: 'Les bourgs', cles });
			expect(await tree()).toEqual([
				'1 Se déplacer',
				'1.1 Un bus le soir',
				'1.2 Les bourgs',
				'1.3 Un permis',
				'2 Se loger'
			]);
			expect([await objectifs(bus), await objectifs(part)]).toEqual([['Desservir la zone'], ['Relier les bourgs']]);
			expect(await valeursDe(app, part)).toMatchObject({ pilotes: { organismes: [caf] } });
			await takeBack();
			expect(await objectifs(bus)).toEqual(['Desservir la zone', 'Relier les bourgs']);
			expect(await tree()).toEqual(['1 Se déplacer', '1.1 Un bus le soir', '1.2 Un permis', '2 Se loger']);
		});

		it('goes under another axe where the model allows it, keeps its former code, and comes back', async () => {
			const places = await placesPossibles(app, act(bus), modele());
			expect(places).toEqual([{ id: axes[1], nom: 'axe 2 Se loger' }]);
			await deplacerFiche(app, act(bus), modele(), axes[1] as string);
			expect(await tree()).toContain('2.1 Un bus le soir');
			expect(await listFormerCodesOf(app, pacte.pacteId, bus)).toEqual(['1.1']);
			await expect(deplacerFiche(app, act(bus), modele(), permis)).rejects.toMatchObject({ code: 'invalide' });
			await takeBack();
			expect(await tree()).toContain('1.2 Un bus le soir');
		});

		it('is left alone by those who do not write the tree', async () => {
			const by = await pacte.membre('redacteur');
			await expect(dupliquerFiche(app, { ...act(bus), by }, modele())).rejects.toMatchObject({ code: 'interdit' });
			await expect(fusionnerFiches(app, { ...act(bus), by }, modele(), permis)).rejects.toMatchObject({
				code: 'interdit'
			});
			expect(await tree()).toHaveLength(4);
		});
	});
}

describe('two values of one field', () => {
	const OUI: Champ = { id: 'oui', type: 'ouinon', etiquette: 'Réalisé', requis: false };
	const MODELE: Modele = { ...MODELE_SARTHE, champs: [...MODELE_SARTHE.champs, OUI] };

	it('are joined paragraph after paragraph, row after row; nothing is there twice', () => {
		const tableau = MODELE.champs.find(({ type }) => type === 'tableau') as Champ & { colonnes: { id: string }[] };
		const prose = MODELE.champs.find(({ type }) => type === 'texte') as Champ;
		const [a, b] = tableau.colonnes.map(({ id }) => id) as [string, string];
		const vide = Object.fromEntries(tableau.colonnes.map(({ id }) => [id, '']));
		const doc = new Y.Doc();
		prepareFiche(doc, MODELE, {
			[prose.id]: { texte: 'Un constat.' },
			[tableau.id]: { lignes: [{ ...vide, [a]: 'Guide' }] }
		});
		mergeChamp(doc, prose, { texte: 'Un autre.' });
		mergeChamp(doc, prose, { texte: 'un constat' });
		mergeChamp(doc, tableau, {
			lignes: [
				{ ...vide, [a]: 'Guide' },
				{ ...vide, [a]: 'Atelier', [b]: '2028' }
			]
		});
		expect(readFiche(doc, MODELE)).toMatchObject({
			[prose.id]: { texte: 'Un constat.\nUn autre.' },
			[tableau.id]: { lignes: [{ [a]: 'Guide' }, { [a]: 'Atelier', [b]: '2028' }] }
		});
	});

	it('that may be one thing only are left to who reads: the fiche keeps its own, and says so', () => {
		const doc = new Y.Doc();
		prepareFiche(doc, MODELE, { oui: { texte: 'oui' } });
		expect(mergeChamp(doc, OUI, { texte: 'non' })).toBeNull();
		expect(mergeChamp(doc, OUI, { texte: 'oui' })).toEqual([]);
		expect(readFiche(doc, { champs: [OUI] })).toEqual({ oui: { texte: 'oui' } });
	});
});
