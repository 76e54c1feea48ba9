import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getDocumentProxy } from 'unpdf';
import { documentName } from '#lib/documents/document.ts';
import { CADRE_ENGAGEMENT, ENGAGEMENTS } from '#lib/engagements/cadre.ts';
import { addPuces } from '#lib/fiches/fiche.ts';
import { addLigne, lignesOf } from '#lib/fiches/tableau.ts';
import { parseArchive } from '#lib/pactes/archive-schema.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import type { ChampTableau } from '#lib/pactes/modele.ts';
import { engines, openTestApp, type TestApp } from '../../../tests/support/app.ts';
import { pacteDEssai, type PacteDEssai } from '../../../tests/support/pacte.ts';
import { addActions, changeEtats, readBilan, reconduire, saveBilan, saveIndicateurs } from '../../bilan/bilan.ts';
import { adoptImportes, listImportes } from '../../engagements/adopt.ts';
import {
	approveEngagements,
	linkEngagement,
	readEngagements,
	setPorteur,
	shareEngagement,
	signParole
} from '../../engagements/engagements.ts';
import { saveEnveloppe, saveIntermediaires, saveOrientationFse } from '../../financement/financement.ts';
import { addInstance } from '../../gouvernance/instances.ts';
import { createPacteFromArchive } from '../../pactes/create-pacte.ts';
import { addSection, readPlan } from '../../sections/sections.ts';
import { addSignataire, changeSignataire } from '../../signatures/signatures.ts';
import { readArchive } from '../archive.ts';
import { exportPdf } from '../pdf.ts';

const INSTANCE = {
	type: 'Comité de pilotage',
	portee: 'suivi',
	niveau: 'departemental',
	objet: 'Décider',
	presidence: 'La présidente',
	frequence: { nombre: 2, periode: 'an' },
	frequenceTexte: 'davantage au besoin',
	composition: 'Les signataires du pacte',
	invites: [{ theme: 'Logement', invites: 'Bailleurs' }],
	territoires: ['Nord', 'Sud']
} as const;

/** A pacte in which each part holds something. */
async function fill(app: TestApp): Promise<PacteDEssai> {
	const pacte = await pacteDEssai(app);
	const [axe1, axe2] = await pacte.axes('Se loger', 'Travailler');
	const [caf, msa] = [await pacte.organisme('CAF'), await pacte.organisme('MSA')];
	const parent =
		(await readPlan(app.db, pacte.pacteId, pacte.by)).find(({ genre }) => genre === 'engagements')?.id ?? null;
	const section = (organismeId: string | null, titre: string) =>
		addSection(app, pacte, { genre: 'engagement', titre, parent, organismeId });
	const [one, two, three] = [
		await section(caf, 'La CAF'),
		await section(null, 'CAF et MSA'),
		await section(null, 'Ensemble')
	];
	await setPorteur(app, { ...pacte, sectionId: two }, { portee: 'groupe', organismes: [msa, caf], libelle: '' });
	await setPorteur(app, { ...pacte, sectionId: three }, { portee: 'tous', organismes: [], libelle: '' });
	const edit = (id: string, change: Parameters<typeof app.collaboration.edit>[1]) =>
		app.collaboration.edit(documentName('redaction', id), change, pacte.by);
	await edit(one, (doc) => {
		addPuces(doc, ENGAGEMENTS, [
			{ id: 'e1', texte: 'Ouvrir un guichet' },
			{ id: 'e2', texte: 'le samedi aussi', retrait: 1 },
			{ id: 'e3', texte: 'Répondre en dix jours' }
		]);
		const humains = CADRE_ENGAGEMENT.find(({ id }) => id === 'moyens_humains') as ChampTableau;
		addLigne(doc, humains, 'h1');
		const { cellules } = lignesOf(doc, 'moyens_humains')[0]!;
		cellules.get('libelle')?.insert(0, 'Équipe insertion');
		cellules.get('etp')?.insert(0, '4,5');
	});
	await edit(two, (doc) => addPuces(doc, ENGAGEMENTS, [{ id: 'f1', texte: 'Ouvrir des guichets communs' }]));
	await app.collaboration.settle(pacte.pacteId);
	await linkEngagement(app, pacte, { sectionId: one, cle: 'e3' }, [axe1 as string]);
	await shareEngagement(app, pacte, { sectionId: two, cle: 'f1' }, { sectionId: one, cle: 'e1' });
	await approveEngagements(
		app,
		{ ...pacte, sectionId: one },
		{ approuve: true, instance: 'Conseil', date: '2026-12-15', note: 'à l’unanimité' }
	);
	const parole = await addSection(app, pacte, {
		genre: 'parole',
		titre: 'Le mot de la CAF',
		parent: null,
		organismeId: caf
	});
	await signParole(app, { ...pacte, sectionId: parole }, [
		{ personne: 'Claire Astier', fonction: 'Présidente de la CAF' }
	]);
	await addInstance(app, pacte, {
		...INSTANCE,
		nom: 'Comité du pacte',
		roles: ['Décider des priorités', 'Suivre les actions'],
		membres: [msa],
		invites: [...INSTANCE.invites],
		territoires: [...INSTANCE.territoires]
	});
	await saveEnveloppe(app, pacte, {
		id: '',
		libelle: 'Enveloppe FSE',
		montant: 462_400_000,
		partFse: 231_200_000,
		debut: '2015',
		fin: '2017',
		exclusions: 'hors assistance technique'
	});
	await saveOrientationFse(app, pacte, {
		id: '',
		libelle: 'Accompagner',
		axes: [axe2 as string],
		dispositifs: [{ libelle: 'Référents', mention: 'PLIE', operateur: 'Agglomération' }]
	});
	await saveIntermediaires(app, pacte, [{ nom: 'Agglomération', perimetre: 'crédits du PLIE' }]);
	const signataireId = await addSignataire(app, pacte, {
		organisme: 'MSA',
		personne: 'Paul Vial',
		fonction: 'Directeur'
	});
	await changeSignataire(
		app,
		{ ...pacte, signataireId },
		{
			personne: 'Paul Vial',
			fonction: 'Directeur',
			statut: 'sous_reserve',
			date: '',
			instance: 'conseil d’administration'
		}
	);
	await addActions(app, pacte, 'Une maison relais\tréalisée\t2022\nUn garage solidaire');
	const { actions } = await readBilan(app.db, pacte.pacteId);
	await changeEtats(app, pacte, new Map([[actions[1]!.id, 'abandonnee']]));
	await reconduire(app, { ...pacte, actionId: actions[1]!.id }, axe2 as string);
	await saveIndicateurs(app, pacte, {
		annees: [2021, 2022],
		indicateurs: [{ id: '', libelle: 'Personnes logées', valeurs: { 2021: '12', 2022: '19' } }]
	});
	await saveBilan(app, pacte, { intitule: 'Pacte 2018-2022', ameliorations: ['Suivre chaque année'] });
	return pacte;
}

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`the other parts in an archive on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let pacte: PacteDEssai;
		let archive: ArchivePacte;

		beforeAll(async () => {
			app = await openTestApp(engine);
			pacte = await fill(app);
			archive = await readArchive(app, pacte.pacteId);
		});
		afterAll(() => app.end());

		it('exported, imported and exported again, they are the same bytes', async () => {
			const json = JSON.stringify(archive);
			const read = parseArchive(JSON.parse(json));
			expect(JSON.stringify(read)).toBe(json);
			const copy = await createPacteFromArchive(app, read, { compteId: pacte.by, acte: 'pacte_importe' });
			expect(JSON.stringify(await readArchive(app, copy))).toBe(json);
		});

		it('each part is in the archive: frames, links, shared wordings, signatures, instances, money, bilan', () => {
			const { cadres, miroirs, paroles, instances, financement, bilan } = archive.parties;
			expect(cadres.map(({ portee }) => portee)).toEqual(['organisme', 'groupe', 'tous']);
			expect(cadres[0]).toMatchObject({
				champs: {
					[ENGAGEMENTS]: { puces: { length: 3 }, retraits: [1] },
					moyens_humains: { lignes: [{ etp: '4,5' }] }
				},
				liens: [{ puce: 2, noeuds: ['n1'] }],
				approbation: { approuve: true, date: '2026-12-15' }
			});
			expect(miroirs).toEqual([
				[
					{ section: cadres[0]?.section, puce: 0 },
					{ section: cadres[1]?.section, puce: 0 }
				]
			]);
			expect(paroles).toMatchObject([{ signataires: [{ personne: 'Claire Astier' }] }]);
			expect(instances).toMatchObject([{ nom: 'Comité du pacte', roles: { length: 2 }, territoires: ['Nord', 'Sud'] }]);
			expect(financement.orientations).toMatchObject([{ axes: ['n2'], dispositifs: [{ mention: 'PLIE' }] }]);
			expect(bilan.actions.map(({ fiche }) => fiche)).toEqual([null, 'n3']);
			expect(archive.signataires).toMatchObject([{ fonction: 'Directeur', statut: 'sous_reserve' }]);
		});

		it('what was shared stays shared in the copy, and the fiche that carries an action on stays known', async () => {
			const copy = await createPacteFromArchive(app, archive, { compteId: pacte.by, acte: 'pacte_importe' });
			const [first] = await readEngagements(app.db, copy, pacte.by);
			expect(first?.engagements[0]?.miroirs).toMatchObject([
				{ porteur: 'MSA et CAF', texte: 'Ouvrir des guichets communs' }
			]);
			expect((await readBilan(app.db, copy)).actions[1]?.reconduite).toMatchObject({
				code: '2.1',
				titre: 'Un garage solidaire'
			});
		});

		it('a file of before there were other parts has none, and a wrong one is refused with its place', () => {
			const { parties: _, ...old } = archive;
			expect(parseArchive(old).parties.cadres).toEqual([]);
			const wrong = structuredClone(archive);
			wrong.parties.cadres[0]!.liens[0]!.puce = 99;
			expect(() => parseArchive(wrong)).toThrow(/cadres\[0\]\.liens\[0\]\.puce/);
			const elsewhere = structuredClone(archive);
			elsewhere.parties.paroles[0]!.section = elsewhere.parties.cadres[0]!.section;
			expect(() => parseArchive(elsewhere)).toThrow(/n’est pas de genre/);
		});

		it('engagements of an import become sections, under « Engagements », once', async () => {
			const source = {
				...archive,
				engagements: [
					{ organisme: null, puces: ['Se réunir', ' '] },
					{ organisme: 'o2', puces: ['Former'] }
				]
			};
			const id = await createPacteFromArchive(app, source, { compteId: pacte.by, acte: 'pacte_importe' });
			const act = { pacteId: id, by: pacte.by };
			expect(await adoptImportes(app, act)).toBe(2);
			const held = await readEngagements(app.db, id, pacte.by);
			expect(held.slice(-2).map(({ nom, engagements }) => [nom, engagements.map(({ texte }) => texte)])).toEqual([
				['Tous les signataires', ['Se réunir']],
				['MSA', ['Former']]
			]);
			expect(await listImportes(app.db, id)).toEqual([]);
			expect(await adoptImportes(app, act)).toBe(0);
			const lecteur = await pacte.membre('lecteur');
			await expect(adoptImportes(app, { pacteId: id, by: lecteur })).resolves.toBe(0);
		});
	});
}

describe('the other parts in the PDF', () => {
	let app: TestApp;
	let text: string;
	beforeAll(async () => {
		app = await openTestApp();
		const { pacteId } = await fill(app);
		const { pdf } = await exportPdf(await readArchive(app, pacteId), { type: 'pacte' }, { date: app.now() });
		const document = await getDocumentProxy(pdf.slice());
		const pages: string[] = [];
		for (let n = 1; n <= document.numPages; n++) {
			const { items } = await (await document.getPage(n)).getTextContent();
			pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
		}
		text = pages
			.join(' ')
			.replace(/[\u200b\u2060]/g, '')
			.replace(/\s+/g, ' ');
	});
	afterAll(() => app.end());

	it.each([
		['the frame of a partner', /La CAF .*Ouvrir un guichet .*le samedi aussi .*Répondre en dix jours/],
		['its means, added up', /Équipe insertion 4,5 .*Total, ETP : 4,5/],
		['the decision of its board', /Approuvé le 15 décembre 2026 \(Conseil\)/],
		['engagements by axe', /Qui s’engage .*Axe 1 : Se loger .*CAF 1 0/],
		['what nobody answers for', /Aucun engagement : Axe 2 : Travailler\./],
		[
			'Mayenne 8. partners’ words with their signatory and function',
			/Le mot de la CAF .*Claire Astier Présidente de la CAF CAF/
		],
		[
			'Mayenne 11. governance sheets: roles, members, minimum frequency',
			/Comité du pacte .*Décider des priorités .*Fréquence : Au moins 2 fois par an\. davantage au besoin .*Membres : Les signataires du pacte\. MSA/
		],
		[
			'Mayenne 10. the budget, its FSE part and its period',
			/4 624 000 €, dont 2 312 000 € de FSE, 2015-2017, hors assistance technique/
		],
		['FSE orientations with their dispositifs', /Accompagner Axe 2 : Travailler .*Référents \(PLIE\) – Agglomération/],
		[
			'Meuse 4. the signatories with what they wait for',
			/MSA Paul Vial Directeur Sous réserve de : conseil d’administration/
		],
		[
			'Sarthe 13. the bilan with its table by year',
			/1 action sur 2 réalisée, soit 50 % ; 1 abandonnée\. .*Une maison relais Réalisée 2022 .*Personnes logées 12 19 .*Suivre chaque année/
		]
	])('%s', (_what, expected) => expect(text).toMatch(expected));

	it('Allier 12. exports without fiches, synthesis table or signatures when the plan has none', async () => {
		const { pacteId } = await fill(app);
		const archive = await readArchive(app, pacteId);
		const sections = archive.sections.filter(
			({ genre }) => !['orientations', 'synthese', 'signatures'].includes(genre)
		);
		const { pdf } = await exportPdf({ ...archive, sections }, { type: 'pacte' }, { date: app.now() });
		const document = await getDocumentProxy(pdf.slice());
		let words = '';
		for (let n = 2; n <= document.numPages; n++)
			words += (await (await document.getPage(n)).getTextContent()).items
				.map((item) => ('str' in item ? item.str : ''))
				.join(' ');
		expect(words).toContain('Ouvrir un guichet');
		expect(words).not.toContain('Tableau de synthèse');
		expect(words).not.toContain('Paul Vial');
		expect(words).not.toContain('Fiche-action');
	});
});
