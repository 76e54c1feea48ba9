// How the pacts of the Mayenne and the Orne were made, as their parts: labels and figures only, none of their sentences (domain.md §11).
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { getDocumentProxy } from 'unpdf';
import { quandInWords } from '#lib/quand.ts';
import { readEntretiens } from '#lib/seances/entretiens.ts';
import { tableOf } from '#lib/seances/methode.ts';
import { seancesOf, type Serie } from '#lib/seances/serie.ts';
import { REGLAGES_DE_DEPART } from '#lib/salles/salle.ts';
import { exportPacte } from '#server/export/export.ts';
import { addInstance, type InstanceSaisie } from '#server/gouvernance/instances.ts';
import { addPhases, listPhases } from '#server/phases/phases.ts';
import { prepareCafe } from '#server/salles/prepare-salle.ts';
import { readSalle } from '#server/salles/read-salle.ts';
import { importEntretiens } from '#server/seances/entretiens.ts';
import { readMethode } from '#server/seances/methode.ts';
import { exportPlanning } from '#server/seances/planning.ts';
import { addSeance, addSeances, listSeances, readSeance, type SeanceSaisie } from '#server/seances/seances.ts';
import { engines, openTestApp, type TestApp } from '../support/app.ts';
import { pacteDEssai, type PacteDEssai } from '../support/pacte.ts';
import { readPdf } from '../support/pdf.ts';
import { INSTANCE_VIDE, SEANCE_VIDE } from '../support/saisies.ts';

const INSTANCE: InstanceSaisie = { ...INSTANCE_VIDE, portee: 'elaboration' };
const SEANCE: SeanceSaisie = { ...SEANCE_VIDE, titre: 'Séance' };

/** The five instances of the Mayenne, and how many times each met. */
const MAYENNE = [
	['Comité de pilotage', 'Valider', 2],
	['Comité opérationnel', 'Structurer', 5],
	['Groupes de travail et world café', 'Chercher des pistes', 11],
	['Groupe d’usagers', 'Donner un avis', 2],
	['Équipe projet', 'Suivre', 0]
] as const;
const PHASES_MAYENNE = [
	{ titre: 'Diagnostic', debut: '2014-03', fin: '2014-05', contenus: ['a', 'b', 'c'] },
	{ titre: 'Orientations', debut: '2014-06', fin: '2014-09', contenus: ['a', 'b', 'c', 'd'] },
	{ titre: 'Construction', debut: '2014-10', fin: '2015-06', contenus: ['a', 'b', 'c', 'd'] }
].map((phase) => ({ sousTitre: '', periode: '', ...phase }));

/** Themes of the Orne, shortened, with the days of their two meetings. */
const ORNE = [
	['Accompagnement', '02/07/2019', '05/09/2019'],
	['Freins', '04/07/2019', '10/09/2019'],
	['Insertion par l’activité', '06/09/2019', '01/10/2019'],
	['Retour à l’emploi', '12/09/2019', '04/10/2019'],
	['Jeunes', '07/10/2019', '14/10/2019']
] as const;
const SERIE_ORNE: Serie = {
	titre: 'Groupe de travail',
	themes: ORNE.map(([theme]) => theme),
	reunions: 2,
	dates: [...ORNE.map(([, first]) => first), ...ORNE.map(([, , second]) => second)],
	objets: ['Diagnostic et perspectives', 'Fiches actions']
};

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let pacte: PacteDEssai;

		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterAll(() => app.end());
		beforeEach(async () => {
			pacte = await pacteDEssai(app);
		});

		const instance = (saisie: Partial<InstanceSaisie>) => addInstance(app, pacte, { ...INSTANCE, ...saisie });
		const series = async (serie: Serie, commun: Partial<SeanceSaisie>) => {
			const made = seancesOf(serie);
			if ('erreurs' in made) throw new Error(made.erreurs.join(' '));
			return addSeances(app, pacte, { ...SEANCE, ...commun }, made.seances);
		};
		const pdf = async () => readPdf((await exportPacte(app, pacte.pacteId, 'pdf')).bytes).replace(/[\s\u00a0]+/g, ' ');
		const mayenne = async () => {
			for (const [nom, objet, reunions] of MAYENNE) {
				const instanceId = await instance({ nom, objet });
				if (reunions > 0) await series({ titre: nom, themes: [], reunions, dates: [], objets: [] }, { instanceId });
			}
		};

		test('Mayenne 1. three phases with their months and 3, 4 and 4 contents are made in one act', async () => {
			const before = (await pacte.actes()).length;
			await addPhases(app, pacte, PHASES_MAYENNE);
			expect((await listPhases(app.db, pacte.pacteId)).map(({ contenus }) => contenus.length)).toEqual([3, 4, 4]);
			expect((await pacte.actes()).length).toBe(before + 1);
		});

		test('Mayenne 2. five instances have their object; 2, 5, 11 and 2 séances are made at once each; the équipe projet has none', async () => {
			await mayenne();
			const held = await readMethode(app.db, pacte.pacteId);
			expect(held.map(({ nom, objet, seances }) => [nom, objet, seances.length])).toEqual(MAYENNE);
			expect((await pacte.actes()).filter((acte) => acte === 'seances_ajoutees')).toHaveLength(4);
		});

		test('Mayenne 3. the « rencontres » that the document prints are counted from the séances', async () => {
			await mayenne();
			const text = await pdf();
			for (const [nom, , reunions] of MAYENNE.filter(([, , n]) => n > 0))
				expect(text).toContain(`${nom} (${reunions} rencontres)`);
			expect(text).not.toMatch(/Équipe projet \(/);
			await addSeance(app, pacte, {
				...SEANCE,
				instanceId: (
					await app.db
						.selectFrom('instances')
						.select('id')
						.where('nom', '=', 'Comité opérationnel')
						.where('pacte_id', '=', pacte.pacteId)
						.executeTakeFirstOrThrow()
				).id
			});
			expect(await pdf()).toContain('Comité opérationnel (6 rencontres)');
		});

		test('Mayenne 4. a world café has tables, each with its question and host; 70 participants in 10 groups are listed, by organisme', async () => {
			const seanceId = await addSeance(app, pacte, { ...SEANCE, format: 'world_cafe' });
			const organismes = await Promise.all(
				['Département', 'CAF', 'Mission locale', 'CCAS', 'Associations', 'Structures', 'État'].map((nom) =>
					pacte.organisme(nom)
				)
			);
			await prepareCafe(
				app,
				{ pacteId: pacte.pacteId, by: pacte.by, seanceId },
				{
					questions: Array.from({ length: 10 }, (_, i) => `Question ${i + 1}`),
					tables: Array.from({ length: 10 }, (_, i) => ({ nom: `Groupe ${i + 1}`, hote: `Hôte ${i + 1}` })),
					tours: 1,
					dureeDUnTour: 30,
					dureeDuDeplacement: 3,
					ecritureSilencieuse: false,
					reglages: { ...REGLAGES_DE_DEPART, questions: 'par_table' },
					inscrits: organismes.map((organismeId, i) => ({
						organismeId,
						organisme: `Organisme ${i + 1}`,
						nombre: 10,
						usager: false
					}))
				}
			);
			const salle = await readSalle(app.db, seanceId);
			const questionOf = new Map(salle?.questions.map(({ id, texte }) => [id, texte]));
			expect(salle?.tables.map(({ nom, hote, questionId }) => [nom, hote, questionOf.get(questionId ?? '')])).toEqual(
				Array.from({ length: 10 }, (_, i) => [`Groupe ${i + 1}`, `Hôte ${i + 1}`, `Question ${i + 1}`])
			);
			// Each host has a seat besides, at their table.
			const participants = (salle?.sieges ?? []).filter(({ hote }) => !hote);
			expect(participants).toHaveLength(70);
			expect(salle?.sieges).toHaveLength(80);
			const byTable = Map.groupBy(participants, ({ tableId }) => tableId);
			expect(salle?.tables.map(({ id }) => byTable.get(id)?.length)).toEqual(Array.from({ length: 10 }, () => 7));
			const byOrganisme = Map.groupBy(participants, ({ organismeId }) => organismeId);
			expect(organismes.map((id) => byOrganisme.get(id)?.length)).toEqual([10, 10, 10, 10, 10, 10, 10]);
		});

		test('Mayenne 11. five follow-up instances with 5, 6, 5, 5 and 3 roles, members and minimum frequencies are printed as sheets', async () => {
			const caf = await pacte.organisme('CAF');
			const roles = [5, 6, 5, 5, 3];
			for (const [i, count] of roles.entries())
				await instance({
					nom: `Instance n° ${i + 1}`,
					portee: 'suivi',
					roles: Array.from({ length: count }, (_, j) => `Rôle ${i + 1}.${j + 1}`),
					membres: [caf],
					frequence: { nombre: i + 2, periode: 'an' }
				});
			const text = await pdf();
			for (const [i, count] of roles.entries()) {
				expect(text).toContain(`Au moins ${i + 2} fois par an`);
				expect(text).toContain(`Rôle ${i + 1}.${count}`);
				expect(text).not.toContain(`Rôle ${i + 1}.${count + 1}`);
			}
			expect(text.match(/Membres : CAF/g)).toHaveLength(5);
		});

		test('Mayenne 13. a planning from March 2014 to June 2015 of phases and séances is drawn, taken away and printed', async () => {
			await addPhases(app, pacte, PHASES_MAYENNE);
			const instanceId = await instance({ nom: 'Comité de pilotage' });
			for (const date of ['2014-10-10', '2015-02-16']) await addSeance(app, pacte, { ...SEANCE, instanceId, date });
			const { nom, bytes } = await exportPlanning(app, pacte.pacteId);
			const svg = new TextDecoder().decode(bytes);
			expect(nom).toBe('Planning - mars 2014 à juin 2015.svg');
			expect(svg).toContain('aria-label="Planning, mars 2014 à juin 2015.');
			expect(svg.match(/<circle [^>]*r="6"[^>]*stroke="#ffffff"\/>/g)).toHaveLength(3); // Two séances, and the legend.
			const printed = await exportPacte(app, pacte.pacteId, 'pdf');
			const document = await getDocumentProxy(printed.bytes.slice());
			const trees = await Promise.all(
				Array.from({ length: document.numPages }, async (_, i) => (await document.getPage(i + 1)).getStructTree())
			);
			expect(JSON.stringify(trees)).toMatch(/"alt":"Planning, mars 2014 à juin 2015\./);
		});

		test('Orne 1. five themes × two rounds make ten séances with their dates; the second round of two themes comes before the first of two others', async () => {
			await series(SERIE_ORNE, { instanceId: await instance({ nom: 'Groupe de travail' }) });
			const held = await listSeances(app.db, pacte.pacteId);
			expect(held).toHaveLength(10);
			expect(held.map(({ theme, tour }) => `${theme} ${tour}`).slice(2, 6)).toEqual([
				'Accompagnement 2',
				'Insertion par l’activité 1',
				'Freins 2',
				'Retour à l’emploi 1'
			]);
			expect(held.map(({ date }) => quandInWords(date))).toContain('14 octobre 2019');
		});

		test('Orne 2. thirty-four interviews are recorded with their organisme and needs, from a list', async () => {
			const caf = await pacte.organisme('CAF');
			const list = [
				'Organisme;Date;Besoins',
				...Array.from(
					{ length: 34 },
					(_, i) => `${i === 0 ? 'caf' : `Partenaire ${i}`};${1 + (i % 28)}/0${5 + (i % 3)}/2019;Besoin ${i}`
				)
			].join('\n');
			expect(readEntretiens(list).filter(({ erreur }) => erreur !== '')).toEqual([]);
			const instanceId = await instance({ nom: 'Entretiens individuels', objet: 'Besoins' });
			const ids = await importEntretiens(app, pacte, list, { instanceId, phaseId: null });
			expect(ids).toHaveLength(34);
			const first = await readSeance(app.db, pacte.pacteId, ids[0] as string);
			expect(first).toMatchObject({ compteRendu: 'Besoin 0', presences: [{ organismeId: caf, nom: 'CAF' }] });
			const second = await readSeance(app.db, pacte.pacteId, ids[1] as string);
			expect(second).toMatchObject({ compteRendu: 'Besoin 1', presences: [{ nom: 'Partenaire 1' }] });
		});

		test('Orne 3. the table Instances / Périodes / Objets is generated: seven rows, two of them with five dated sub-rows', async () => {
			const comite = await instance({ nom: 'Comité de pilotage' });
			const add = (instanceId: string, date: string, objet = '') =>
				addSeance(app, pacte, { ...SEANCE, instanceId, date, objet });
			await add(comite, '2019-04', 'Lancement');
			await add(comite, '2019-11-27', 'Retour sur les travaux');
			const entretiens = await instance({ nom: 'Entretiens', objet: 'Besoins' });
			for (const date of ['2019-05', '2019-06-12', '2019-07']) await add(entretiens, date);
			const usagers = await instance({ nom: 'Usagers', objet: 'Points de vue' });
			for (const date of ['2019-06', '2019-07']) await add(usagers, date);
			await series(SERIE_ORNE, { instanceId: await instance({ nom: 'Groupe de travail' }) });
			await add(await instance({ nom: 'Assemblée' }), '2020-03-27', 'Validation');
			await instance({ nom: 'Équipe projet', objet: 'Suivre' });

			const rows = tableOf(await readMethode(app.db, pacte.pacteId));
			expect(
				rows.map(({ instance: nom, periode, dates }) => [nom.replace('\u00a0', ' '), periode, dates.length])
			).toEqual([
				['Comité de pilotage', 'avril 2019', 0],
				['Entretiens', 'mai à juillet 2019', 0],
				['Usagers', 'juin à juillet 2019', 0],
				['Groupe de travail – 1re réunion', 'juillet à octobre 2019', 5],
				['Groupe de travail – 2e réunion', 'septembre à octobre 2019', 5],
				['Comité de pilotage', '27 novembre 2019', 0],
				['Assemblée', '27 mars 2020', 0]
			]);
			const text = await pdf();
			expect(text).toMatch(/Instances Périodes Objets/);
			for (const [theme] of ORNE) expect(text).toContain(theme);
			expect(text).toContain('14 octobre 2019');
		});
	});
}
