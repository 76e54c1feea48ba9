import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { salleDEssai, type SalleDEssai } from '../../tests/support/salle.ts';
import { jpegWith } from '../pieces/images-de-test.ts';
import { tidySalles } from './menage.ts';
import { addPhoto, listPhotos, markPhoto, openPhoto, removePhoto, type ActeurDePapier } from './photos.ts';

const DAY = 24 * 60 * 60 * 1000;
const LIEU = 'Valmorin, 44.1 N 3.2 E';

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`photos of paper, on ${engine}`, () => {
		let app: TestApp;
		let salle: SalleDEssai;
		let acteur: ActeurDePapier;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		async function prepare() {
			salle = await salleDEssai(app);
			acteur = { pacteId: salle.pacte.pacteId, by: salle.pacte.by, seanceId: salle.seanceId };
		}

		it('are kept without where they were taken, and what is no image is refused', async () => {
			await prepare();
			const id = await addPhoto(app, acteur, { bytes: jpegWith(1, LIEU), tableId: null });
			const { type, bytes } = await openPhoto(app.db, acteur, id);
			expect(type).toBe('image/jpeg');
			expect(Buffer.from(bytes).includes('Valmorin')).toBe(false);
			await expect(addPhoto(app, acteur, { bytes: Buffer.from('<svg/>'), tableId: null })).rejects.toMatchObject({
				code: 'invalide'
			});
		});

		it('go thirty days after they were transcribed, and not before; one that waits stays', async () => {
			await prepare();
			const [faite, attend] = [
				await addPhoto(app, acteur, { bytes: jpegWith(1, LIEU), tableId: null }),
				await addPhoto(app, acteur, { bytes: jpegWith(3, LIEU), tableId: null })
			];
			await markPhoto(app, acteur, faite, true);
			app.advance(30 * DAY - 1);
			await tidySalles(app);
			expect(await listPhotos(app.db, salle.seanceId)).toMatchObject([{ id: attend }, { id: faite }]);
			app.advance(2);
			await tidySalles(app);
			expect(await listPhotos(app.db, salle.seanceId)).toMatchObject([{ id: attend }]);
		});

		it('are opened, kept and removed by facilitators alone, in their own pacte', async () => {
			await prepare();
			const id = await addPhoto(app, acteur, { bytes: jpegWith(1, LIEU), tableId: null });
			const redacteur = { ...acteur, by: await salle.pacte.membre('redacteur') };
			const other = await salleDEssai(app);
			const etranger = { ...acteur, by: other.pacte.by, pacteId: other.pacte.pacteId };
			await expect(openPhoto(app.db, redacteur, id)).rejects.toMatchObject({ code: 'interdit' });
			await expect(openPhoto(app.db, etranger, id)).rejects.toMatchObject({ code: 'introuvable' });
			await expect(removePhoto(app, etranger, id)).rejects.toMatchObject({ code: 'introuvable' });
			await removePhoto(app, acteur, id);
			expect(await listPhotos(app.db, salle.seanceId)).toEqual([]);
		});
	});
}
