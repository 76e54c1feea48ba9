import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { pacteDEssai, type PacteDEssai } from '../../tests/support/pacte.ts';
import { archiveFromJson, readArchive } from '../export/archive.ts';
import { WEBP } from '../pieces/images-de-test.ts';
import { removeUnusedPieces } from '../pieces/pieces.ts';
import { createPacteFromArchive } from './create-pacte.ts';
import { addLogo, miseEnPageFrom, readMiseEnPage, saveMiseEnPage } from './mise-en-page.ts';

const DEUX_MOIS = 60 * 24 * 3_600_000;
const LOGO = { nom: 'logo.webp', bytes: WEBP, alternative: 'Union européenne' };

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`logos and mention on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let pacte: PacteDEssai;
		const choose = (by: string, mention = 'Cofinancé par l’Union européenne') =>
			saveMiseEnPage(
				app,
				{ pacteId: pacte.pacteId, by },
				{ mention, pages: 'fiches', alternatives: new Map(), retires: [] }
			);

		beforeAll(async () => {
			app = await openTestApp(engine);
			pacte = await pacteDEssai(app);
		});
		afterAll(() => app.end());

		it('a pacte that chose nothing says nothing of it in its archive', async () => {
			expect(await readArchive(app, pacte.pacteId)).not.toHaveProperty('mise_en_page');
		});

		it('are the équipe projet’s to choose: another is told whom to ask, and nothing is kept of what they sent', async () => {
			const by = await pacte.membre('redacteur');
			await expect(choose(by)).rejects.toThrow('équipe projet');
			await expect(addLogo(app, { pacteId: pacte.pacteId, by }, LOGO)).rejects.toThrow('équipe projet');
			expect((await readArchive(app, pacte.pacteId)).pieces).toEqual([]);
			expect(await readMiseEnPage(app.db, pacte.pacteId)).toEqual({ mention: '', logos: [], pages: 'aucune' });
		});

		it('are read whatever letter the id of an image begins with', () => {
			const said = { mention: '', logos: [{ piece: '_-qcNdWQzV0053', alternative: 'Europe' }], pages: 'fiches' };
			expect(miseEnPageFrom(JSON.stringify(said))).toEqual(said);
		});

		it('a logo says what it is to who does not see it, stays though no text shows it, and travels in the file', async () => {
			await choose(pacte.by);
			await expect(addLogo(app, pacte, { ...LOGO, alternative: ' ' })).rejects.toThrow('ce que dit chaque logo');
			await addLogo(app, pacte, LOGO);
			await addLogo(app, pacte, LOGO);
			expect(await removeUnusedPieces({ db: app.db, now: () => app.now() + DEUX_MOIS })).toBe(0);
			const archive = await readArchive(app, pacte.pacteId);
			expect(archive.mise_en_page).toEqual({
				mention: 'Cofinancé par l’Union européenne',
				logos: [{ piece: 'p1', alternative: 'Union européenne' }],
				pages: 'fiches'
			});
			const copy = await createPacteFromArchive(app, archiveFromJson(JSON.parse(JSON.stringify(archive))), {
				compteId: pacte.by,
				acte: 'pacte_importe'
			});
			expect(JSON.stringify(await readArchive(app, copy))).toBe(JSON.stringify(archive));
		});

		it('a file that names an image that it does not hold is refused, saying where', async () => {
			const archive = await readArchive(app, pacte.pacteId);
			const bad = {
				...archive,
				mise_en_page: { mention: '', logos: [{ piece: 'p9', alternative: '' }], pages: 'toutes' }
			};
			expect(() => archiveFromJson(JSON.parse(JSON.stringify(bad)))).toThrow('mise_en_page.logos[0].piece');
		});

		it('a logo that is taken away is taken from the documents', async () => {
			const { logos } = await readMiseEnPage(app.db, pacte.pacteId);
			await saveMiseEnPage(app, pacte, {
				mention: '',
				pages: 'couverture',
				alternatives: new Map(),
				retires: logos.map(({ piece }) => piece)
			});
			expect(await readMiseEnPage(app.db, pacte.pacteId)).toEqual({ mention: '', logos: [], pages: 'couverture' });
			expect(await pacte.actes()).toContain('mise_en_page_modifiee');
		});
	});
}
