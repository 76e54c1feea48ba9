import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { documentName } from '#lib/documents/document.ts';
import { CADRE_ENGAGEMENT, ENGAGEMENTS } from '#lib/engagements/cadre.ts';
import { avancementInWords, matriceOf } from '#lib/engagements/engagement.ts';
import { addPuces, texteOf } from '#lib/fiches/fiche.ts';
import { addLigne, lignesOf, totalsOf } from '#lib/fiches/tableau.ts';
import { addNoeud } from '#lib/orientations/arbre.ts';
import type { ChampTableau } from '#lib/pactes/modele.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { pacteDEssai, type PacteDEssai } from '../../tests/support/pacte.ts';
import { newId } from '../ids.ts';
import { addSection, setEtat } from '../sections/sections.ts';
import { topAxes } from './axes.ts';
import { readCadres } from './cadre.ts';
import {
	approveEngagements,
	isolateEngagement,
	linkEngagement,
	readEngagements,
	readSignatairesDeParole,
	setPorteur,
	shareEngagement,
	signParole
} from './engagements.ts';

const tableau = (id: string) => CADRE_ENGAGEMENT.find((champ) => champ.id === id) as ChampTableau;
const APPROUVE = { approuve: true, instance: 'Conseil d’administration', date: '2026-12-15', note: '' };

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`engagements on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let pacte: PacteDEssai;

		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterAll(() => app.end());
		beforeEach(async () => {
			pacte = await pacteDEssai(app);
		});

		const read = (by = pacte.by) => readEngagements(app.db, pacte.pacteId, by);
		const section = (organismeId: string | null, titre = 'Engagements') =>
			addSection(app, pacte, { genre: 'engagement', titre, parent: null, organismeId });

		async function write(sectionId: string, change: (doc: Y.Doc) => void): Promise<void> {
			await app.collaboration.edit(documentName('redaction', sectionId), change, pacte.by);
			await app.collaboration.settle(pacte.pacteId);
		}

		/** Writes n engagements; gives their keys. */
		async function engage(sectionId: string, n: number, sous = 0): Promise<string[]> {
			const cles = Array.from({ length: n }, () => newId());
			await write(sectionId, (doc) => {
				const points = cles.map((id, i) => ({ id, texte: `Engagement ${i + 1}` }));
				const [first, ...others] = points;
				const below = Array.from({ length: sous }, (_, i) => ({
					id: newId(),
					texte: `Sous-point ${i + 1}`,
					retrait: 1 as const
				}));
				addPuces(doc, ENGAGEMENTS, [...(first ? [first] : []), ...below, ...others]);
			});
			return cles;
		}

		async function quatre(): Promise<{ id: string; organisme: string; cles: string[] }[]> {
			const noms = ['Département', 'Région', 'État', 'France Travail'];
			const parties = [];
			for (const [i, n] of [10, 6, 7, 5].entries()) {
				const organisme = await pacte.organisme(noms[i] as string);
				const id = await section(organisme);
				parties.push({ id, organisme, cles: await engage(id, n, i === 3 ? 8 : 0) });
			}
			return parties;
		}

		it('Allier 2. four partner sections have one frame: intent, contexte législatif, engagements', async () => {
			const [first] = await quatre();
			await write(first!.id, (doc) => texteOf(doc, 'contexte')?.insert(0, 'Le Département est chef de file.'));
			const cadres = await readCadres(app.db, pacte.pacteId);
			expect(cadres.size).toBe(4);
			for (const valeurs of cadres.values()) expect(Object.keys(valeurs)).toEqual(CADRE_ENGAGEMENT.map(({ id }) => id));
			expect(cadres.get(first!.id)?.contexte).toEqual({ texte: 'Le Département est chef de file.' });
		});

		it('Allier 3. ten, six, seven and five engagements, eight missions, five dispositifs, and eight sub-points under one engagement are held', async () => {
			const parties = await quatre();
			await write(parties[3]!.id, (doc) => {
				addPuces(
					doc,
					'missions',
					Array.from({ length: 8 }, (_, i) => ({ id: newId(), texte: `Mission ${i + 1}` }))
				);
			});
			await write(parties[1]!.id, (doc) => {
				addPuces(
					doc,
					'moyens_financiers',
					Array.from({ length: 5 }, (_, i) => ({ id: newId(), texte: `Dispositif ${i + 1}` }))
				);
			});
			const held = await read();
			expect(held.map(({ engagements }) => engagements.length)).toEqual([10, 6, 7, 5]);
			expect(held[3]?.engagements.map(({ sous }) => sous.length)).toEqual([8, 0, 0, 0, 0]);
			const cadres = await readCadres(app.db, pacte.pacteId);
			expect(cadres.get(parties[3]!.id)?.missions).toMatchObject({ puces: { length: 8 } });
			expect(cadres.get(parties[1]!.id)?.moyens_financiers).toMatchObject({ puces: { length: 5 } });
		});

		it('Allier 4. seven transversal engagements are owned by all the signatories', async () => {
			const id = await section(null, 'En transversal');
			await setPorteur(app, { ...pacte, sectionId: id }, { portee: 'tous', organismes: [], libelle: '' });
			await engage(id, 7);
			expect(await read()).toMatchObject([
				{ nom: 'Tous les signataires', engagements: { length: 7 }, porteur: { portee: 'tous' } }
			]);
		});

		it('Allier 5. a section belongs to actors who do not sign', async () => {
			const id = await section(null);
			const set = (libelle: string) =>
				setPorteur(app, { ...pacte, sectionId: id }, { portee: 'hors_signataires', organismes: [], libelle });
			await expect(set('')).rejects.toThrow(/Nommez ces acteurs/);
			await set('Les entreprises du territoire');
			expect((await read())[0]).toMatchObject({ nom: 'Les entreprises du territoire', porteur: { organismes: [] } });
		});

		it('Allier 6. one engagement that four partners share has four wordings, each named, and none is copied', async () => {
			const parties = await quatre();
			const lieu = (i: number) => ({ sectionId: parties[i]!.id, cle: parties[i]!.cles[0] as string });
			await shareEngagement(app, pacte, lieu(0), lieu(1));
			await shareEngagement(app, pacte, lieu(2), lieu(3));
			// Two groups that meet become one.
			await shareEngagement(app, pacte, lieu(1), lieu(2));
			const others = (await read()).map(({ engagements }) => engagements[0]?.miroirs.map(({ porteur }) => porteur));
			expect(others).toEqual([
				['Région', 'État', 'France Travail'],
				['Département', 'État', 'France Travail'],
				['Département', 'Région', 'France Travail'],
				['Département', 'Région', 'État']
			]);
			await isolateEngagement(app, pacte, lieu(3));
			await isolateEngagement(app, pacte, lieu(2));
			await isolateEngagement(app, pacte, lieu(1));
			expect((await read()).flatMap(({ engagements }) => engagements.flatMap(({ miroirs }) => miroirs))).toEqual([]);
			await expect(
				shareEngagement(app, pacte, lieu(0), { ...lieu(0), cle: parties[0]!.cles[1] as string })
			).rejects.toThrow(/autre partenaire/);
		});

		it('Allier 7. each partner changes what is linked to its own section only; the Département reads all', async () => {
			const parties = await quatre();
			const by = await pacte.membre('partenaire', parties[1]!.organisme);
			const [axe] = await pacte.axes('Se loger');
			const link = (i: number) =>
				linkEngagement(app, { ...pacte, by }, { sectionId: parties[i]!.id, cle: parties[i]!.cles[0] as string }, [
					axe as string
				]);
			await link(1);
			await expect(link(0)).rejects.toMatchObject({ code: 'interdit' });
			expect((await read(by)).map(({ redige }) => redige)).toEqual([false, true, false, false]);
			expect((await read()).map(({ engagements }) => engagements[0]?.noeuds.length)).toEqual([0, 1, 0, 0]);
			await setEtat(app, { ...pacte, sectionId: parties[1]!.id }, 'valide');
			await expect(link(1)).rejects.toMatchObject({ code: 'interdit' });
		});

		it('Allier 8. progress per partner goes from empty to written to approved by its board, which that partner may say', async () => {
			const [caf, msa] = [await pacte.organisme('CAF'), await pacte.organisme('MSA')];
			const [first, second] = [await section(caf), await section(msa)];
			const by = await pacte.membre('partenaire', caf);
			const states = async () => (await read()).map(({ avancement }) => avancement);
			expect(await states()).toEqual(['vide', 'vide']);
			await engage(first, 1);
			expect(await states()).toEqual(['redige', 'vide']);
			await approveEngagements(app, { ...pacte, by, sectionId: first }, APPROUVE);
			expect(await states()).toEqual(['approuve', 'vide']);
			expect(avancementInWords(await read())).toBe(
				'1\u00a0partie sur 2 est rédigée\u00a0; 1 approuvée par une instance.'
			);
			await expect(approveEngagements(app, { ...pacte, by, sectionId: second }, APPROUVE)).rejects.toMatchObject({
				code: 'interdit'
			});
			await expect(
				approveEngagements(app, { ...pacte, sectionId: second }, { ...APPROUVE, date: 'hier' })
			).rejects.toThrow(/date/);
			await approveEngagements(app, { ...pacte, sectionId: first }, { ...APPROUVE, approuve: false, note: 'Reporté' });
			expect((await read())[0]).toMatchObject({ avancement: 'redige', approbation: { note: 'Reporté' } });
		});

		it('Allier 9. a matrix of engagements by axe is made, and its gaps are said in words', async () => {
			const parties = await quatre();
			const axes = await pacte.axes('Accueillir', 'Se loger', 'Travailler');
			const link = (i: number, cle: number, ids: string[]) =>
				linkEngagement(app, pacte, { sectionId: parties[i]!.id, cle: parties[i]!.cles[cle] as string }, ids);
			await link(0, 0, [axes[0] as string, axes[1] as string]);
			await link(0, 1, [axes[0] as string]);
			await link(1, 0, [axes[1] as string, 'nulle_part_0000000000']);
			const tree = await topAxes(app.db, pacte.pacteId, MODELE_ORNE);
			const { lignes, trous } = matriceOf(await read(), tree.axes, (noeud) => tree.top[noeud]);
			expect(lignes.map(({ cellules }) => cellules.map(({ length }) => length))).toEqual([
				[2, 1, 0],
				[0, 1, 0],
				[0, 0, 0],
				[0, 0, 0]
			]);
			expect(lignes.map(({ sansAxe }) => sansAxe)).toEqual([8, 5, 7, 5]);
			expect(trous[0]).toBe('Aucun engagement sur l’axe\u00a03 («\u00a0Travailler\u00a0»).');
			expect(trous).toContain('France Travail\u00a0: 5\u00a0engagements reliés à aucun axe.');
		});

		it('an orientation below an axe counts for its axe', async () => {
			const [axe] = await pacte.axes('Accueillir');
			const perspective = 'perspective_00000001';
			await app.collaboration.edit(
				documentName('orientations', pacte.pacteId),
				(doc) => addNoeud(doc, { id: perspective, parent: axe as string, niveau: 'perspective', titre: 'Vite' }),
				pacte.by
			);
			const id = await section(await pacte.organisme('CAF'));
			const [cle] = await engage(id, 1);
			await linkEngagement(app, pacte, { sectionId: id, cle: cle as string }, [perspective]);
			const tree = await topAxes(app.db, pacte.pacteId, MODELE_ORNE);
			const { lignes } = matriceOf(await read(), tree.axes, (noeud) => tree.top[noeud]);
			expect(lignes[0]?.cellules.map(({ length }) => length)).toEqual([1]);
		});

		it('Meuse 5. engagements are grouped by scope: one organisme, institutions together, local partners, the Région', async () => {
			const [dep, ft, caf, reg] = [
				await pacte.organisme('Département'),
				await pacte.organisme('France Travail'),
				await pacte.organisme('CAF'),
				await pacte.organisme('Région')
			];
			const ids = [
				await section(dep),
				await section(null, 'Institutions'),
				await section(null, 'Partenaires locaux'),
				await section(reg)
			];
			await setPorteur(
				app,
				{ ...pacte, sectionId: ids[1] as string },
				{ portee: 'groupe', organismes: [ft, caf], libelle: '' }
			);
			expect((await read()).map(({ nom, porteur }) => [nom, porteur.portee])).toEqual([
				['Département', 'organisme'],
				['France Travail et CAF', 'groupe'],
				['Partenaires locaux', 'organisme'],
				['Région', 'organisme']
			]);
			// Whoever acts for one of the group writes its section.
			const by = await pacte.membre('partenaire', caf);
			expect((await read(by)).map(({ redige }) => redige)).toEqual([false, true, false, false]);
			await expect(
				setPorteur(app, { ...pacte, sectionId: ids[1] as string }, { portee: 'groupe', organismes: [ft], libelle: '' })
			).rejects.toThrow(/ensemble/);
		});

		it('Meuse 6. seventeen conventions are held with their state: existing, in progress, in prospect', async () => {
			const id = await section(await pacte.organisme('Département'));
			await write(id, (doc) => {
				const add = (n: number, etat: string) => {
					for (let i = 0; i < n; i++) {
						const ligne = newId();
						addLigne(doc, tableau('conventions'), ligne);
						const { cellules } = lignesOf(doc, 'conventions').find((each) => each.id === ligne)!;
						cellules.get('intitule')?.insert(0, `Convention ${etat} ${i}`);
						cellules.get('etat')?.insert(0, etat);
					}
				};
				add(12, 'existante');
				add(3, 'en cours');
				add(2, 'en perspective');
			});
			const conventions = (await readCadres(app.db, pacte.pacteId, id)).get(id)?.conventions;
			const etats = conventions && 'lignes' in conventions ? conventions.lignes.map(({ etat }) => etat) : [];
			const count = (etat: string) => etats.filter((each) => each === etat).length;
			expect([count('existante'), count('en cours'), count('en perspective')]).toEqual([12, 3, 2]);
		});

		it('Meuse 7. human means in ETP are added up; financial means need no amount', async () => {
			const id = await section(await pacte.organisme('Département'));
			await write(id, (doc) => {
				for (const etp of ['4', '14', '1']) {
					addLigne(doc, tableau('moyens_humains'), `l${etp}`);
					lignesOf(doc, 'moyens_humains')
						.find((each) => each.id === `l${etp}`)!
						.cellules.get('etp')
						?.insert(0, etp);
				}
				addPuces(doc, 'moyens_financiers', [{ id: 'f1', texte: 'Budget départemental d’insertion' }]);
			});
			const valeurs = (await readCadres(app.db, pacte.pacteId, id)).get(id);
			const humains = valeurs?.moyens_humains;
			expect(
				humains && 'lignes' in humains && totalsOf(tableau('moyens_humains').colonnes, humains.lignes)
			).toMatchObject([{ total: 19 }]);
			expect(valeurs?.moyens_financiers).toEqual({ puces: ['Budget départemental d’insertion'] });
		});

		it('Mayenne 8. ten partners’ words each have an organisme and one or two signatories with their function', async () => {
			for (let n = 1; n <= 10; n++) {
				const organismeId = await pacte.organisme(`Organisme ${n}`);
				const id = await addSection(app, pacte, { genre: 'parole', titre: `Mot ${n}`, parent: null, organismeId });
				const two = [
					{ personne: 'Claire Astier', fonction: 'Présidente' },
					{ personne: 'Paul Vial', fonction: 'Directeur' }
				];
				await signParole(
					app,
					{ ...pacte, sectionId: id },
					n === 1 ? two : [...two.slice(0, 1), { personne: ' ', fonction: '' }]
				);
				expect(await readSignatairesDeParole(app.db, id)).toEqual(n === 1 ? two : two.slice(0, 1));
			}
		});

		it('a signature without a name, or by three, is refused; so is that of another’s words', async () => {
			const caf = await pacte.organisme('CAF');
			const id = await addSection(app, pacte, { genre: 'parole', titre: 'Mot', parent: null, organismeId: caf });
			const sign = (by: string, rows: { personne: string; fonction: string }[]) =>
				signParole(app, { ...pacte, by, sectionId: id }, rows);
			await expect(sign(pacte.by, [{ personne: '', fonction: 'Directeur' }])).rejects.toThrow(/nom de la personne/);
			const trois = Array.from({ length: 3 }, () => ({ personne: 'A', fonction: '' }));
			await expect(sign(pacte.by, trois)).rejects.toThrow(/Deux personnes/);
			const other = await pacte.membre('partenaire', await pacte.organisme('MSA'));
			await expect(sign(other, trois.slice(0, 1))).rejects.toMatchObject({ code: 'interdit' });
			const own = await pacte.membre('partenaire', caf);
			await sign(own, trois.slice(0, 1));
			expect(await readSignatairesDeParole(app.db, id)).toHaveLength(1);
		});
	});
}
