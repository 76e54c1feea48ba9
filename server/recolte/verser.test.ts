import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { documentName } from '#lib/documents/document.ts';
import { addPuce } from '#lib/fiches/fiche.ts';
import { A_CLASSER } from '#lib/orientations/arbre.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { placesDe } from '#lib/recolte/versement.ts';
import { vueSiege } from '#lib/salles/vue-siege.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { salleDEssai, type SalleDEssai } from '../../tests/support/salle.ts';
import { newId } from '../ids.ts';
import { listNoeuds } from '../orientations/noeuds.ts';
import { addSection } from '../sections/sections.ts';
import { listDevenirs, readProvenance } from './provenance.ts';
import { annulerVersement, verser, type Cible, type RecolteAct } from './verser.ts';

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`what a séance said goes into the pacte, on ${engine}`, () => {
		let app: TestApp;
		let salle: SalleDEssai;
		let act: RecolteAct;
		let axe: string;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		beforeEach(async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			act = { pacteId: salle.pacte.pacteId, by: salle.pacte.by, seanceId: salle.seanceId };
			[axe] = (await salle.pacte.axes('Se déplacer')) as [string];
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		const doing = (acte: string, donnees: Record<string, unknown>) => salle.acte(salle.animateur, acte, donnees);
		const carte = async (texte: string) => {
			app.advance(1);
			return ((await doing('ajouterCarte', { texte })) as { carte: string }).carte;
		};
		const groupe = async (titre: string, ...textes: string[]) => {
			const cartes = [];
			for (const texte of textes) cartes.push(await carte(texte));
			return ((await doing('creerGroupe', { titre, cartes })) as { groupe: string }).groupe;
		};
		const dire = (source: string, cible: Cible, more: Partial<RecolteAct & { cle: string; texte: string }> = {}) => {
			const { cle = newId(), texte = 'Des bus le soir', ...who } = more;
			return verser(app, { ...act, ...who }, { cle, source, texte, cible });
		};
		const enFiche = (): Cible => ({ genre: 'noeud', place: `action|${axe}` });
		const section = () => addSection(app, act, { parent: null, titre: 'Diagnostic', genre: 'redige' } as never);

		it('takes nothing of a rehearsal into the pacte', async () => {
			const source = await carte('Un bus à 20 h');
			await app.db.updateTable('salles').set({ repetition: 1 }).where('seance_id', '=', act.seanceId).execute();
			await expect(dire(source, enFiche())).rejects.toMatchObject({ code: 'conflit' });
			expect(await listNoeuds(app.db, act.pacteId)).toHaveLength(1);
		});

		it('makes a draft fiche of a group in one act: the fiche tells the words, the harvest tells the fiche', async () => {
			const source = await groupe('Transports', 'Un bus à 20 h', 'Un taxi partagé');
			const { genre, id } = await dire(source, enFiche());
			expect(genre).toBe('fiche');
			expect(await listNoeuds(app.db, act.pacteId)).toContainEqual(
				expect.objectContaining({ id, parent: axe, titre: 'Des bus le soir', code: '1.1' })
			);
			expect(await readProvenance(app.db, act.pacteId, id)).toMatchObject({
				contributions: 2,
				usagers: 0,
				groupes: ['Transports'],
				seances: [{ id: act.seanceId, titre: 'World café de la mobilité' }],
				mots: [{ texte: 'Un bus à 20 h' }, { texte: 'Un taxi partagé' }]
			});
			const devenirs = await listDevenirs(app.db, { id: act.pacteId, modele: MODELE_ORNE }, act.seanceId);
			expect(devenirs).toContainEqual({
				source,
				genre: 'fiche',
				cible: id,
				repere: 'fiche\u00a01.1',
				titre: 'Des bus le soir',
				href: `/pactes/${act.pacteId}/fiches/${id}`
			});
			expect(await salle.pacte.actes()).toContain('carte_versee');
		});

		it('makes an orientation at each place that the model allows, and at no other', async () => {
			const source = await carte('Se déplacer sans permis');
			const noms = placesDe(MODELE_ORNE, await listNoeuds(app.db, act.pacteId)).map(({ nom }) => nom);
			expect(noms).toContain('Un axe, en tête de l’arbre');
			expect(noms).toContain('Une perspective, sous axe\u00a01\u00a0«\u00a0Se déplacer\u00a0»');
			const { id, genre } = await dire(source, { genre: 'noeud', place: `perspective|${axe}` });
			expect(genre).toBe('noeud');
			expect(await listNoeuds(app.db, act.pacteId)).toContainEqual(expect.objectContaining({ id, parent: axe }));
			for (const place of ['perspective|', 'axe|' + axe, 'action|' + newId(), '', 'rien|' + A_CLASSER])
				await expect(dire(source, { genre: 'noeud', place })).rejects.toMatchObject({ code: 'invalide' });
			expect(await app.db.selectFrom('versements').selectAll().execute()).toHaveLength(1);
		});

		it('writes a constat in a section, with the séance as where it comes from', async () => {
			const sectionId = await section();
			const source = await carte('Le dernier car part à 18 h');
			const { id } = await dire(source, { genre: 'constat', sectionId, nature: 'constat', theme: 'Mobilité' });
			const constats = await app.db.selectFrom('constats').selectAll().execute();
			expect(constats).toMatchObject([
				{ id, texte: 'Des bus le soir', theme: 'Mobilité', origine: 'World café de la mobilité' }
			]);
			await expect(
				annulerVersement(app, { ...act, by: await salle.pacte.membre('lecteur') }, id)
			).rejects.toMatchObject({ code: 'interdit' });
			await annulerVersement(app, act, id);
			expect(await app.db.selectFrom('constats').selectAll().execute()).toEqual([]);
			expect(await readProvenance(app.db, act.pacteId, id)).toBeNull();
		});

		it('counts once what is sent twice', async () => {
			const source = await carte('Un bus');
			const cle = newId();
			const first = await dire(source, enFiche(), { cle });
			expect(await dire(source, enFiche(), { cle })).toEqual(first);
			expect((await listNoeuds(app.db, act.pacteId)).filter(({ parent }) => parent === axe)).toHaveLength(1);
		});

		it('tells no words that were taken back since, and copies none of them', async () => {
			const source = await carte('Mon voisin, monsieur Dupuis, boit');
			const { id } = await dire(source, enFiche());
			await app.db.updateTable('cartes').set({ moderee_at: app.now() }).where('id', '=', source).execute();
			expect(await readProvenance(app.db, act.pacteId, id)).toMatchObject({ contributions: 1, mots: [] });
			const { db } = app;
			const rows = [
				await db.selectFrom('versements').selectAll().execute(),
				await db.selectFrom('journal').selectAll().execute()
			];
			expect(JSON.stringify(rows)).not.toContain('Dupuis');
		});

		it('pours only what was shown, of a séance of this pacte', async () => {
			const cachee = await carte('Je n’ose pas');
			await app.db.updateTable('cartes').set({ revelee: 0 }).where('id', '=', cachee).execute();
			await expect(dire(cachee, enFiche())).rejects.toMatchObject({ code: 'conflit' });
			await expect(dire(newId(), enFiche())).rejects.toMatchObject({ code: 'conflit' });
			const autre = await salleDEssai(app);
			await expect(
				dire(await carte('Un bus'), enFiche(), { pacteId: autre.pacte.pacteId, by: autre.pacte.by })
			).rejects.toMatchObject({ code: 'introuvable' });
			expect(await app.db.selectFrom('versements').selectAll().execute()).toEqual([]);
		});

		it('is for those who may write the target, and for facilitators while the séance is under way', async () => {
			const source = await carte('Un bus');
			const sectionId = await section();
			const redacteur = { by: await salle.pacte.membre('redacteur') };
			const lecteur = { by: await salle.pacte.membre('lecteur') };
			const constat: Cible = { genre: 'constat', sectionId, nature: 'constat', theme: '' };
			await expect(dire(source, enFiche(), redacteur)).rejects.toMatchObject({ code: 'interdit' });
			await expect(dire(source, constat, redacteur)).rejects.toThrow(/est en cours/);
			await app.db.updateTable('salles').set({ etat: 'close' }).execute();
			await dire(source, constat, redacteur);
			await expect(dire(source, constat, lecteur)).rejects.toMatchObject({ code: 'interdit' });
			await expect(dire(source, enFiche(), { by: await salle.pacte.membre('animateur') })).resolves.toBeTruthy();
		});

		it('is taken back, and its fiche set aside, unless somebody has written in it', async () => {
			const source = await carte('Un bus');
			const { id } = await dire(source, enFiche());
			await annulerVersement(app, act, id);
			expect(await listNoeuds(app.db, act.pacteId)).toContainEqual(expect.objectContaining({ id, aClasser: true }));
			expect(await readProvenance(app.db, act.pacteId, id)).toBeNull();
			const { id: ecrite } = await dire(source, enFiche());
			await app.collaboration.edit(
				documentName('fiche', ecrite),
				(doc) => addPuce(doc, 'finalite', newId(), 'Venir seul'),
				act.by
			);
			await app.collaboration.settle(act.pacteId);
			await expect(annulerVersement(app, act, ecrite)).rejects.toThrow(/écrit dedans/);
			expect(await readProvenance(app.db, act.pacteId, ecrite)).not.toBeNull();
		});

		it('opens the next séance on what came out of this one, once; a fiche then tells the words of both', async () => {
			await groupe('Transports', 'Un bus à 20 h', 'Un taxi partagé');
			const pepite = await carte('Le permis à un euro');
			await carte('Une remarque');
			await app.db.updateTable('cartes').set({ pepite: 1 }).where('id', '=', pepite).execute();
			const [first, firstAct] = [salle, act];
			const suivante = await salleDEssai(app);
			await app.db
				.updateTable('seances')
				.set({ pacte_id: firstAct.pacteId, suite_de: first.seanceId, titre: 'Deuxième réunion' })
				.where('id', '=', suivante.seanceId)
				.execute();
			const second = { ...firstAct, seanceId: suivante.seanceId };
			const reprendre = () => suivante.acte(first.animateur, 'reprendreLaSeance');
			expect(await reprendre()).toEqual({ cartes: 2 });
			expect(await reprendre()).toEqual({ cartes: 0 });
			const { cartes } = await suivante.lire();
			expect(cartes.map(({ texte, tableId, revelee }) => ({ texte, tableId, revelee }))).toEqual(
				expect.arrayContaining([
					{ texte: 'Transports', tableId: null, revelee: true },
					{ texte: 'Le permis à un euro', tableId: null, revelee: true }
				])
			);
			const tables = [await suivante.siege(1), await suivante.siege(2)];
			const vues = await Promise.all(
				tables.map(({ siegeId }) => suivante.lire().then((lue) => vueSiege(lue, siegeId)))
			);
			for (const vue of vues) expect(vue?.avant.map(({ texte }) => texte)).toContain('Le permis à un euro');
			const transports = cartes.find(({ texte }) => texte === 'Transports')!.id;
			const { id } = await dire(transports, enFiche(), second);
			const provenance = await readProvenance(app.db, firstAct.pacteId, id);
			expect(provenance).toMatchObject({
				contributions: 2,
				mots: [{ texte: 'Un bus à 20 h' }, { texte: 'Un taxi partagé' }]
			});
			expect(provenance?.seances).toHaveLength(2);
			const devenirs = await listDevenirs(app.db, { id: firstAct.pacteId, modele: MODELE_ORNE }, first.seanceId);
			expect(devenirs).toContainEqual(expect.objectContaining({ source: pepite, titre: 'Deuxième réunion' }));
		});

		it('refuses to open on a séance when none was named', async () => {
			await expect(doing('reprendreLaSeance', {})).rejects.toThrow(/de quelle séance/);
		});
	});
}
