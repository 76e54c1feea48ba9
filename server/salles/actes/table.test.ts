import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { vueSiege } from '#lib/salles/vue-siege.ts';
import { engines, openTestApp, type TestApp } from '../../../tests/support/app.ts';
import { salleDEssai, type SalleDEssai } from '../../../tests/support/salle.ts';

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`a table, on ${engine}`, () => {
		let app: TestApp;
		let salle: SalleDEssai;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		it('calls the facilitator, and not any more; says that it has done, until the next step', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			const siege = await salle.siege(2);
			const table = async () => (await salle.lire()).tables[1];
			await salle.acte(siege, 'appelerAnimateur', { oui: true });
			const asked = (await table())?.aideAt;
			app.advance(60_000);
			await salle.acte(siege, 'appelerAnimateur', { oui: true });
			expect(await table()).toMatchObject({ aideAt: asked });
			await salle.acte(siege, 'appelerAnimateur', { oui: false });
			await salle.acte(siege, 'avoirFini', { oui: true });
			expect(await table()).toMatchObject({ aideAt: null, finieAt: app.now() });
			await salle.etape('deplacement', 2);
			expect(await table()).toMatchObject({ finieAt: null });
			await app.db.updateTable('sieges').set({ table_id: null }).execute();
			await expect(salle.acte(siege, 'appelerAnimateur', { oui: true })).rejects.toMatchObject({ code: 'conflit' });
		});

		it('has its host’s role handed over in two taps; the two then take each other’s way', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			const [hote, autre, troisieme] = [await salle.siege(1), await salle.siege(1), await salle.siege(1)];
			const { tables } = await salle.lire();
			await salle.acte(hote, 'prendreHote');
			await app.db
				.insertInto('passages')
				.values([
					{ seance_id: salle.seanceId, tour: 1, siege_id: autre.siegeId, table_id: tables[0]!.id },
					{ seance_id: salle.seanceId, tour: 2, siege_id: hote.siegeId, table_id: tables[0]!.id },
					{ seance_id: salle.seanceId, tour: 2, siege_id: autre.siegeId, table_id: tables[2]!.id }
				])
				.execute();
			await expect(salle.acte(autre, 'prendreHote')).rejects.toMatchObject({ code: 'conflit' });
			await salle.acte(hote, 'cederHote', { oui: true });
			const offered = vueSiege(await salle.lire(), autre.siegeId);
			expect(offered?.table).toMatchObject({ cedee: true, hoteAPrendre: true });
			await salle.acte(autre, 'prendreHote');
			await expect(salle.acte(troisieme, 'prendreHote')).rejects.toMatchObject({ code: 'conflit' });
			const after = await salle.lire();
			expect(after.sieges.filter((siege) => siege.hote).map(({ id }) => id)).toEqual([autre.siegeId]);
			const at = (siegeId: string, tour: number) =>
				after.passages.find((passage) => passage.siegeId === siegeId && passage.tour === tour)?.tableId;
			expect([at(autre.siegeId, 1), at(autre.siegeId, 2), at(hote.siegeId, 2)]).toEqual([
				tables[0]!.id,
				tables[0]!.id,
				tables[2]!.id
			]);
			await salle.etape('deplacement', 2);
			const moving = await salle.lire();
			expect(vueSiege(moving, hote.siegeId)?.destination).toMatchObject({ table: { numero: 3 }, reste: false });
			expect(vueSiege(moving, autre.siegeId)?.destination).toMatchObject({ table: { numero: 1 }, reste: true });
		});
	});

	describe.skipIf(missing)(`a seat’s vote, on ${engine}`, () => {
		let app: TestApp;
		let salle: SalleDEssai;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		async function scrutin(budget: number) {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			const siege = await salle.siege(1);
			const objets = [];
			for (const texte of ['Un bus', 'Une crèche'])
				objets.push(((await salle.acte(siege, 'ajouterCarte', { texte })) as { carte: string }).carte);
			await salle.etape('vote');
			const opened = await salle.acte(salle.animateur, 'ouvrirScrutin', { sur: 'cartes', objets, budget });
			return { siege, objets, id: (opened as { scrutin: string }).scrutin };
		}

		it('never gives more than its budget, replaces what it gave, and may take all back', async () => {
			const { siege, objets, id } = await scrutin(3);
			const vote = (i: number, points: number) => salle.acte(siege, 'voter', { scrutin: id, objet: objets[i], points });
			await vote(0, 2);
			await vote(0, 3);
			await expect(vote(1, 1)).rejects.toMatchObject({ code: 'conflit' });
			await vote(0, 1);
			await vote(1, 2);
			expect((await salle.lire()).voix.map(({ points }) => points).sort()).toEqual([1, 2]);
			expect(vueSiege(await salle.lire(), siege.siegeId)).toMatchObject({
				scrutin: { reste: 0 },
				objets: [
					{ mes: 1, resultat: null },
					{ mes: 2, resultat: null }
				]
			});
			await vote(0, 0);
			await vote(1, 0);
			expect((await salle.lire()).voix).toEqual([]);
		});

		it('of many sent at once, keeps the sum within the budget', async () => {
			const { siege, objets, id } = await scrutin(4);
			await Promise.allSettled(
				[1, 2, 3, 4].flatMap((points) =>
					objets.map((objet) => salle.acte(siege, 'voter', { scrutin: id, objet, points }))
				)
			);
			const sum = (await salle.lire()).voix.reduce((total, { points }) => total + points, 0);
			expect(sum).toBeGreaterThan(0);
			expect(sum).toBeLessThanOrEqual(4);
		});

		it('is refused once the vote is closed, and for what is not voted on; results are shown then', async () => {
			const { siege, objets, id } = await scrutin(3);
			const vote = (objet: unknown) => salle.acte(siege, 'voter', { scrutin: id, objet, points: 1 });
			await expect(vote('une-autre-carte')).rejects.toMatchObject({ code: 'introuvable' });
			await vote(objets[0]);
			await salle.acte(salle.animateur, 'fermerScrutin', { scrutin: id });
			await expect(vote(objets[1])).rejects.toMatchObject({ code: 'conflit' });
			expect(vueSiege(await salle.lire(), siege.siegeId)?.objets).toMatchObject([
				{ texte: 'Un bus', mes: 1, resultat: { points: 1 } },
				{ texte: 'Une crèche', mes: 0, resultat: { points: 0 } }
			]);
		});
	});
}
