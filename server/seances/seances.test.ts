import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Phase } from '#lib/phases/phase.ts';
import type { Presence } from '#lib/seances/seance.ts';
import { seancesOf, type Serie } from '#lib/seances/serie.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { pacteDEssai, type PacteDEssai } from '../../tests/support/pacte.ts';
import { INSTANCE_VIDE, SEANCE_VIDE } from '../../tests/support/saisies.ts';
import { addInstance } from '../gouvernance/instances.ts';
import {
	addPhase,
	addPhasesType,
	changePhase,
	listPhases,
	listPhasesRetirees,
	movePhase,
	removePhase,
	restorePhase
} from '../phases/phases.ts';
import { tidySalles } from '../salles/menage.ts';
import { importEntretiens, previewEntretiens } from './entretiens.ts';
import {
	addSeance,
	addSeances,
	changeSeance,
	listCorbeille,
	listSeances,
	notePresences,
	readSeance,
	removeSeance,
	restoreSeance,
	writeCompteRendu,
	type SeanceSaisie
} from './seances.ts';

const JOUR = 24 * 3600 * 1000;
const SEANCE: SeanceSaisie = { ...SEANCE_VIDE, titre: 'Comité de pilotage' };
const PHASE: Omit<Phase, 'id'> = { titre: '', sousTitre: '', debut: '', fin: '', periode: '', contenus: [] };

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`the calendar on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let pacte: PacteDEssai;

		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterAll(() => app.end());
		beforeEach(async () => {
			pacte = await pacteDEssai(app);
		});

		const add = (saisie: Partial<SeanceSaisie> = {}) => addSeance(app, pacte, { ...SEANCE, ...saisie });
		const phase = (saisie: Partial<Phase>) => addPhase(app, pacte, { ...PHASE, ...saisie });
		const titles = async () => (await listSeances(app.db, pacte.pacteId)).map(({ titre }) => titre);
		const phases = async () => (await listPhases(app.db, pacte.pacteId)).map(({ titre }) => titre);
		const on = (seanceId: string) => ({ ...pacte, seanceId });
		const instance = (nom: string, membres: string[] = []) =>
			addInstance(app, pacte, { ...INSTANCE_VIDE, portee: 'elaboration', nom, membres });

		describe('phases', () => {
			it('are held in their order with their contents, may overlap, and are dated to the day, the month, the season, or in words', async () => {
				await phase({ titre: 'Diagnostic', debut: '2027-03', fin: '2027-05', contenus: ['Bilan', ' ', 'Portrait'] });
				await phase({ titre: 'Fiches', debut: '2027-04-12', fin: '2027-automne' });
				await phase({ titre: 'Signature', periode: 'avant l’été' });
				const held = await listPhases(app.db, pacte.pacteId);
				expect(held.map(({ titre, debut, fin, contenus, periode }) => [titre, debut, fin, contenus, periode])).toEqual([
					['Diagnostic', '2027-03', '2027-05', ['Bilan', 'Portrait'], ''],
					['Fiches', '2027-04-12', '2027-automne', [], ''],
					['Signature', '', '', [], 'avant l’été']
				]);
			});

			it('are moved, changed and taken out, and each comes back as it was', async () => {
				const [a, b] = [await phase({ titre: 'A', contenus: ['un'] }), await phase({ titre: 'B' })];
				await movePhase(app, { ...pacte, phaseId: b }, -1);
				expect(await phases()).toEqual(['B', 'A']);
				const before = await changePhase(app, { ...pacte, phaseId: a }, { ...PHASE, titre: 'A bis' });
				expect(before).toMatchObject({ titre: 'A', contenus: ['un'] });
				await changePhase(app, { ...pacte, phaseId: a }, before);
				const seance = await add({ phaseId: b });
				await removePhase(app, { ...pacte, phaseId: b });
				expect([await phases(), (await listPhasesRetirees(app.db, pacte.pacteId)).length]).toEqual([['A'], 1]);
				await restorePhase(app, { ...pacte, phaseId: b });
				expect(await phases()).toEqual(['B', 'A']);
				expect((await readSeance(app.db, pacte.pacteId, seance)).phaseId).toBe(b);
			});

			it('are refused when they end before they begin, have no title, or a date that is none', async () => {
				await expect(phase({ titre: 'X', debut: '2027-05', fin: '2027-03' })).rejects.toThrow(/avant de commencer/);
				await expect(phase({ titre: ' ' })).rejects.toThrow('Donnez un titre à la phase.');
				await expect(phase({ titre: 'X', debut: 'bientôt' })).rejects.toThrow(/une saison/);
				expect(await phases()).toEqual([]);
			});

			it('can begin from those that a démarche usually has', async () => {
				expect(await addPhasesType(app, pacte)).toBe(4);
				expect(await phases()).toHaveLength(4);
			});
		});

		describe('séances', () => {
			it('are listed by date, those to be fixed last', async () => {
				await add({ titre: 'À fixer' });
				await add({ titre: 'Mars', date: '2027-03' });
				await add({ titre: 'Après-midi', date: '2027-02-12', heureDebut: '14:00' });
				await add({ titre: 'Matin', date: '2027-02-12', heureDebut: '09:00' });
				expect(await titles()).toEqual(['Matin', 'Après-midi', 'Mars', 'À fixer']);
			});

			it('hold their agenda, their texts and what they follow; what is of another pacte is left out', async () => {
				const [axe] = await pacte.axes('Se déplacer');
				const autre = await pacteDEssai(app);
				const [ailleurs] = await autre.axes('Ailleurs');
				const first = await add({ date: '2027-02-12' });
				const second = await add({
					suiteDe: first,
					points: [
						{ texte: 'Accueil', minutes: 10 },
						{ texte: 'Décider', minutes: null }
					],
					textes: [
						{ genre: 'noeud', objet: axe as string },
						{ genre: 'noeud', objet: ailleurs as string }
					]
				});
				const read = await readSeance(app.db, pacte.pacteId, second);
				expect(read).toMatchObject({ suiteDe: first, textes: [{ genre: 'noeud', objet: axe }] });
				expect(read.points.map(({ minutes }) => minutes)).toEqual([10, null]);
				await expect(readSeance(app.db, autre.pacteId, second)).rejects.toMatchObject({ code: 'introuvable' });
			});

			it('follow none that follows them', async () => {
				const first = await add();
				const second = await add({ suiteDe: first });
				await expect(changeSeance(app, on(first), { ...SEANCE, suiteDe: second })).rejects.toThrow(
					/la suite d’elle-même/
				);
			});

			it('are made as a series, whole or not at all', async () => {
				const serie: Serie = { titre: 'Comité', themes: ['A', 'B'], reunions: 2, dates: ['12/03/2027'], objets: [] };
				const made = seancesOf(serie);
				if ('erreurs' in made) throw new Error(made.erreurs.join());
				await addSeances(app, pacte, { ...SEANCE, instanceId: await instance('Groupes') }, made.seances);
				expect(await titles()).toHaveLength(4);
				const broken = [...made.seances, { ...made.seances[0]!, titre: ' ' }];
				await expect(addSeances(app, pacte, SEANCE, broken)).rejects.toThrow(/titre/);
				expect(await titles()).toHaveLength(4);
			});

			it('say who is expected and who came, by organisme, with the members of the instance proposed', async () => {
				const [caf, msa] = [await pacte.organisme('CAF'), await pacte.organisme('MSA')];
				const id = await add({ instanceId: await instance('Comité', [caf, msa]) });
				const line = (more: Partial<Presence>): Presence => ({
					organismeId: null,
					nom: '',
					attendus: null,
					presents: null,
					sansTelephone: null,
					...more
				});
				await notePresences(
					app,
					on(id),
					[
						line({ organismeId: caf, attendus: 3, presents: 2, sansTelephone: 1 }),
						line({ nom: 'Des habitants', presents: 5 }),
						line({ organismeId: msa })
					],
					null
				);
				const { presences, totaux } = await readSeance(app.db, pacte.pacteId, id);
				expect(presences.map(({ nom, attendus, presents }) => [nom, attendus, presents])).toEqual([
					['CAF', 3, 2],
					['Des habitants', null, 5],
					['MSA', null, null]
				]);
				expect(totaux).toEqual({ attendus: 3, presents: 7, sansTelephone: 1 });
				await expect(
					notePresences(app, on(id), [line({ organismeId: caf, presents: 1, sansTelephone: 2 })], null)
				).rejects.toThrow(/parmi les présentes/);
			});

			it('are put aside for 30 days with all that was said there, and come back; an open room is not put aside', async () => {
				const id = await add({ titre: 'Retirée' });
				await writeCompteRendu(app, on(id), 'Décidé\r\nensemble');
				await removeSeance(app, on(id));
				expect(await titles()).toEqual([]);
				app.advance(29 * JOUR);
				expect((await listCorbeille(app, pacte.pacteId)).map(({ titre }) => titre)).toEqual(['Retirée']);
				await restoreSeance(app, on(id));
				expect((await readSeance(app.db, pacte.pacteId, id)).compteRendu).toBe('Décidé\nensemble');
				await removeSeance(app, on(id));
				app.advance(31 * JOUR);
				expect(await listCorbeille(app, pacte.pacteId)).toEqual([]);
				await expect(restoreSeance(app, on(id))).rejects.toMatchObject({ code: 'introuvable' });
				await tidySalles(app);
				const left = await app.db.selectFrom('seances').select('id').where('id', '=', id).execute();
				expect(left).toEqual([]);
				const open = await add();
				await app.db
					.insertInto('salles')
					.values({ seance_id: open, etat: 'ouverte', jeton: open, jeton_mur: open, created_at: app.now() })
					.execute();
				await expect(removeSeance(app, on(open))).rejects.toThrow(/en cours/);
			});

			it('are refused with a title, a date or hours that are none', async () => {
				await expect(add({ titre: '' })).rejects.toThrow('Donnez un titre à la séance.');
				await expect(add({ date: '2027-automne' })).rejects.toThrow(/un mois/);
				await expect(add({ heureDebut: '25:00' })).rejects.toThrow(/14/);
				await expect(add({ heureDebut: '14:00', heureFin: '13:00' })).rejects.toThrow(/vient après/);
				await expect(add({ tour: 0 })).rejects.toThrow(/à partir de 1/);
			});
		});

		describe('interviews', () => {
			it('are made from a list, linked to the organismes that the pacte knows; nothing is written when a line is wrong', async () => {
				const caf = await pacte.organisme('CAF');
				const list = 'organisme;date;besoins\ncaf;12/05/2027;Du temps\nClub des employeurs;mai 2027;Un annuaire';
				const apercu = await previewEntretiens(app, pacte, list);
				expect(apercu.map(({ organismeId }) => organismeId)).toEqual([caf, null]);
				expect(await importEntretiens(app, pacte, list, { instanceId: null, phaseId: null })).toHaveLength(2);
				const [second] = await listSeances(app.db, pacte.pacteId);
				expect(second).toMatchObject({ format: 'entretien', date: '2027-05' });
				await expect(
					importEntretiens(app, pacte, `${list}\n;demain;x`, { instanceId: null, phaseId: null })
				).rejects.toThrow(/la ligne 4/);
				expect(await titles()).toHaveLength(2);
			});
		});

		it('is led by the équipe projet and animateurs; the others read it, and strangers find nothing', async () => {
			const by = await pacte.membre('animateur');
			const seanceId = await addSeance(app, { ...pacte, by }, SEANCE);
			for (const role of ['redacteur', 'partenaire', 'relecteur', 'lecteur'] as const) {
				const other = { ...pacte, by: await pacte.membre(role) };
				await expect(addSeance(app, other, SEANCE)).rejects.toMatchObject({ code: 'interdit' });
				await expect(removeSeance(app, { ...other, seanceId })).rejects.toMatchObject({ code: 'interdit' });
				await expect(previewEntretiens(app, other, 'CAF')).rejects.toMatchObject({ code: 'interdit' });
			}
			const autre = await pacteDEssai(app);
			await expect(removeSeance(app, { ...autre, seanceId })).rejects.toMatchObject({ code: 'introuvable' });
			await expect(addSeance(app, { ...autre, by: pacte.by }, SEANCE)).rejects.toMatchObject({ code: 'introuvable' });
			expect((await pacte.actes()).at(-1)).toBe('seance_ajoutee');
		});
	});
}
