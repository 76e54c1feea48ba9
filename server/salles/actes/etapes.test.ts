import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { etapeDe, type Etape } from '#lib/salles/salle.ts';
import { engines, openTestApp, type TestApp } from '../../../tests/support/app.ts';
import { salleDEssai, type SalleDEssai } from '../../../tests/support/salle.ts';

const MINUTE = 60_000;

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`the steps of a room, on ${engine}`, () => {
		let app: TestApp;
		let salle: SalleDEssai;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		const anime = (acte: string, donnees: Record<string, unknown> = {}, by = salle.animateur) =>
			salle.acte(by, acte, donnees);
		const courante = async () => etapeDe(await salle.lire())!;
		const etapeNommee = async (titre: string): Promise<Etape> =>
			(await salle.lire()).etapes.find((etape) => etape.titre === titre)!;

		it('goes on once when two facilitators ask for the next step at the same moment', async () => {
			salle = await salleDEssai(app);
			const other = { genre: 'animateur', compteId: await salle.pacte.membre('animateur') } as const;
			const { id: depuis } = await courante();
			const next = await etapeNommee('Tour 1');
			const after = await etapeNommee('Changement de table, vers le tour 2');
			const answers = await Promise.all([
				anime('allerAEtape', { etape: next.id, depuis }),
				anime('allerAEtape', { etape: next.id, depuis }, other)
			]);
			expect(answers.filter(Boolean)).toEqual([{ deja: true }]);
			expect(await anime('allerAEtape', { etape: after.id, depuis }, other)).toEqual({ deja: true });
			expect((await courante()).titre).toBe('Tour 1');
		});

		it('undoes a change of step within ten seconds: step, timer, wall and « fini » as they were, and cards stay', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			await anime('mettreEnPause');
			const siege = await salle.siege(1);
			await app.db.updateTable('seance_tables').set({ finie_at: app.now() }).where('numero', '=', 2).execute();
			const before = await salle.lire();
			await salle.etape('deplacement', 2);
			await salle.acte(siege, 'ajouterCarte', { texte: 'Un covoiturage', etape: before.etapeId });
			app.advance(9_000);
			await anime('annulerEtape');
			const after = await salle.lire();
			expect(after).toMatchObject({
				etapeId: before.etapeId,
				minuteur: before.minuteur,
				tables: before.tables,
				avant: null
			});
			expect(after.cartes.map(({ texte }) => texte)).toEqual(['Un covoiturage']);

			// The step entered by mistake begins when it is really entered.
			app.advance(5 * MINUTE);
			await salle.etape('deplacement', 2);
			expect((await courante()).commenceeAt).toBe(app.now());
		});

		it('undoes nothing after ten seconds, nor what another facilitator did since', async () => {
			salle = await salleDEssai(app);
			const accueil = await courante();
			await salle.etape('tour', 1);
			expect(await anime('annulerEtape', { depuis: accueil.id })).toEqual({ deja: true });
			app.advance(10_001);
			await expect(anime('annulerEtape')).rejects.toMatchObject({ code: 'conflit' });
			expect((await courante()).titre).toBe('Tour 1');
		});

		it('gives more time from the end, from now where it is over, and stands still while it is paused', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			const start = app.now();
			await anime('prolonger', { minutes: 5 });
			expect((await salle.lire()).minuteur?.fin).toBe(start + 25 * MINUTE);
			app.advance(10 * MINUTE);
			await anime('mettreEnPause');
			app.advance(30 * MINUTE);
			await anime('prolonger', { minutes: 1 });
			await anime('reprendre');
			expect((await salle.lire()).minuteur).toEqual({
				debut: start + 30 * MINUTE,
				fin: start + 56 * MINUTE,
				pauseAt: null
			});
			app.advance(60 * MINUTE);
			await anime('prolonger', { minutes: 2 });
			expect((await salle.lire()).minuteur?.fin).toBe(app.now() + 2 * MINUTE);
			await expect(anime('prolonger', { minutes: 0 })).rejects.toMatchObject({ code: 'invalide' });
		});

		it('pauses once, and takes up again with what was left, even when the server’s clock was put back', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			await anime('mettreEnPause');
			const { pauseAt } = (await salle.lire()).minuteur!;
			app.advance(-2 * 60 * MINUTE);
			await anime('mettreEnPause');
			expect((await salle.lire()).minuteur?.pauseAt).toBe(pauseAt);
			await anime('reprendre');
			expect((await salle.lire()).minuteur?.fin).toBe(app.now() + 20 * MINUTE);
		});

		it('undoes a change made just before the server’s clock was put back by hours', async () => {
			salle = await salleDEssai(app);
			const accueil = await courante();
			await salle.etape('tour', 1);
			app.advance(-3 * 60 * MINUTE);
			await anime('annulerEtape');
			expect((await courante()).id).toBe(accueil.id);
		});

		it('is led by facilitators only, and only while the room is open', async () => {
			salle = await salleDEssai(app);
			const etape = (await etapeNommee('Tour 1')).id;
			await expect(anime('allerAEtape', { etape }, await salle.siege(1))).rejects.toMatchObject({ code: 'interdit' });
			const lecteur = { genre: 'animateur', compteId: await salle.pacte.membre('lecteur') } as const;
			await expect(anime('allerAEtape', { etape }, lecteur)).rejects.toMatchObject({ code: 'interdit' });
			await app.db.updateTable('salles').set({ etat: 'close' }).execute();
			await expect(anime('allerAEtape', { etape })).rejects.toMatchObject({ code: 'conflit' });
		});
	});
}
