import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bilanDe } from '#lib/salles/rotation-de-salle.ts';
import type { Passage, Salle } from '#lib/salles/salle.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { CAFE, salleDEssai, type SalleDEssai } from '../../tests/support/salle.ts';

const TROIS_TOURS = { ...CAFE, tours: 3 };
const INSCRITS = [
	{ organismeId: null, organisme: 'Usagers', nombre: 4, usager: true },
	{ organismeId: null, organisme: 'CAF', nombre: 4, usager: false },
	{ organismeId: null, organisme: 'Mission locale', nombre: 4, usager: false }
];

const ofTour = ({ passages }: Salle, tour: number) => passages.filter((each) => each.tour === tour);
const byPlace = ({ siegeId, tour, tableId }: Passage) => `${siegeId} ${tour} ${tableId}`;
const seated = ({ sieges }: Salle) => sieges.map(({ id, tableId }) => ({ id, tableId }));
const places = (passages: readonly Passage[]) => passages.map(byPlace).toSorted();

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`the rotation of a room, on ${engine}`, () => {
		let app: TestApp;
		let salle: SalleDEssai;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		it('is there as soon as the café is prepared, and leads each to their table of each round', async () => {
			salle = await salleDEssai(app, { ...TROIS_TOURS, inscrits: INSCRITS });
			const prepared = await salle.lire();
			expect(bilanDe(prepared)).toMatchObject({ retours: 0, usagersSeuls: [], organismes: [] });
			for (const [genre, tour] of [
				['tour', 1],
				['deplacement', 2],
				['tour', 2],
				['deplacement', 3]
			] as const) {
				await salle.etape(genre, tour);
				const { sieges, passages } = await salle.lire();
				for (const { id, tableId } of sieges)
					expect(tableId).toBe(passages.find((each) => each.siegeId === id && each.tour === tour)?.tableId);
			}
			expect(places((await salle.lire()).passages)).toEqual(places(prepared.passages));
		});

		it('seats those who came by themselves at another table each round, and lets shared devices where they are', async () => {
			salle = await salleDEssai(app, TROIS_TOURS);
			const screens = await Promise.all([1, 2, 3].map((table) => salle.siege(table, 'table')));
			for (const table of [1, 1, 1, 2, 2, 3, 3, 3]) await salle.siege(table);
			const before = seated(await salle.lire());
			await salle.etape('tour', 1);
			expect(seated(await salle.lire())).toEqual(before);
			await salle.etape('deplacement', 2);
			await salle.etape('deplacement', 3);
			const after = await salle.lire();
			expect(bilanDe(after)).toMatchObject({ retours: 0, tailles: { min: 2, max: 3 } });
			for (const { siegeId } of screens)
				expect(after.sieges.find(({ id }) => id === siegeId)?.tableId).toBe(
					before.find(({ id }) => id === siegeId)?.tableId
				);
		});

		it('keeps people where they sat by their own choice, and does not send them there again', async () => {
			salle = await salleDEssai(app, { ...TROIS_TOURS, inscrits: INSCRITS });
			await salle.etape('tour', 1);
			const { sieges, passages } = await salle.lire();
			const [someone] = sieges;
			const planned = passages.find(({ siegeId, tour }) => siegeId === someone?.id && tour === 2)?.tableId;
			await app.db
				.updateTable('sieges')
				.set({ table_id: planned ?? null })
				.where('id', '=', someone?.id ?? '')
				.execute();
			await salle.etape('deplacement', 2);
			await salle.etape('deplacement', 3);
			const theirs = (await salle.lire()).passages.filter(({ siegeId }) => siegeId === someone?.id);
			expect(theirs.find(({ tour }) => tour === 1)?.tableId).toBe(planned);
			expect(new Set(theirs.map(({ tableId }) => tableId)).size).toBe(3);
		});

		it('is computed again for who came late and who left, without moving who is seated', async () => {
			salle = await salleDEssai(app, { ...TROIS_TOURS, inscrits: INSCRITS });
			await salle.etape('tour', 1);
			const late = await salle.siege(2);
			const [gone] = (await salle.lire()).sieges;
			await salle.acte(salle.animateur, 'marquerAbsent', { siege: gone?.id, absent: true });
			const before = await salle.lire();
			await salle.acte(salle.animateur, 'calculerRotation');
			const after = await salle.lire();
			expect(seated(after)).toEqual(seated(before));
			expect(places(ofTour(after, 1))).toEqual(places(ofTour(before, 1)));
			for (const tour of [2, 3]) {
				const siegeIds = ofTour(after, tour).map(({ siegeId }) => siegeId);
				expect(siegeIds).toContain(late.siegeId);
				expect(siegeIds).not.toContain(gone?.id);
				expect(siegeIds.length).toBe(12);
			}
			await salle.acte(salle.animateur, 'marquerAbsent', { siege: gone?.id, absent: false });
			await salle.etape('deplacement', 2);
			expect(ofTour(await salle.lire(), 2).map(({ siegeId }) => siegeId)).toContain(gone?.id);
		});

		it('gives those who come late a place in the next rounds, and leaves the others’ as their slips say', async () => {
			salle = await salleDEssai(app, { ...TROIS_TOURS, inscrits: INSCRITS });
			await salle.etape('tour', 1);
			const before = await salle.lire();
			const late = await salle.siege(null);
			await salle.etape('deplacement', 2);
			const after = await salle.lire();
			const others = after.passages.filter(({ siegeId }) => siegeId !== late.siegeId);
			expect(places(others)).toEqual(places(before.passages));
			const tables = after.passages.filter(({ siegeId }) => siegeId === late.siegeId).map(({ tableId }) => tableId);
			expect(new Set(tables).size).toBe(3);
		});

		it('lets the host stay whom the facilitator named', async () => {
			salle = await salleDEssai(app, { ...TROIS_TOURS, inscrits: INSCRITS });
			await salle.etape('tour', 1);
			const [host] = (await salle.lire()).sieges;
			await salle.acte(salle.animateur, 'designerHote', { siege: host?.id });
			await salle.acte(salle.animateur, 'calculerRotation');
			await salle.etape('deplacement', 2);
			await salle.etape('deplacement', 3);
			const after = await salle.lire();
			expect(after.sieges.find(({ id }) => id === host?.id)?.tableId).toBe(host?.tableId);
			expect(after.passages.filter(({ siegeId }) => siegeId === host?.id).map(({ tableId }) => tableId)).toEqual(
				Array(3).fill(host?.tableId)
			);
		});

		it('undone with its step, brings each back', async () => {
			salle = await salleDEssai(app, { ...TROIS_TOURS, inscrits: INSCRITS });
			await salle.etape('tour', 1);
			const before = seated(await salle.lire());
			await salle.etape('deplacement', 2);
			expect(seated(await salle.lire())).not.toEqual(before);
			await salle.acte(salle.animateur, 'annulerEtape');
			expect(seated(await salle.lire())).toEqual(before);
		});

		it('moves nobody where people choose, but keeps where they were', async () => {
			salle = await salleDEssai(app, { ...TROIS_TOURS, reglages: { ...CAFE.reglages, rotation: 'libre' } });
			const one = await salle.siege(1);
			await salle.etape('tour', 1);
			await salle.etape('deplacement', 2);
			const { sieges, passages, tables } = await salle.lire();
			expect(sieges.find(({ id }) => id === one.siegeId)?.tableId).toBe(tables[0]?.id);
			expect(passages).toEqual([{ tour: 1, siegeId: one.siegeId, tableId: tables[0]?.id }]);
		});

		it('is refused to a seat', async () => {
			salle = await salleDEssai(app, TROIS_TOURS);
			const siege = await salle.siege(1);
			await expect(salle.acte(siege, 'calculerRotation')).rejects.toMatchObject({ code: 'interdit' });
		});
	});
}
