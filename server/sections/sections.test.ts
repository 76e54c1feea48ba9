import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FluxEvent } from '#lib/collaboration/flux-event.ts';
import { documentName } from '#lib/documents/document.ts';
import { moveNoeud } from '#lib/orientations/arbre.ts';
import { PLAN_TYPE } from '#lib/sections/section.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { pacteDEssai, type PacteDEssai } from '../../tests/support/pacte.ts';
import { accessTo } from '../collaboration/access.ts';
import {
	addConstat,
	changeConstat,
	linkConstat,
	listConstats,
	listConstatsAnsweredBy,
	unlinkConstat
} from './constats.ts';
import { readReferences } from './references.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import {
	addSection,
	changeSection,
	createPlanType,
	listRetirees,
	moveSection,
	readPlan,
	removeSection,
	restoreSection,
	setEtat,
	setRedacteurs
} from './sections.ts';

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`the plan of a document on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let pacte: PacteDEssai;
		let act: { pacteId: string; by: string };

		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterAll(() => app.end());

		beforeEach(async () => {
			pacte = await pacteDEssai(app);
			act = { pacteId: pacte.pacteId, by: pacte.by };
		});

		const plan = async () =>
			(await readPlan(app.db, pacte.pacteId, pacte.by)).map(({ numero, titre }) => `${numero} ${titre}`);
		const idOf = async (titre: string) => {
			const found = (await readPlan(app.db, pacte.pacteId, pacte.by)).find((section) => section.titre === titre);
			if (!found) throw new Error(titre);
			return found.id;
		};
		const rightOf = async (compteId: string, sectionId: string) =>
			(await accessTo(app.db, compteId, `redaction.${sectionId}`))?.right;

		it('a new pacte begins with the plan type, numbered, and each section has its text', async () => {
			const sections = await readPlan(app.db, pacte.pacteId, pacte.by);
			expect(sections.filter(({ parent }) => parent === null)).toHaveLength(PLAN_TYPE.length);
			expect((await plan()).slice(0, 4)).toEqual([
				'1 Éditorial',
				'2 Le cadre du pacte',
				'2.1 Cadre légal',
				'2.2 Bilan du pacte précédent'
			]);
			for (const { id } of sections) expect(await rightOf(pacte.by, id)).toBe('write');
			await expect(createPlanType(app, act)).rejects.toMatchObject({ code: 'conflit' });
		});

		it('a section is added, renamed, moved with what it holds, taken out and put back; the numbers follow', async () => {
			const added = await addSection(app, act, {
				genre: 'texte',
				titre: ' Le  logement ',
				parent: await idOf('Diagnostic')
			});
			expect(await plan()).toContain('3.5 Le logement');
			await changeSection(
				app,
				{ ...act, sectionId: added },
				{ titre: 'Se loger', longueur: 'une page', organismeId: null, noeudId: null }
			);
			await moveSection(
				app,
				{ ...act, sectionId: await idOf('Diagnostic') },
				{ parent: null, before: await idOf('Éditorial') }
			);
			expect((await plan())[0]).toBe('1 Diagnostic');
			expect(await plan()).toContain('1.5 Se loger');
			await removeSection(app, { ...act, sectionId: await idOf('Diagnostic') });
			expect(await plan()).not.toContain('1.5 Se loger');
			expect(await rightOf(pacte.by, added)).toBe('read');
			expect((await listRetirees(app.db, pacte.pacteId)).map(({ titre }) => titre)).toContain('Se loger');
			await restoreSection(app, { ...act, sectionId: added });
			expect((await plan()).at(-1)).toMatch(/Se loger$/);
			expect(await rightOf(pacte.by, added)).toBe('write');
		});

		it('what makes no sense is refused in words: no title, twice the glossary, a part within itself, a fourth level', async () => {
			await expect(addSection(app, act, { genre: 'texte', titre: '  ', parent: null })).rejects.toThrow(
				'Donnez un titre'
			);
			await expect(addSection(app, act, { genre: 'glossaire', titre: 'Sigles', parent: null })).rejects.toThrow(
				'déjà une section'
			);
			const diagnostic = await idOf('Diagnostic');
			const territoire = await idOf('Le territoire et ses habitants');
			await expect(
				moveSection(app, { ...act, sectionId: diagnostic }, { parent: territoire, before: null })
			).rejects.toMatchObject({ code: 'conflit' });
			const third = await addSection(app, act, { genre: 'texte', titre: 'Troisième', parent: territoire });
			await expect(addSection(app, act, { genre: 'texte', titre: 'Quatrième', parent: third })).rejects.toThrow(
				'niveaux'
			);
		});

		it('only the équipe projet changes the plan; a stranger is told that there is no such pacte', async () => {
			const redacteur = await pacte.membre('redacteur');
			const section = { genre: 'texte', titre: 'Ajout', parent: null } as const;
			await expect(addSection(app, { ...act, by: redacteur }, section)).rejects.toMatchObject({ code: 'interdit' });
			const other = await pacteDEssai(app);
			await expect(addSection(app, { ...act, by: other.by }, section)).rejects.toMatchObject({ code: 'introuvable' });
			await expect(readPlan(app.db, pacte.pacteId, other.by)).rejects.toMatchObject({ code: 'introuvable' });
			const foreign = (await readPlan(app.db, other.pacteId, other.by))[0]!.id;
			await expect(removeSection(app, { ...act, sectionId: foreign })).rejects.toMatchObject({ code: 'introuvable' });
		});

		it('Allier 7. each partner writes its own section only; named writers keep out other rédacteurs; a validated one is read', async () => {
			const [caf, msa] = [await pacte.organisme('CAF'), await pacte.organisme('MSA')];
			const [deLaCaf, deLaMsa] = [await pacte.membre('partenaire', caf), await pacte.membre('partenaire', msa)];
			const [redacteur, lecteur] = [await pacte.membre('redacteur'), await pacte.membre('lecteur')];
			const own = await addSection(app, act, { genre: 'engagement', titre: 'CAF', parent: null, organismeId: caf });
			expect(await rightOf(deLaCaf, own)).toBe('write');
			expect(await rightOf(deLaMsa, own)).toBe('read');
			expect(await rightOf(redacteur, own)).toBe('read');
			expect(await rightOf(pacte.by, own)).toBe('write');
			const open = await idOf('Éditorial');
			expect(await rightOf(redacteur, open)).toBe('write');
			expect(await rightOf(deLaCaf, open)).toBe('read');
			await setRedacteurs(app, { ...act, sectionId: open }, [lecteur, deLaCaf]);
			expect(await rightOf(redacteur, open)).toBe('read');
			expect(await rightOf(deLaCaf, open)).toBe('write');
			expect(await rightOf(lecteur, open)).toBe('read');
			await setEtat(app, { ...act, by: deLaCaf, sectionId: own }, 'a_valider');
			await expect(setEtat(app, { ...act, by: deLaCaf, sectionId: own }, 'valide')).rejects.toMatchObject({
				code: 'interdit'
			});
			await setEtat(app, { ...act, sectionId: own }, 'valide');
			expect(await rightOf(deLaCaf, own)).toBe('read');
			expect(await rightOf(pacte.by, own)).toBe('read');
			await setEtat(app, { ...act, sectionId: own }, 'brouillon');
			expect(await rightOf(deLaCaf, own)).toBe('write');
		});

		it('each act is told to the pages and leaves its trace', async () => {
			const said: FluxEvent[] = [];
			const stop = app.collaboration.flux.subscribe(pacte.pacteId, (event) => said.push(event));
			await addSection(app, act, { genre: 'texte', titre: 'Ajout', parent: null });
			stop();
			expect(said).toContainEqual({ type: 'sections' });
			expect(await pacte.actes()).toContain('section_ajoutee');
		});

		it('an axe that was moved is offered to references by its number, and still found by the one it had', async () => {
			const [premier, second] = (await pacte.axes('Se loger', 'Se déplacer')) as [string, string];
			await app.collaboration.edit(
				documentName('orientations', pacte.pacteId),
				(doc) => moveNoeud(doc, second, null, premier),
				pacte.by
			);
			await app.collaboration.settle(pacte.pacteId);
			const { renvois } = await readReferences(app.db, { id: pacte.pacteId, modele: MODELE_ORNE });
			expect(renvois[`noeud:${second}`]).toMatchObject({ texte: 'axe\u00a01', anciens: ['2'] });
			expect(renvois[`noeud:${premier}`]).toMatchObject({ texte: 'axe\u00a02', anciens: ['1'] });
		});

		it('a constat is noted in the text, precised there, answered by an axe; one that nothing answers is shown as such', async () => {
			const [axe] = (await pacte.axes('Se déplacer')) as [string];
			const sectionId = await idOf('Constats et enjeux');
			const references = () => readReferences(app.db, { id: pacte.pacteId, modele: MODELE_ORNE });
			const list = async () => listConstats(app.db, pacte.pacteId, pacte.by, await references());
			await addConstat(app, act, {
				sectionId,
				nature: 'constat',
				texte: ' Sans voiture,\n pas d’emploi. ',
				theme: 'Mobilité',
				noeud: '',
				origine: ''
			});
			const [noted] = await list();
			expect(noted).toMatchObject({
				texte: 'Sans voiture, pas d’emploi.',
				theme: 'Mobilité',
				noeud: null,
				reponses: []
			});
			await changeConstat(app, act, {
				sectionId,
				constatId: noted!.id,
				theme: 'Se déplacer',
				noeud: axe,
				origine: 'groupe d’usagers'
			});
			await linkConstat(app, { ...act, constatId: noted!.id, noeudId: axe });
			await linkConstat(app, { ...act, constatId: noted!.id, noeudId: axe });
			expect(await list()).toMatchObject([
				{
					theme: 'Se déplacer',
					noeud: axe,
					origine: 'groupe d’usagers',
					reponses: [{ noeud: axe, repere: 'axe\u00a01', titre: 'Se déplacer' }]
				}
			]);
			const answeredBy = (noeud: string) =>
				listConstatsAnsweredBy(app.db, { id: pacte.pacteId, modele: MODELE_ORNE }, pacte.by, [noeud]);
			expect((await answeredBy(axe)).map(({ id }) => id)).toEqual([noted!.id]);
			expect(await answeredBy('ailleurs')).toEqual([]);
			await unlinkConstat(app, { ...act, constatId: noted!.id, noeudId: axe });
			expect((await list())[0]?.reponses).toEqual([]);
			const lecteur = await pacte.membre('lecteur');
			await expect(linkConstat(app, { ...act, by: lecteur, constatId: noted!.id, noeudId: axe })).rejects.toMatchObject(
				{ code: 'interdit' }
			);
			const words = { nature: 'enjeu', texte: 'x', theme: '', noeud: '', origine: '' } as const;
			await expect(addConstat(app, { ...act, by: lecteur }, { ...words, sectionId })).rejects.toMatchObject({
				code: 'interdit'
			});
			await expect(linkConstat(app, { ...act, constatId: 'ailleurs', noeudId: axe })).rejects.toMatchObject({
				code: 'introuvable'
			});
		});
	});
}
