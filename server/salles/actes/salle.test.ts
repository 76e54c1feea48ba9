import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { engines, openTestApp, type TestApp } from '../../../tests/support/app.ts';
import { salleDEssai, type SalleDEssai } from '../../../tests/support/salle.ts';
import { battre } from '../repetition.ts';

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`the door of a room, on ${engine}`, () => {
		let app: TestApp;
		let salle: SalleDEssai;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		const anime = (acte: string, donnees: Record<string, unknown> = {}) => salle.acte(salle.animateur, acte, donnees);
		/** A room that nobody has opened. */
		const prepared = async () => {
			salle = await salleDEssai(app);
			await app.db.updateTable('etapes').set({ commencee_at: null }).execute();
			await app.db
				.updateTable('salles')
				.set({ etat: 'preparation', code: null, etape_id: null, etape_debut: null, ouverte_at: null })
				.execute();
			return salle.lire();
		};

		it('closes: cards no longer say which device brought them, the code is free, and it opens again with another', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			await salle.acte(await salle.siege(1), 'ajouterCarte', { texte: 'Un bus' });
			const { code, etapeId } = await salle.lire();
			await anime('fermerSalle');
			expect(await salle.lire()).toMatchObject({
				etat: 'close',
				code: null,
				cartes: [{ siegeId: null, texte: 'Un bus' }]
			});
			await anime('fermerSalle');
			await anime('ouvrirSalle');
			const again = await salle.lire();
			expect(again).toMatchObject({ etat: 'ouverte', etapeId });
			expect(again.code).toMatch(/^\d{6}$/);
			expect(again.code).not.toBe(code);
			expect((await salle.pacte.actes()).filter((acte) => acte.startsWith('salle_'))).toEqual([
				'salle_preparee',
				'salle_ouverte',
				'salle_close',
				'salle_ouverte'
			]);
		});

		it('is rehearsed with tables that write by themselves, and is afterwards as it was prepared', async () => {
			const before = await prepared();
			await anime('repeter');
			await anime('repeter');
			const rehearsed = await salle.lire();
			expect(rehearsed).toMatchObject({ etat: 'ouverte', repetition: true });
			expect(rehearsed.sieges.map(({ genre }) => genre)).toEqual(['simule', 'simule', 'simule']);
			await salle.etape('tour', 1);
			await salle.acte(await salle.siege(2), 'ajouterCarte', { texte: 'Un vrai téléphone' });
			for (let beat = 0; beat < 60; beat++) expect(await battre(app, salle.seanceId, beat)).toBe(true);
			const { cartes, sieges } = await salle.lire();
			const [first, second, last] = sieges
				.filter(({ genre }) => genre === 'simule')
				.map(({ id }) => cartes.filter(({ siegeId }) => siegeId === id).length);
			expect([first, second, last], 'a few each, and the last table stays silent').toEqual([6, 6, 0]);
			await expect(anime('fermerSalle')).rejects.toMatchObject({ code: 'conflit' });
			await expect(anime('ouvrirSalle')).rejects.toMatchObject({ code: 'conflit' });

			await anime('effacerRepetition');
			const { revision: _, code, ...after } = await salle.lire();
			const { revision: __, code: ___, ...prepare } = before;
			expect(after).toEqual(prepare);
			expect(code, 'cards that were printed stay right').toBe(rehearsed.code);
			expect(await battre(app, salle.seanceId, 61)).toBe(false);
			await anime('ouvrirSalle');
			expect((await salle.lire()).repetition).toBe(false);
		});

		it('keeps those who are expected when a rehearsal is erased, and takes back the seat that someone tried', async () => {
			const before = await prepared();
			await app.db
				.insertInto('sieges')
				.values({
					id: 'siege-attendu',
					seance_id: salle.seanceId,
					numero: 1,
					genre: 'personne',
					organisme: 'CAF',
					created_at: app.now() - 1
				})
				.execute();
			await anime('repeter');
			await app.db
				.updateTable('sieges')
				.set({ jeton_hash: 'essai', vu_at: app.now() })
				.where('id', '=', 'siege-attendu')
				.execute();
			await anime('effacerRepetition');
			expect((await salle.lire()).sieges).toMatchObject([{ id: 'siege-attendu', pris: false, vuAt: null }]);
			expect(before.sieges).toEqual([]);
		});

		it('is not rehearsed once it has begun, and an erasure that comes late erases nothing', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			await salle.acte(await salle.siege(1), 'ajouterCarte', { texte: 'Un bus' });
			await expect(anime('repeter')).rejects.toMatchObject({ code: 'conflit' });
			await anime('effacerRepetition');
			expect((await salle.lire()).cartes).toHaveLength(1);
		});
	});
}
