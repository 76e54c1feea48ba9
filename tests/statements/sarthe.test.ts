// What the model of the Sarthe creates and how its tree behaves: labels, codes and numbers only (domain.md §4, §11).
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentName } from '#lib/documents/document.ts';
import { addNoeud, codesOf, moveNoeud, readArbre } from '#lib/orientations/arbre.ts';
import type { ArchivePacte, NoeudArchive } from '#lib/pactes/archive.ts';
import { usualStart } from '#lib/pactes/modeles/modele-de-pacte.ts';
import { DEMARCHE_SARTHE } from '#lib/pactes/modeles/demarches.ts';
import { MODELES_DE_PACTE } from '#lib/pactes/modeles/modeles-de-pacte.ts';
import { archiveOfModele } from '#lib/pactes/modeles/new-archive.ts';
import { MODELE_SARTHE } from '#lib/pactes/modeles/structures.ts';
import { champsOfVariante, type ChampTableau } from '#lib/pactes/modele.ts';
import { listInstances } from '#server/gouvernance/instances.ts';
import { openFiche } from '#server/fiches/fiches.ts';
import { setVariante } from '#server/fiches/variante.ts';
import { readArchive } from '#server/export/archive.ts';
import { createPacteFromArchive } from '#server/pactes/create-pacte.ts';
import { listPhases } from '#server/phases/phases.ts';
import { search } from '#server/recherche/search.ts';
import { readReferences } from '#server/sections/references.ts';
import { listSeances } from '#server/seances/seances.ts';
import { openTestApp, type TestApp } from '../support/app.ts';
import { addPersonne } from '../support/personnes.ts';

const PACTE = { intitule: 'Pacte de la Haute-Rivière', territoire: 'Haute-Rivière', debut: 2017, fin: 2021 };
const MODELE = MODELES_DE_PACTE.find(({ structure }) => structure.id === 'sarthe')!;

/** The 27 rows of its table, by their codes. */
const CODES =
	'I1a I1b I2a1 I2a2 I2a3 I3a1 I3a2 I3b1 I3b2 I3c1 I3c2 I3d1 I3d2 I4a1 I4a2 I4a3 I4b I4c I5a1 I5a2 I5b1 I5b2 II6a II6b II7a III8a III8b'.split(
		' '
	);

/** The tree that these codes tell, with its 18 cadres d’actions beside the actions. */
function arbreDeLaSarthe(): NoeudArchive[] {
	const noeuds: NoeudArchive[] = [];
	const ids = new Map<string, string>();
	const add = (code: string, parent: string | null, niveau: string, titre = `Titre ${code}`) => {
		const known = ids.get(code);
		if (known) return known;
		const id = `n${noeuds.length + 1}`;
		ids.set(code, id);
		noeuds.push({ id, parent, niveau, titre });
		return id;
	};
	for (const code of CODES) {
		const [, strategique, operationnel, action, sous] = /^([IV]+)(\d)([a-z])(\d)?$/.exec(code)!;
		const top = add(strategique!, null, 'strategique');
		const op = add(`${strategique}${operationnel}`, top, 'operationnel');
		const act = add(`${strategique}${operationnel}${action}`, op, 'action');
		if (sous) add(code, act, 'sous_action');
	}
	const operationnels = noeuds.filter(({ niveau }) => niveau === 'operationnel');
	for (let i = 0; i < 18; i++)
		add(`cadre ${i + 1}`, operationnels[i % operationnels.length]!.id, 'cadre', `Cadre d’action ${i + 1}`);
	return noeuds;
}

describe('the pacte of the Sarthe', () => {
	let app: TestApp;
	let by: string;
	let id: string;
	beforeAll(async () => {
		app = await openTestApp();
		by = await addPersonne(app, 'Amina');
		const start = usualStart(DEMARCHE_SARTHE.depart, PACTE.debut);
		const archive: ArchivePacte = { ...archiveOfModele(PACTE, MODELE, start), noeuds: arbreDeLaSarthe() };
		id = await createPacteFromArchive(app, archive, { compteId: by, acte: 'pacte_cree' });
	});
	afterAll(() => app?.end());

	const noeudAt = async (code: string) =>
		(
			await app.db
				.selectFrom('noeuds')
				.select('id')
				.where('pacte_id', '=', id)
				.where('code', '=', code)
				.executeTakeFirst()
		)?.id ?? '';
	const codesOfFiches = async () =>
		(
			await app.db
				.selectFrom('noeuds')
				.select('code')
				.where('pacte_id', '=', id)
				.where('porte_fiche', '=', 1)
				.orderBy('ordre')
				.execute()
		).map(({ code }) => code);

	test('Sarthe 1: four étapes, five themes, ateliers in two waves, and a groupe projet of six bodies are created in one action', async () => {
		const [phases, instances, seances] = await Promise.all([
			listPhases(app.db, id),
			listInstances(app.db, id),
			listSeances(app.db, id)
		]);
		expect(phases).toHaveLength(4);
		const ateliers = seances.filter(({ theme }) => theme !== '');
		expect(new Set(ateliers.map(({ theme }) => theme)).size).toBe(5);
		expect([1, 2].map((tour) => ateliers.filter((seance) => seance.tour === tour).length)).toEqual([5, 5]);
		const last = (tour: number) =>
			ateliers
				.filter((seance) => seance.tour === tour)
				.map(({ date }) => date)
				.sort();
		expect(last(1).at(-1)! < last(2)[0]!).toBe(true);
		const groupe = instances.find(({ nom }) => nom === 'Groupe projet')!;
		expect(groupe.composition.split(', ')).toHaveLength(6);
	});

	test('Sarthe 2: levels I / 1 / a / 1 give the codes of the 27 fiches, and operational numbers run on from 1 to 8', async () => {
		expect(await codesOfFiches()).toEqual(CODES);
		const rows = await app.db.selectFrom('noeuds').selectAll().where('pacte_id', '=', id).orderBy('ordre').execute();
		const of = (niveau: string) => rows.filter((row) => row.niveau === niveau).map(({ code }) => code);
		expect(of('strategique')).toEqual(['I', 'II', 'III']);
		expect(of('operationnel')).toEqual(['I1', 'I2', 'I3', 'I4', 'I5', 'II6', 'II7', 'III8']);
		expect(of('action')).toHaveLength(17);
		expect(of('sous_action')).toHaveLength(18);
	});

	test('Sarthe 10: eighteen cadres d’actions stand beside the seventeen actions, without number, and force nothing', async () => {
		const rows = await app.db.selectFrom('noeuds').selectAll().where('pacte_id', '=', id).execute();
		const cadres = rows.filter(({ niveau }) => niveau === 'cadre');
		expect(cadres.map(({ code, porte_fiche }) => [code, porte_fiche])).toEqual(Array(18).fill(['', 0]));
		expect(rows.filter(({ niveau }) => niveau === 'action')).toHaveLength(17);
		const { noeuds } = await readArchive(app, id);
		expect(noeuds.filter(({ niveau }) => niveau === 'cadre')).toHaveLength(18);
	});

	test('Sarthe 4: a fiche has contexte, objectifs, pilotes, partenaires, livrables in five columns, indicateurs, liens, observations, conditions', async () => {
		const { valeurs } = await openFiche(app, { id, modele: MODELE_SARTHE }, await noeudAt('I3a1'));
		expect(Object.keys(valeurs)).toEqual([
			'contexte',
			'objectifs',
			'pilotes',
			'partenaires',
			'livrables',
			'indicateurs',
			'liens',
			'observations',
			'conditions'
		]);
		const livrables = MODELE_SARTHE.champs.find((champ) => champ.id === 'livrables') as ChampTableau;
		expect(livrables.colonnes).toHaveLength(5);
	});

	test('Sarthe 6: two fiches take the variant of three columns, and the others keep five', async () => {
		for (const code of ['III8a', 'III8b'])
			await setVariante(app, { pacteId: id, by }, { fiche: await noeudAt(code), variante: 'livrables_courts' });
		const { fiches } = await readArchive(app, id);
		expect(fiches.flatMap(({ variante }, i) => (variante ? [CODES[i]] : []))).toEqual(['III8a', 'III8b']);
		const columns = (variante: string | null) =>
			(champsOfVariante(MODELE_SARTHE, variante).find((champ) => champ.id === 'livrables') as ChampTableau).colonnes
				.length;
		expect([columns('livrables_courts'), columns(null)]).toEqual([3, 5]);
	});

	test('Sarthe 2: moving an action recodes it everywhere; the search and the fiche know its former code, references say the present one', async () => {
		const moved = await noeudAt('I3a1');
		const [action, other] = [await noeudAt('I3a'), await noeudAt('II6')];
		await app.collaboration.edit(documentName('orientations', id), (doc) => moveNoeud(doc, action, other), by);
		await app.collaboration.settle(id);
		const { code, anciens } = await openFiche(app, { id, modele: MODELE_SARTHE }, moved);
		expect([code, anciens]).toEqual(['II6c1', ['I3a1']]);
		expect(await codesOfFiches()).toContain('I3a1'); // What was I3b1.
		const { groupes } = await search(app.db, { pacteId: id, by, question: 'I3a1' });
		const found = groupes.find(({ kind }) => kind === 'fiche')!.trouvailles;
		expect(found.slice(0, 2).map((each) => [each.code, each.lieu.includes('I3a1 (ancien numéro)')])).toEqual([
			['I3a1', false],
			['II6c1', true]
		]);
		const { renvois } = await readReferences(app.db, { id, modele: MODELE_SARTHE });
		expect(renvois[`noeud:${moved}`]?.texte).toBe('fiche\u00a0II6c1');
		const { noeuds } = await readArchive(app, id);
		expect(noeuds.find(({ anciens: codes }) => codes?.includes('I3a2'))).toMatchObject({ niveau: 'sous_action' });
	});

	test('an action that gets a sous-action gives it its fiche, unless it has words of its own', async () => {
		const [blank, written] = [await noeudAt('III8a'), await noeudAt('III8b')];
		await app.collaboration.edit(
			documentName('fiche', written),
			(doc) =>
				void (doc.getMap('champs').get('contexte') as { insert(at: number, text: string): void }).insert(0, 'Dit'),
			by
		);
		await app.collaboration.settle(id);
		await app.collaboration.edit(
			documentName('orientations', id),
			(doc) => {
				for (const parent of [blank, written])
					addNoeud(doc, { id: `${parent.slice(0, 19)}Z`, parent, niveau: 'sous_action', titre: 'Sous' });
			},
			by
		);
		await app.collaboration.settle(id);
		expect((await codesOfFiches()).filter((code) => code.startsWith('III'))).toEqual(['III8a1', 'III8b', 'III8b1']);
		const tree = await app.collaboration.read(documentName('orientations', id), (doc) => {
			const arbre = readArbre(doc);
			return [...codesOf(arbre, MODELE_SARTHE).values()].filter((code) => code.startsWith('III8'));
		});
		expect(tree).toEqual(['III8', 'III8a', 'III8a1', 'III8b', 'III8b1']);
	});
});
