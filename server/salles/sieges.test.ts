import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { salleDEssai } from '../../tests/support/salle.ts';
import { newToken } from '../ids.ts';
import { asksForTable, enterSalle, salleOfCode, salleOfJeton, SANS_ENTREE } from './entrees.ts';
import { tidySalles } from './menage.ts';
import { siegeOf, takeSiege } from './sieges.ts';

const DAY = 24 * 60 * 60 * 1000;
const INSCRITS = [{ organismeId: null, organisme: 'CAF', nombre: 3, usager: false }];

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`seats, on ${engine}`, () => {
		let app: TestApp;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		const sieges = async (seanceId: string) =>
			app.db.selectFrom('sieges').selectAll().where('seance_id', '=', seanceId).orderBy('numero').execute();

		it('gives one seat to a device that joins twice with the same token, and 120 to 120 devices at once', async () => {
			const { seanceId } = await salleDEssai(app);
			const arrivee = { genre: 'personne', tableId: null } as const;
			const token = newToken();
			const twice = await Promise.all([1, 2].map(() => takeSiege(app, seanceId, { ...arrivee, token })));
			expect(twice[0]).toEqual(twice[1]);
			await Promise.all(Array.from({ length: 119 }, () => takeSiege(app, seanceId, arrivee)));
			expect((await sieges(seanceId)).map(({ numero }) => numero)).toEqual(
				Array.from({ length: 120 }, (_, i) => i + 1)
			);
		});

		it('leads who comes during a round to the emptiest table, and asks before it', async () => {
			const salle = await salleDEssai(app);
			expect(await asksForTable(app, salle.seanceId, SANS_ENTREE)).toBe(true);
			await Promise.all([salle.siege(1), salle.siege(1), salle.siege(3)]);
			const early = await salle.siege(null);
			expect((await salle.lire()).sieges.find(({ id }) => id === early.siegeId)?.tableId).toBeNull();
			await salle.etape('tour', 1);
			expect(await asksForTable(app, salle.seanceId, SANS_ENTREE)).toBe(false);
			const late = await salle.siege(null);
			const { sieges, tables } = await salle.lire();
			expect(tables.find(({ id }) => id === sieges.find(({ id }) => id === late.siegeId)?.tableId)?.numero).toBe(2);
		});

		it('gives the seat of a slip once, with what its device had written', async () => {
			const salle = await salleDEssai(app, { inscrits: INSCRITS });
			await salle.etape('tour', 1);
			const [amina, bruno] = [await salle.siege(1), await salle.siege(1)];
			await salle.acte(amina, 'ajouterCarte', { texte: 'Un bus de plus le soir' });
			await salle.acte(amina, 'prendrePlace', { place: 2 });
			await expect(salle.acte(bruno, 'prendrePlace', { place: 2 })).rejects.toMatchObject({ code: 'conflit' });
			const slip = (await sieges(salle.seanceId)).find(({ numero }) => numero === 2)!;
			expect(await siegeOf(app.db, salle.seanceId, amina.token)).toBe(slip.id);
			const { cartes, sieges: held } = await salle.lire();
			expect(cartes.map(({ siegeId }) => siegeId)).toEqual([slip.id]);
			expect(held.some(({ id }) => id === amina.siegeId)).toBe(false);
			expect(
				held.some(({ id }) => id === bruno.siegeId),
				'who was refused keeps their seat'
			).toBe(true);
			await salle.acte({ genre: 'siege', siegeId: slip.id }, 'prendrePlace', { place: 3 });
			await salle.acte(bruno, 'prendrePlace', { place: 2 });
		});

		it('counts who has no device, with the number of their slip, and lets them take it later', async () => {
			const salle = await salleDEssai(app);
			const { tables } = await salle.lire();
			const donnees = { nombre: 2, table: tables[1]!.id };
			const given = await salle.acte(salle.animateur, 'ajouterPlaces', donnees, 'sans-telephone');
			expect(await salle.acte(salle.animateur, 'ajouterPlaces', donnees, 'sans-telephone')).toEqual(given);
			expect(given).toEqual({ places: [1, 2] });
			const phone = await salle.siege(null);
			await salle.acte(phone, 'prendrePlace', { place: 2 });
			const { sieges } = await salle.lire();
			expect(sieges.map(({ numero, pris, tableId }) => [numero, pris, tableId])).toEqual([
				[1, true, tables[1]!.id],
				[2, true, tables[1]!.id]
			]);
		});

		it('opens a room to its own token only, while it is open', async () => {
			const [ici, ailleurs] = [await salleDEssai(app), await salleDEssai(app)];
			const { jeton, code } = await app.db
				.selectFrom('salles')
				.select(['jeton', 'code'])
				.where('seance_id', '=', ici.seanceId)
				.executeTakeFirstOrThrow();
			expect(await salleOfCode(app.db, code!)).toEqual({ seanceId: ici.seanceId, jeton });
			expect(await enterSalle(app, ici.seanceId, { jeton }, newToken())).not.toBeNull();
			for (const forged of [null, {}, 'x', { jeton: null }, { jeton: ici.seanceId }])
				expect(await enterSalle(app, ici.seanceId, forged, newToken())).toBeNull();
			expect(await enterSalle(app, ailleurs.seanceId, { jeton }, newToken())).toBeNull();
			await app.db.updateTable('salles').set({ etat: 'close', code: null }).execute();
			expect(await salleOfJeton(app.db, jeton)).toBeNull();
			expect(await salleOfCode(app.db, code!)).toBeNull();
			expect(await enterSalle(app, ici.seanceId, { jeton }, newToken())).toBeNull();
		});

		it('keeps names out where they are not asked for', async () => {
			const [sans, avec] = [
				await salleDEssai(app),
				await salleDEssai(app, {
					reglages: { rotation: 'individuelle', questions: 'par_tour', noms: true, moderation: false }
				})
			];
			await expect(salleNom(sans)).rejects.toMatchObject({ code: 'interdit' });
			await salleNom(avec);
			expect((await avec.lire()).sieges.map(({ nom }) => nom)).toEqual(['Amina']);
		});

		it('forgets a seat a day after its séance is over, and still counts its person', async () => {
			const salle = await salleDEssai(app);
			const { token } = await salle.siege(1);
			await app.db.updateTable('salles').set({ etat: 'close', close_at: app.now() }).execute();
			app.advance(DAY - 1);
			await tidySalles(app);
			expect(await siegeOf(app.db, salle.seanceId, token)).not.toBeNull();
			app.advance(2);
			await tidySalles(app);
			expect(await siegeOf(app.db, salle.seanceId, token)).toBeNull();
			expect((await salle.lire()).sieges.map(({ pris }) => pris)).toEqual([true]);
		});

		it('forgets the seats of a room that nobody closed, two weeks after what was last done there', async () => {
			const salle = await salleDEssai(app);
			const { token } = await salle.siege(1);
			await app.db.updateTable('salles').set({ ouverte_at: app.now() }).execute();
			app.advance(10 * DAY);
			await salle.acte(salle.animateur, 'ajouterPlaces', { nombre: '1' });
			app.advance(10 * DAY);
			await tidySalles(app);
			expect(await siegeOf(app.db, salle.seanceId, token)).not.toBeNull();
			app.advance(5 * DAY);
			await tidySalles(app);
			expect(await siegeOf(app.db, salle.seanceId, token)).toBeNull();
			expect((await salle.lire()).etat).toBe('ouverte');
		});
	});
}

async function salleNom(salle: Awaited<ReturnType<typeof salleDEssai>>): Promise<unknown> {
	return salle.acte(await salle.siege(1), 'direNom', { nom: 'Amina' });
}
