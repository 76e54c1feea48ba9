import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MODELES } from '#lib/salles/scripts.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { salleDEssai } from '../../tests/support/salle.ts';
import { newId } from '../ids.ts';
import { readSalle } from './read-salle.ts';
import { changeScript, copyScript, keepScript, listScripts, readScript, removeScript, useScript } from './scripts.ts';

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`scripts that a pacte keeps, on ${engine}`, () => {
		let app: TestApp;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		async function seance(pacteId: string): Promise<string> {
			const id = newId();
			await app.db
				.insertInto('seances')
				.values({
					id,
					pacte_id: pacteId,
					instance_id: null,
					rang: 1,
					titre: 'Groupe mobilité',
					format: 'groupe_de_travail',
					created_at: app.now()
				})
				.execute();
			return id;
		}

		it('makes the room of a séance that has none from any model, ready to be opened', async () => {
			const { pacte, acte, animateur } = await salleDEssai(app);
			expect(new Set(MODELES.map(({ format }) => format)).size, 'models of several formats').toBeGreaterThan(3);
			for (const { id: scriptId, etapes } of MODELES) {
				const seanceId = await seance(pacte.pacteId);
				await useScript(
					app,
					{ ...pacte, seanceId },
					{ scriptId, questions: ['Quoi\u00a0?', 'Comment\u00a0?'], tables: 2 }
				);
				const salle = (await readSalle(app.db, seanceId))!;
				expect(salle.etapes.map(({ titre }) => titre)).toEqual(etapes.map(({ titre }) => titre));
				expect(salle.tables).toHaveLength(2);
				expect(salle.etapes.find(({ genre }) => genre === 'tour')?.questionId).toBe(salle.questions[0]!.id);
				expect(salle.etapes.filter(({ genre }) => genre === 'tour').map(({ tour }) => tour)).toEqual(
					etapes.filter(({ genre }) => genre === 'tour').map((_, i) => i + 1)
				);
			}
			expect(await acte(animateur, 'ouvrirSalle')).toBeTruthy();
		});

		it('keeps the steps of a room, copies a model, changes the copy, and uses it elsewhere', async () => {
			const { pacte, seanceId } = await salleDEssai(app);
			const kept = await keepScript(app, pacte, { seanceId, titre: 'Notre café' });
			const copy = await copyScript(app, pacte, { scriptId: 'groupe-1' });
			const { etapes } = await readScript(app.db, pacte.pacteId, copy);
			await changeScript(app, pacte, {
				scriptId: copy,
				titre: 'Groupe à notre façon',
				etapes: [...etapes.slice(0, 2), { ...etapes[1]!, titre: 'Encore un tour' }]
			});
			const [first, second] = await listScripts(app.db, pacte.pacteId);
			expect(first).toMatchObject({ id: kept, titre: 'Notre café', format: 'world_cafe' });
			expect(second?.etapes.map(({ titre, tour }) => [titre, tour])).toEqual([
				['Accueil', null],
				['Ce que nous constatons', 1],
				['Encore un tour', 2]
			]);
			const other = await seance(pacte.pacteId);
			await useScript(app, { ...pacte, seanceId: other }, { scriptId: kept, questions: ['Une seule'], tables: 1 });
			const salle = (await readSalle(app.db, other))!;
			expect(salle.etapes.filter(({ genre }) => genre === 'tour').map(({ questionId }) => questionId)).toEqual([
				salle.questions[0]!.id,
				salle.questions[0]!.id
			]);
			await removeScript(app, pacte, { scriptId: copy });
			expect(await listScripts(app.db, pacte.pacteId)).toHaveLength(1);
		});

		it('refuses a room that is open, a script of another pacte, one without steps, and who does not lead', async () => {
			const { pacte, seanceId } = await salleDEssai(app);
			const room = { scriptId: 'comite', questions: [], tables: 1 };
			await expect(useScript(app, { ...pacte, seanceId }, room)).rejects.toMatchObject({ code: 'conflit' });
			const elsewhere = (await salleDEssai(app)).pacte;
			const scriptId = await copyScript(app, elsewhere, { scriptId: 'comite' });
			await expect(readScript(app.db, pacte.pacteId, scriptId)).rejects.toMatchObject({ code: 'introuvable' });
			await expect(
				changeScript(app, pacte, { scriptId, titre: 'x', etapes: MODELES[0]!.etapes })
			).rejects.toMatchObject({
				code: 'introuvable'
			});
			await expect(changeScript(app, elsewhere, { scriptId, titre: 'x', etapes: [] })).rejects.toMatchObject({
				code: 'invalide'
			});
			await expect(keepScript(app, elsewhere, { seanceId, titre: 'Le leur' })).rejects.toMatchObject({
				code: 'introuvable'
			});
			const by = await pacte.membre('partenaire');
			await expect(copyScript(app, { ...pacte, by }, { scriptId: 'comite' })).rejects.toMatchObject({
				code: 'interdit'
			});
		});
	});
}
