import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { archiveOfModele } from '#lib/pactes/modeles/new-archive.ts';
import { MODELES_DE_PACTE } from '#lib/pactes/modeles/modeles-de-pacte.ts';
import { addPhasesType, listPhases } from '../phases/phases.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { pacteDEssai } from '../../tests/support/pacte.ts';
import { salleDEssai } from '../../tests/support/salle.ts';
import { readArchive } from '../export/archive.ts';
import { keepScript } from '../salles/scripts.ts';
import { createPacteFromArchive } from './create-pacte.ts';
import { keepModele, listModeles, removeModele, renameModele } from './modeles.ts';

describe.each(await engines())('a pacte is a model for the next ($engine)', ({ engine, missing }) => {
	describe.skipIf(missing !== null)(missing ?? 'here', () => {
		let app: TestApp;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterEach(async () => {
			await app.clear();
			await app.db.deleteFrom('modeles').execute();
		});
		afterAll(() => app?.end());

		const names = async () => (await listModeles(app.db)).map(({ contenu }) => contenu.structure.nom);

		test('one that was kept is offered first, and a pacte begins on it whole', async () => {
			const { pacteId, by } = await pacteDEssai(app);
			await addPhasesType(app, { pacteId, by });
			const id = await keepModele(app, { pacteId, by }, '  Haute-Rivière ', 'Le nôtre');
			const [first] = await listModeles(app.db);
			expect([first?.id, first?.garde, first?.contenu.structure.nom]).toEqual([id, true, 'Haute-Rivière']);
			const pacte = { intitule: 'Le suivant', territoire: 'Haute-Rivière', debut: 2031, fin: 2035 };
			const next = await createPacteFromArchive(app, archiveOfModele(pacte, first!.contenu, ''), {
				compteId: by,
				acte: 'pacte_cree'
			});
			expect((await listPhases(app.db, next)).map(({ titre }) => titre)).toEqual(
				(await listPhases(app.db, pacteId)).map(({ titre }) => titre)
			);
		});

		test('séances come with their steps, questions and tables, and the scripts that were kept; without people nor what was said', async () => {
			const { pacte: act, seanceId } = await salleDEssai(app);
			const { pacteId, by } = act;
			await app.db
				.updateTable('seance_tables')
				.set({ nom: 'Table de la gare', hote: 'Nadia Roche', synthese: 'On manque de bus' })
				.where('seance_id', '=', seanceId)
				.execute();
			await keepScript(app, act, { seanceId, titre: 'Notre atelier' });
			await keepModele(app, act, 'Avec ses séances', '');
			const [kept] = await listModeles(app.db);
			const written = JSON.stringify(kept);
			for (const said of ['Table de la gare', 'Nadia Roche', 'On manque de bus']) expect(written).not.toContain(said);
			const pacte = { intitule: 'Le suivant', territoire: 'Haute-Rivière', debut: 2031, fin: 2035 };
			const next = await createPacteFromArchive(app, archiveOfModele(pacte, kept!.contenu, ''), {
				compteId: by,
				acte: 'pacte_cree'
			});
			const [before, after] = [await readArchive(app, pacteId), await readArchive(app, next)];
			expect(after.scripts).toEqual(before.scripts);
			const [avant, apres] = [before.seances[0]!.salle!, after.seances[0]!.salle!];
			const etapes = avant.etapes.map((etape) => ({ ...etape, commencee: null, finie: null }));
			expect([apres.etat, apres.etapes, apres.questions]).toEqual(['preparation', etapes, avant.questions]);
			expect(apres.tables).toEqual(avant.tables.map((table) => ({ ...table, nom: '', hote: '', synthese: '' })));
		});

		test('it is renamed and removed, and the shipped ones stay', async () => {
			const { pacteId, by } = await pacteDEssai(app);
			const id = await keepModele(app, { pacteId, by }, 'Le nôtre', '');
			await renameModele(app, id, 'Celui d’ici', by);
			expect((await names())[0]).toBe('Celui d’ici');
			expect(await removeModele(app, id, by)).toBe('Celui d’ici');
			expect(await names()).toEqual(MODELES_DE_PACTE.map(({ structure }) => structure.nom));
			await expect(removeModele(app, id, by)).rejects.toMatchObject({ code: 'introuvable' });
			await expect(renameModele(app, id, 'Autre', by)).rejects.toMatchObject({ code: 'introuvable' });
		});

		test.each(['', '   ', 'orne', 'x'.repeat(300)])('a name that is none, or taken, is refused (%#)', async (nom) => {
			const { pacteId, by } = await pacteDEssai(app);
			await expect(keepModele(app, { pacteId, by }, nom, '')).rejects.toMatchObject({ code: 'invalide' });
		});

		test('only the équipe projet keeps it', async () => {
			const pacte = await pacteDEssai(app);
			const other = await pacte.membre('animateur');
			const kept = keepModele(app, { pacteId: pacte.pacteId, by: other }, 'Le mien', '');
			await expect(kept).rejects.toMatchObject({ code: 'interdit' });
			expect(await app.db.selectFrom('modeles').select('id').execute()).toEqual([]);
		});
	});
});
