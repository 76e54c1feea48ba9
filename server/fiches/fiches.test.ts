import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { prepareFiche } from '#lib/fiches/fiche.ts';
import { PARTIES_VIDES, type ArchivePacte, type ValeurChamp } from '#lib/pactes/archive.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { createPacteFromArchive } from '../pactes/create-pacte.ts';
import { projectFiche } from './fiche-projection.ts';
import { FICHE_ABSENTE, openFiche } from './fiches.ts';
import { readSynthese } from './synthese.ts';

const PLEINE: Record<string, ValeurChamp> = {
	finalite: { puces: ['Que chacun trouve une place'] },
	objectifs: { puces: ['Ouvrir vingt places', 'Couvrir les deux vallées'] },
	modalites: { puces: ['Un groupe par vallée'] },
	indicateurs: { puces: ['Nombre de places ouvertes'] },
	echeance: { texte: '2027 ou 2028' },
	partenaires: { organismes: ['o2', 'o1'], ouverte: true, texte: '' },
	pilotes: { organismes: ['o1'], ouverte: false, texte: '' }
};

const ARCHIVE: ArchivePacte = {
	format: 'copacte/pacte',
	version: 1,
	intitule: 'Pacte de la Haute-Rivière',
	territoire: 'Haute-Rivière',
	debut: 2026,
	fin: 2030,
	modele: MODELE_ORNE,
	organismes: [
		{ id: 'o1', nom: 'CAF', alias: [] },
		{ id: 'o2', nom: 'Mission locale', alias: ['ML'] }
	],
	noeuds: [
		{ id: 'n1', parent: null, niveau: 'axe', titre: 'Aller vers' },
		{ id: 'n2', parent: 'n1', niveau: 'perspective', titre: 'Être là où sont les gens' },
		{ id: 'n3', parent: 'n1', niveau: 'action', titre: 'Ouvrir un lieu à Valmorin' },
		{ id: 'n4', parent: 'n1', niveau: 'action', titre: 'Un bus des droits' },
		{ id: 'n5', parent: null, niveau: 'axe', titre: 'Lever les freins' },
		{ id: 'n6', parent: 'n5', niveau: 'action', titre: 'Garder les enfants' },
		{ id: 'n7', parent: 'a_classer', niveau: 'action', titre: 'Idée gardée' }
	],
	fiches: [
		{ noeud: 'n3', champs: PLEINE },
		{ noeud: 'n4', champs: { ...PLEINE, pilotes: { organismes: [], ouverte: false, texte: '' } } },
		{ noeud: 'n6', champs: { ...PLEINE, echeance: { texte: 'tout au long du pacte' } } }
	],
	signataires: [],
	engagements: [],
	textes: [],
	...PARTIES_VIDES
};

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`fiches read from rows on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let pacte: { id: string; modele: typeof MODELE_ORNE; debut: number; fin: number };
		let idOf: (titre: string) => Promise<string>;

		beforeAll(async () => {
			app = await openTestApp(engine);
			const id = await createPacteFromArchive(app, ARCHIVE, { compteId: null, acte: 'pacte_importe' });
			pacte = { id, modele: MODELE_ORNE, debut: 2026, fin: 2030 };
			idOf = async (titre) =>
				(await app.db.selectFrom('noeuds').select('id').where('titre', '=', titre).executeTakeFirstOrThrow()).id;
		});
		afterAll(() => app.end());

		const open = async (titre: string) => openFiche(app, pacte, await idOf(titre));

		test('what a fiche holds is what was written, organismes in their order', async () => {
			const { valeurs } = await open('Ouvrir un lieu à Valmorin');
			const caf = await app.db.selectFrom('organismes').select('id').where('nom', '=', 'CAF').executeTakeFirstOrThrow();
			expect(valeurs).toMatchObject({ ...PLEINE, pilotes: { organismes: [caf.id] }, partenaires: { ouverte: true } });
			const { partenaires } = valeurs;
			expect(partenaires && 'organismes' in partenaires && partenaires.organismes[1]).toBe(caf.id);
		});

		test('a fiche knows its axe, its code and its neighbours across axes', async () => {
			const fiche = await open('Un bus des droits');
			expect(fiche).toMatchObject({ code: '1.2', niveau: 'fiche-action', aClasser: false });
			expect(fiche.ancetres).toMatchObject([{ titre: 'Aller vers', code: '1', niveau: 'axe' }]);
			expect(fiche.precedente).toMatchObject({ code: '1.1', titre: 'Ouvrir un lieu à Valmorin' });
			expect(fiche.suivante).toMatchObject({ code: '2.1', titre: 'Garder les enfants' });
			expect((await open('Garder les enfants')).suivante).toBeNull();
		});

		test('a fiche that is set aside has no code and no neighbour among the others', async () => {
			expect(await open('Idée gardée')).toMatchObject({
				code: '',
				aClasser: true,
				ancetres: [],
				precedente: null,
				suivante: null
			});
		});

		test('a fiche whose node has just been made is waited for', async () => {
			const born = 'nouvelle_fiche_000001';
			const settle = vi.fn(async () => {
				await app.db.insertInto('fiches').values({ id: born, pacte_id: pacte.id, created_at: app.now() }).execute();
				const doc = new Y.Doc();
				prepareFiche(doc, MODELE_ORNE);
				const context = { id: born, pacteId: pacte.id, modele: MODELE_ORNE, now: app.now() };
				await app.db.transaction().execute((trx) => projectFiche(trx, doc, context));
			});
			const fiche = await openFiche({ db: app.db, collaboration: { ...app.collaboration, settle } }, pacte, born);
			expect(settle).toHaveBeenCalledExactlyOnceWith(pacte.id);
			expect(fiche.valeurs.objectifs).toEqual({ puces: [] });
		});

		test('one that does not exist, or is of another pacte, is not found', async () => {
			const collaboration = { ...app.collaboration, settle: async () => {} };
			const other = await createPacteFromArchive(
				app,
				{ ...ARCHIVE, noeuds: [], fiches: [] },
				{ compteId: null, acte: 'pacte_cree' }
			);
			for (const [id, fiche] of [
				[pacte.id, 'inconnue_0000000000'],
				[other, await idOf('Un bus des droits')]
			] as const) {
				await expect(openFiche({ db: app.db, collaboration }, { ...pacte, id }, fiche)).rejects.toThrow(FICHE_ABSENTE);
			}
		});

		test('the tableau de synthèse follows the tree; holes are named; what is set aside is only counted', async () => {
			const { lignes, aClasser } = await readSynthese(app.db, pacte);
			expect(lignes.map(({ code, titre, axe }) => [axe?.code, code, titre])).toEqual([
				['1', '1.1', 'Ouvrir un lieu à Valmorin'],
				['1', '1.2', 'Un bus des droits'],
				['2', '2.1', 'Garder les enfants']
			]);
			expect(aClasser).toBe(1);
			expect(lignes.map(({ completude }) => completude.trous.map(({ message }) => message))).toEqual([
				[],
				['Pilote manquant'],
				[]
			]);
			expect(lignes[0]?.partenaires).toMatchObject({
				organismes: [{ nom: 'Mission locale' }, { nom: 'CAF' }],
				ouverte: true
			});
		});

		test('an échéance gives its years: « 2027 ou 2028 » both, « tout au long du pacte » all', async () => {
			const { lignes } = await readSynthese(app.db, pacte);
			expect(lignes[0]).toMatchObject({ echeance: '2027 ou 2028', annees: [2027, 2028] });
			expect(lignes[2]?.annees).toEqual([2026, 2027, 2028, 2029, 2030]);
		});
	});
}
