import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { documentName } from '#lib/documents/document.ts';
import { corpsOf } from '#lib/editor/prose.ts';
import { cleOfSigle } from '#lib/glossaire/sigles.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import type { Demande } from '#lib/remplacer/remplacer.ts';
import { MODELES } from '#lib/salles/scripts.ts';
import { REGLAGES_DE_DEPART } from '#lib/salles/salle.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { archiveEntiere } from '../../tests/support/archive-entiere.ts';
import { pacteDEssai } from '../../tests/support/pacte.ts';
import { readArchive } from '../export/archive.ts';
import { annulerOperation } from '../operations/operations.ts';
import { TEXTES, type TextesDeTable } from '../operations/textes-de-tables.ts';
import { createPacteFromArchive } from '../pactes/create-pacte.ts';
import { readModele } from '../pactes/modele.ts';
import { findAll, replaceAll } from './remplacer.ts';

const AVANT = 'Pôle emploi';
const APRES = 'France Travail';
const DEMANDE: Demande = { cherche: AVANT, remplace: APRES, casse: true, accents: true, mot: false };

/** A pacte that says the words to replace in every place that holds words. */
function pacteQuiLeDitPartout(): ArchivePacte {
	const { archive, mots } = archiveEntiere();
	const said = JSON.parse(
		mots.reduce((json, mot) => json.replaceAll(mot, `${AVANT} ${mot}`), JSON.stringify(archive))
	) as ArchivePacte;
	const modele: Modele = {
		...said.modele,
		nom: `Modèle ${AVANT}`,
		description: `Celui de ${AVANT}`,
		retires: [{ id: 'retire', type: 'texte', etiquette: `Avis de ${AVANT}`, aide: `${AVANT} répond`, requis: false }],
		variantes: [{ id: 'courte', nom: `Forme ${AVANT}`, sansChamps: ['court'], sansColonnes: {} }]
	};
	const [ecrite, vide] = said.fiches as [ArchivePacte['fiches'][0], ArchivePacte['fiches'][0]];
	const [seance] = said.seances as [ArchivePacte['seances'][0]];
	const [prose] = said.sections as [ArchivePacte['sections'][0]];
	const [step] = MODELES[0]!.etapes as [(typeof MODELES)[0]['etapes'][0]];
	const etape = { ...step, titre: `Accueil ${AVANT}`, consigne: `Avec ${AVANT}` };
	return {
		...said,
		modele,
		fiches: [
			{ ...ecrite, variante: 'courte', champs: { ...ecrite.champs, retire: { texte: `${AVANT} est d’accord` } } },
			{ ...vide, champs: { ...vide.champs, retire: { texte: '' } } }
		],
		organismes: said.organismes.map((organisme, i) => ({ ...organisme, alias: i === 0 ? [`Ancien ${AVANT}`] : [] })),
		textes: [{ ligne_debut: 1, ligne_fin: 1, texte: `Le fichier disait ${AVANT}` }],
		schemas: said.schemas.map((schema) => ({ ...schema, dans: `Schéma de ${AVANT}` })),
		sections: said.sections.map((section) =>
			section === prose
				? {
						...section,
						longueur: `Une page sur ${AVANT}`,
						prose: section.prose.map((bloc) =>
							bloc.type === 'paragraphe' && bloc.constat
								? { ...bloc, constat: { ...bloc.constat, origine: `Atelier ${AVANT} à ${AVANT}` } }
								: bloc
						)
					}
				: section
		),
		figures: said.figures.map((figure) => ({
			...figure,
			date: `2030, ${AVANT}`,
			unite: `% ${AVANT}`,
			lignes: figure.lignes.map((ligne) => ({ ...ligne, valeurs: [`7,7 (${AVANT})`, '8,8'] }))
		})),
		parties: {
			...said.parties,
			cadres: said.parties.cadres.map((cadre) => ({
				...cadre,
				portee: 'hors_signataires',
				libelle: `Ceux de ${AVANT}`,
				approbation: { ...cadre.approbation, note: `Si ${AVANT} signe` }
			}))
		},
		phases: said.phases.map((phase) => ({ ...phase, periode: `Quand ${AVANT} ouvre` })),
		seances: [
			{
				...seance,
				titre: `Réunion ${AVANT}`,
				theme: `Thème ${AVANT}`,
				lieu: `Agence ${AVANT}`,
				compte_rendu: `${AVANT} a parlé`,
				points: [{ texte: `Point de ${AVANT}`, minutes: 5 }],
				presences: [{ organisme: null, libelle: `Équipe ${AVANT}`, attendus: 1, presents: null, sans_telephone: null }],
				salle: {
					etat: 'preparation',
					reglages: REGLAGES_DE_DEPART,
					questions: [`Que fait ${AVANT} ?`],
					tables: [
						{
							numero: 1,
							nom: `Table ${AVANT}`,
							forme: 'cercle',
							hote: `Hôte ${AVANT}`,
							synthese: `Synthèse ${AVANT}`,
							places: null,
							question: 0
						}
					],
					etapes: [{ ...etape, question: 0, commencee: null, finie: null }],
					participants: [],
					groupes: [],
					cartes: [],
					scrutins: [],
					evaluations: [],
					versements: []
				}
			}
		],
		scripts: [{ titre: `Déroulé ${AVANT}`, format: 'world_cafe', etapes: [etape] }]
	};
}

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`one wording in the place of another, everywhere, on ${engine}`, () => {
		let app: TestApp;
		let acteur: { pacteId: string; by: string };
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		beforeEach(async () => {
			const { by } = await pacteDEssai(app);
			const archive = pacteQuiLeDitPartout();
			acteur = { by, pacteId: await createPacteFromArchive(app, archive, { compteId: by, acte: 'pacte_importe' }) };
		});
		afterAll(() => app?.end());

		const pacte = async () => ({ id: acteur.pacteId, modele: (await readModele(app.db, acteur.pacteId)).modele });
		const find = async () => findAll(app, acteur.by, await pacte(), DEMANDE);
		const replace = async (which: (cle: string) => boolean = () => true) => {
			const cles = (await find()).map(({ cle }) => cle).filter(which);
			return replaceAll(app, acteur, await pacte(), { ...DEMANDE, cles });
		};
		const archive = () => readArchive(app, acteur.pacteId);
		const undo = (operationId: string) => annulerOperation(app, { ...acteur, operationId });

		it('finds it in every column that holds words', async () => {
			const found = new Set(
				(await find()).map(({ cle }) =>
					cle
						.split('~')
						.filter((_, i) => i !== 1)
						.join('.')
				)
			);
			const columns = Object.entries(TEXTES).flatMap(([table, { colonnes }]: [string, TextesDeTable]) =>
				Object.keys(colonnes).map((colonne) => `${table}.${colonne}`)
			);
			expect(columns.filter((column) => ![...found].some((each) => each.startsWith(column)))).toEqual([]);
		});

		it('replaces it in each, keeps former names and what a file said, and gives all of it back', async () => {
			const before = await archive();
			const { operation, manques } = await replace();
			expect(manques).toBe(0);
			const expected = JSON.parse(JSON.stringify(before).replaceAll(AVANT, APRES)) as ArchivePacte;
			expect(await archive()).toEqual({
				...expected,
				textes: before.textes,
				organismes: expected.organismes.map((organisme, i) => ({
					...organisme,
					alias: [...before.organismes[i]!.alias, before.organismes[i]!.nom].sort()
				}))
			});
			expect(await find()).toEqual([]);
			expect(await undo(operation)).toMatchObject({ laisses: 0 });
			expect(await archive()).toEqual(before);
		});

		it('gives back no title, label, caption or step that somebody has changed since', async () => {
			const { operation } = await replace((cle) => /^(pactes|seance|etapes|redaction)/.test(cle));
			const { pacteId } = acteur;
			await app.db.updateTable('pactes').set({ intitule: 'Pacte d’ici' }).where('id', '=', pacteId).execute();
			const { modele } = await readModele(app.db, pacteId);
			const changed = JSON.stringify({ ...modele, nom: 'Modèle d’ici' });
			await app.db.updateTable('pactes').set({ modele: changed }).where('id', '=', pacteId).execute();
			const [section] = await app.db
				.selectFrom('sections')
				.select('id')
				.where('pacte_id', '=', pacteId)
				.orderBy('rang')
				.execute();
			await app.collaboration.edit(
				documentName('redaction', section!.id),
				(doc) => {
					const tableau = corpsOf(doc)
						.toArray()
						.find((bloc) => 'nodeName' in bloc && bloc.nodeName === 'tableau');
					(tableau as unknown as { setAttribute(nom: string, valeur: string): void }).setAttribute('legende', 'À nous');
				},
				acteur.by
			);
			// The room opens: what it says is what people answered to.
			await app.db.updateTable('salles').set({ etat: 'ouverte' }).execute();
			expect(await undo(operation)).toMatchObject({ laisses: 3 + 5 });
			const after = await archive();
			expect(after).toMatchObject({ intitule: 'Pacte d’ici', territoire: expect.stringContaining(AVANT) });
			expect(after.modele).toMatchObject({ nom: 'Modèle d’ici', description: `Celui de ${AVANT}` });
			expect(after.sections[0]?.prose.find(({ type }) => type === 'tableau')).toMatchObject({ legende: 'À nous' });
			expect(after.seances[0]).toMatchObject({
				titre: `Réunion ${AVANT}`,
				salle: { questions: [`Que fait ${APRES} ?`] }
			});
		});

		it('says what a place cannot become: empty, too long, or what another is called', async () => {
			await app.db
				.insertInto('glossaire')
				.values({
					id: 'autre',
					pacte_id: acteur.pacteId,
					sigle: 'FT',
					cle: cleOfSigle('FT'),
					developpe: APRES,
					definition: '',
					created_at: 0
				})
				.execute();
			const verrous = async (cherche: string, remplace: string, table: string) =>
				(await findAll(app, acteur.by, await pacte(), { ...DEMANDE, cherche, remplace }))
					.filter(({ cle }) => cle.startsWith(table))
					.map(({ verrou }) => verrou);
			const { glossaire, intitule } = await archive();
			const sigle = glossaire.find((entree) => entree.sigle !== 'FT')!.sigle;
			expect(await verrous(sigle, 'FT', 'glossaire')).toEqual([expect.stringContaining('existe déjà')]);
			expect(await verrous(intitule, '', 'pactes')).toEqual([expect.stringContaining('vide')]);
			expect(await verrous(intitule, 'x'.repeat(300), 'pactes')).toEqual([expect.stringContaining('200')]);
			const [autre] = (
				await findAll(app, acteur.by, await pacte(), { ...DEMANDE, cherche: sigle, remplace: 'FT' })
			).map(({ cle }) => cle);
			await expect(
				replaceAll(app, acteur, await pacte(), { ...DEMANDE, cherche: sigle, remplace: 'FT', cles: [autre!] })
			).resolves.toMatchObject({ faits: 0, manques: 1 });
		});

		it('knows each column of the database that may hold words, those that will be added later included', async () => {
			const known = new Set(
				Object.entries(TEXTES).flatMap(([table, { colonnes }]: [string, TextesDeTable]) =>
					Object.keys(colonnes).map((colonne) => `${table}.${colonne}`)
				)
			);
			const tables = await app.db.introspection.getTables();
			const others = tables.flatMap(({ name, columns }) =>
				columns
					.filter((column) => column.dataType === 'text' && !/(^|_)(id|by|cle|genre|hash)$/.test(column.name))
					.map((column) => `${name}.${column.name}`)
					.filter((column) => !known.has(column))
			);
			expect(others.filter((column) => !LAISSEES.some((each) => column.startsWith(each))).sort()).toEqual([]);
		});
	});
}

/** Columns and tables that replacing leaves alone, by why. */
const LAISSEES = [
	// Derived from a live document, where it is replaced.
	...['fiche_champs.', 'fiche_organismes.', 'fiche_schemas.', 'section_champs.', 'section_textes.', 'constats.'],
	...['noeuds.', 'figures.', 'figure_', 'recherche_', 'seance_tables.synthese', 'organismes.nom_plie'],
	// Replaced by the name of the organisme, which former names lead to: those stay.
	...['organismes.nom', 'organisme_alias.', 'anciens_codes.'],
	// What was said, done, printed or received then.
	...['journal.', 'operations.', 'fiche_filiations.', 'textes_importes.', 'rescapes.', 'quarantaine.'],
	...['cartes.', 'groupes.', 'scrutins.', 'versements.', 'messages_de_salle.', 'sieges.', 'evaluations.'],
	...['voix.', 'voix_comptees.', 'actes_de_salle.', 'photos_de_salle.', 'salles.', 'codes_de_salle.'],
	// People, and what is of the installation.
	...['comptes.', 'sessions.', 'essais_de_connexion.', 'liens.', 'participations.', 'abonnements.', 'reglages.'],
	...['auteurs.', 'ecritures.', 'documents.', 'mises_a_jour.', 'modeles.', 'pieces_jointes.', 'sqlite_', 'kysely_'],
	// Numbers, days, choices and links.
	...[
		'bilans.annees',
		'bilan_indicateurs.valeurs',
		'bilan_actions.etat',
		'engagement_etats.date',
		'engagement_miroirs.'
	],
	...['etapes.ecrire', 'etapes.voir', 'etapes.vue', 'fiches.variante', 'instances.portee', 'instances.niveau'],
	...['instances.frequence_periode', 'phases.debut', 'phases.fin', 'scripts.format', 'seance_tables.forme'],
	...['seances.format', 'seances.date', 'seances.heure_', 'seances.suite_de', 'seance_textes.', 'sections.etat'],
	...['section_portees.portee', 'signataires.statut', 'signataires.date']
];
