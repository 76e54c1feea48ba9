import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
	ACTIONS,
	CIBLES_D_ACTIONS,
	ciblesOf,
	guessCorrespondance,
	isChampDeListe,
	type ChampDeListe
} from '#lib/listes/liste.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { addFiches, valeursDe } from '../../tests/support/fiches-d-essai.ts';
import { pacteDEssai, type PacteDEssai } from '../../tests/support/pacte.ts';
import { annulerOperation } from '../operations/operations.ts';
import { listOrganismes } from '../organismes/organismes.ts';
import { listNoeuds } from '../orientations/noeuds.ts';
import { importListe, previewListe } from './importer-liste.ts';

const CHAMP = MODELE_ORNE.champs.find(({ id }) => id === 'indicateurs') as ChampDeListe;

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`a list laid onto the fiches, on ${engine}`, () => {
		let app: TestApp;
		let pacte: PacteDEssai;
		let fiches: string[];
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		beforeEach(async () => {
			pacte = await pacteDEssai(app);
			const [axe] = (await pacte.axes('Se déplacer')) as [string];
			fiches = await addFiches(app, pacte, axe, 'Un bus le soir', 'Un permis');
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		const acteur = () => ({ pacteId: pacte.pacteId, by: pacte.by });
		const liste = (...rows: string[][]) => {
			const cellules = [['Indicateur', 'Code fiche'], ...rows];
			const correspondance = guessCorrespondance(cellules[0]!, ciblesOf(CHAMP));
			return { champ: CHAMP.id, cellules, entete: 0, correspondance };
		};
		const indicateurs = () => Promise.all(fiches.map(async (id) => (await valeursDe(app, id)).indicateurs));

		it('adds each row to the fiche of its code, says nothing twice, and is taken back in one act', async () => {
			const before = await indicateurs();
			const asked = liste(['Voyageurs le soir', '1.1'], ['Permis obtenus', '1.2.'], ['Permis passés', '1.2']);
			const { faits, operation } = await importListe(app, acteur(), MODELE_ORNE, asked);
			expect(faits).toBe(3);
			expect(JSON.stringify(await indicateurs())).toMatch(/Voyageurs le soir.*Permis obtenus.*Permis passés/);
			expect((await importListe(app, acteur(), MODELE_ORNE, asked)).faits).toBe(0);
			await annulerOperation(app, { ...acteur(), operationId: operation });
			expect(await indicateurs()).toEqual(before);
		});

		it('writes nothing when a row is wrong, and says which and why', async () => {
			const before = await indicateurs();
			const asked = liste(
				['Voyageurs', '1.1'],
				['Perdu', '9.9'],
				['', '1.2'],
				['Voyageurs', '1.1'],
				['Sans code', ''],
				['x'.repeat(500), '1.1']
			);
			const erreurs = (await previewListe(app, acteur(), MODELE_ORNE, asked)).map(({ ligne, erreur }) => [
				ligne,
				erreur
			]);
			expect(erreurs).toEqual([
				[2, ''],
				[3, 'Aucune fiche n’a le code «\u00a09.9\u00a0».'],
				[4, 'Il n’y a rien à écrire dans la fiche.'],
				[5, 'C’est la même chose qu’à la ligne 2.'],
				[6, 'Le code de la fiche manque.'],
				[7, expect.stringMatching(/dépasse 499 caractères/)]
			]);
			await expect(importListe(app, acteur(), MODELE_ORNE, asked)).rejects.toMatchObject({
				message: 'Rien n’est importé\u00a0: corrigez d’abord les lignes 3, 4, 5, 6, 7.'
			});
			expect(await indicateurs()).toEqual(before);
		});

		it('is refused to who may not write the fiches', async () => {
			await expect(
				importListe(app, { pacteId: pacte.pacteId, by: 'inconnu' }, MODELE_ORNE, liste(['Voyageurs', '1.1']))
			).rejects.toMatchObject({ name: 'DomainError' });
			expect(isChampDeListe(MODELE_ORNE.champs.find(({ id }) => id === 'echeance')!)).toBe(false);
		});

		it('fills the partenaires: names that one cell gives together, new ones added to the pacte, none twice', async () => {
			const cellules = [
				['Fiche', 'Partenaires'],
				['1.1', 'CAF, Mission locale du Val / Régie des bus'],
				['1.2', 'caf']
			];
			const champ = MODELE_ORNE.champs.find(({ id }) => id === 'partenaires') as ChampDeListe;
			const correspondance = guessCorrespondance(cellules[0]!, ciblesOf(champ));
			const asked = { champ: champ.id, cellules, entete: 0, correspondance };
			const { operation } = await importListe(app, acteur(), MODELE_ORNE, asked);
			const noms = new Map((await listOrganismes(app.db, pacte.pacteId)).map(({ id, nom }) => [id, nom]));
			const partenaires = async () =>
				(await Promise.all(fiches.map((id) => valeursDe(app, id)))).map(({ partenaires }) =>
					(partenaires as { organismes: string[] }).organismes.map((id) => noms.get(id))
				);
			expect(await partenaires()).toEqual([['CAF', 'Mission locale du Val', 'Régie des bus'], ['CAF']]);
			expect((await importListe(app, acteur(), MODELE_ORNE, asked)).faits).toBe(0);
			await annulerOperation(app, { ...acteur(), operationId: operation });
			expect(await partenaires()).toEqual([[], []]);

			const trop = { ...asked, cellules: [...cellules, ['1.1', `CAF, ${'x'.repeat(250)}`]] };
			const preview = await previewListe(app, acteur(), MODELE_ORNE, trop);
			expect(preview.map(({ erreur }) => erreur.replace(/x+/, 'x'))).toEqual([
				'',
				'',
				'« x…\u00a0» est trop long pour un nom.'.replace('« ', '«\u00a0')
			]);
		});

		it('creates actions under the branch that a column names, or under the one chosen, each with its fiche; all or none', async () => {
			await pacte.axes('Se loger');
			const cellules = [
				['Axe', 'Action'],
				['2', 'Une caution'],
				['Se déplacer', 'Un vélo'],
				['', 'Un garage'],
				['9', 'Perdue'],
				['1', 'Un bus le soir'],
				['1', '']
			];
			const correspondance = guessCorrespondance(cellules[0]!, CIBLES_D_ACTIONS);
			const tree = async () =>
				(await listNoeuds(app.db, pacte.pacteId))
					.filter(({ fiche, aClasser }) => fiche && !aClasser)
					.map(({ code, titre }) => `${code} ${titre}`);
			const before = await tree();
			const asked = { champ: ACTIONS, cellules, entete: 0, correspondance };
			expect((await previewListe(app, acteur(), MODELE_ORNE, asked)).map(({ erreur }) => erreur)).toEqual([
				'',
				'',
				expect.stringMatching(/^Rien ne dit où va cette action/),
				'Rien de ce nom ne peut tenir une action\u00a0: «\u00a09\u00a0».',
				'Cette action y est déjà\u00a0: 1.1.',
				'L’intitulé manque.'
			]);
			await expect(importListe(app, acteur(), MODELE_ORNE, asked)).rejects.toMatchObject({ code: 'invalide' });
			expect(await tree()).toEqual(before);

			const axe = (await listNoeuds(app.db, pacte.pacteId)).find(({ titre }) => titre === 'Se loger')!;
			const good = { ...asked, cellules: cellules.slice(0, 4), sous: axe.id };
			const { faits, operation } = await importListe(app, acteur(), MODELE_ORNE, good);
			expect(faits).toBe(3);
			expect(await tree()).toEqual([...before, '1.3 Un vélo', '2.1 Une caution', '2.2 Un garage']);
			expect(before).toEqual(['1.1 Un bus le soir', '1.2 Un permis']);
			const nouvelle = (await listNoeuds(app.db, pacte.pacteId)).find(({ titre }) => titre === 'Un garage')!;
			expect(await valeursDe(app, nouvelle.id)).toHaveProperty('objectifs');
			await annulerOperation(app, { ...acteur(), operationId: operation });
			expect(await tree()).toEqual(before);
		});
	});
}
