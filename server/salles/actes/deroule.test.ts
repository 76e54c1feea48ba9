import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { engines, openTestApp, type TestApp } from '../../../tests/support/app.ts';
import { salleDEssai, type SalleDEssai } from '../../../tests/support/salle.ts';

const MINUTE = 60_000;

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`the script of a room, changed while people work, on ${engine}`, () => {
		let app: TestApp;
		let salle: SalleDEssai;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		const anime = (acte: string, donnees: Record<string, unknown> = {}) => salle.acte(salle.animateur, acte, donnees);
		const titres = async () => (await salle.lire()).etapes.map(({ titre }) => titre);
		const idOf = async (titre: string) => (await salle.lire()).etapes.find((etape) => etape.titre === titre)!.id;

		it('takes a round more between two, and numbers those to come again', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			const apres = await idOf('Tour 1');
			await anime('ajouterEtape', { genre: 'tour', titre: 'Tour de secours', minutes: 10, ecrire: 'tous', apres });
			const { etapes } = await salle.lire();
			expect(etapes.map(({ titre, tour }) => [titre, tour])).toEqual([
				['Accueil', null],
				['Tour 1', 1],
				['Tour de secours', 2],
				['Changement de table, vers le tour 3', 3],
				['Tour 3', 3],
				['Récolte', null],
				['Vote', null],
				['Fin', null]
			]);
			expect(etapes[2]).toMatchObject({ duree: 600, ecrire: 'tous' });
		});

		it('changes what is said, and moves the end of the step that is under way', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			const etape = await idOf('Tour 1');
			const start = app.now();
			app.advance(5 * MINUTE);
			await anime('modifierEtape', { etape, consigne: 'Dites aussi ce qui marche.', minutes: 30 });
			const { etapes, minuteur } = await salle.lire();
			expect(etapes.find(({ id }) => id === etape)).toMatchObject({
				consigne: 'Dites aussi ce qui marche.',
				duree: 1800,
				titre: 'Tour 1',
				ecrire: 'tous'
			});
			expect(minuteur?.fin).toBe(start + 30 * MINUTE);
			await anime('modifierEtape', { etape, minutes: null });
			expect((await salle.lire()).minuteur?.fin).toBeNull();
		});

		it('moves and takes away steps to come only', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			const [passee, courante, vote] = [await idOf('Accueil'), await idOf('Tour 1'), await idOf('Vote')];
			await anime('deplacerEtape', { etape: vote, sens: 'haut' });
			await anime('retirerEtape', { etape: await idOf('Fin') });
			expect((await titres()).slice(-2)).toEqual(['Vote', 'Récolte']);
			const first = await idOf('Changement de table, vers le tour 2');
			for (const [acte, donnees] of [
				['deplacerEtape', { etape: first, sens: 'haut' }],
				['deplacerEtape', { etape: courante, sens: 'bas' }],
				['retirerEtape', { etape: courante }],
				['retirerEtape', { etape: passee }],
				['modifierEtape', { etape: passee, titre: 'Autre' }],
				['ajouterEtape', { genre: 'pause', titre: 'Pause', apres: passee }]
			] as const)
				await expect(anime(acte, donnees), `${acte}`).rejects.toMatchObject({ code: 'conflit' });
		});

		it('keeps a step where cards were written, though one came back before it', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			await salle.acte(await salle.siege(1), 'ajouterCarte', { texte: 'Un bus' });
			await salle.etape('accueil');
			await expect(anime('retirerEtape', { etape: await idOf('Tour 1') })).rejects.toMatchObject({ code: 'conflit' });
			expect((await salle.lire()).cartes).toHaveLength(1);
		});

		it('refuses a question of another room, a right that does not exist, and a title of nothing', async () => {
			salle = await salleDEssai(app);
			const etape = await idOf('Tour 1');
			await expect(anime('modifierEtape', { etape, question: 'question-inconnue' })).rejects.toMatchObject({
				code: 'introuvable'
			});
			await expect(anime('modifierEtape', { etape, ecrire: 'chacun' })).rejects.toMatchObject({ code: 'invalide' });
			await expect(anime('modifierEtape', { etape, titre: ' ' })).rejects.toMatchObject({ code: 'invalide' });
			expect(await titres()).toContain('Tour 1');
		});
	});
}
