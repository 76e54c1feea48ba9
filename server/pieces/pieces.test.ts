import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { JOURS_SANS_EMPLOI } from '#lib/pieces/piece.ts';
import { addPacte, addPersonne } from '../../tests/support/personnes.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { createPacteFromArchive } from '../pactes/create-pacte.ts';
import { readArchive, archiveFromJson } from '../export/archive.ts';
import { hauteRiviere } from '../demo/haute-riviere.ts';
import { jpegWith, png } from './images-de-test.ts';
import { addPiece, openPiece, removeUnusedPieces } from './pieces.ts';

const DAY = 24 * 3_600_000;

for (const { engine, missing } of await engines())
	describe.skipIf(missing !== null)(`images of a pacte (${engine}${missing ? ` : ${missing}` : ''})`, () => {
		let app: TestApp;
		let amina: string;
		let lea: string;
		let pacteId: string;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterAll(() => app?.end());
		beforeEach(async () => {
			await app.clear();
			[amina, lea] = [await addPersonne(app, 'Amina'), await addPersonne(app, 'Léa')];
			pacteId = await addPacte(app, { [amina]: 'partenaire', [lea]: 'lecteur' });
		});

		const add = (by: string, bytes = png(30, 20), nom = 'carte.png') => addPiece(app, { pacteId, by, nom, bytes });
		const count = async () =>
			(await app.db.selectFrom('pieces_jointes').select('id').where('pacte_id', '=', pacteId).execute()).length;

		test('who writes a section adds one, and who reads the pacte sees it', async () => {
			const piece = await add(amina);
			expect(piece).toMatchObject({ src: `/pactes/${pacteId}/pieces/${piece.id}`, largeur: 30, hauteur: 20 });
			const opened = await openPiece(app, { pacteId, by: lea, pieceId: piece.id });
			expect(opened).toEqual({ nom: 'carte.png', type: 'image/png', bytes: png(30, 20) });
		});

		test('who only reads adds none; a stranger neither adds nor sees, nor someone of another pacte', async () => {
			await expect(add(lea)).rejects.toMatchObject({ code: 'interdit' });
			const bruno = await addPersonne(app, 'Bruno');
			const other = await addPacte(app, { [bruno]: 'equipe_projet' });
			await expect(add(bruno)).rejects.toMatchObject({ code: 'introuvable' });
			const { id } = await add(amina);
			await expect(openPiece(app, { pacteId, by: bruno, pieceId: id })).rejects.toMatchObject({ code: 'introuvable' });
			await expect(openPiece(app, { pacteId: other, by: bruno, pieceId: id })).rejects.toMatchObject({
				code: 'introuvable'
			});
		});

		test('the same image added twice is kept once; a name brings no path', async () => {
			const once = await add(amina, png(3, 3), '../../etc/\u0007carte.png');
			expect(await add(amina, png(3, 3), 'autre.png')).toEqual(once);
			expect(await count()).toBe(1);
			expect((await openPiece(app, { pacteId, by: amina, pieceId: once.id })).nom).toBe('carte.png');
		});

		test('the images of a pacte stay below what its export can carry', async () => {
			const room = Math.floor(app.config.tailleMaximale * 0.6);
			await add(amina);
			await app.db
				.updateTable('pieces_jointes')
				.set({ octets: room - 10 })
				.execute();
			await expect(add(amina, png(31, 20))).rejects.toThrow(/occupent 14,4 Mo sur 14,4/);
			expect(await count()).toBe(1);
		});

		test('an image that no text shows goes after 30 days; one that is shown stays', async () => {
			const [shown] = [await add(amina, png(5, 5)), await add(amina, png(6, 6))];
			await app.db
				.insertInto('sections')
				.values({
					id: 's1',
					pacte_id: pacteId,
					parent_id: null,
					rang: 0,
					titre: 'Territoire',
					genre: 'libre',
					etat: 'a_rediger',
					longueur: '',
					created_at: app.now()
				} as never)
				.execute();
			const blocs = JSON.stringify([{ type: 'image', piece: shown.id, alternative: 'x', legende: '' }]);
			await app.db
				.insertInto('section_textes')
				.values({ section_id: 's1', pacte_id: pacteId, blocs, mots: 0 })
				.execute();
			app.advance((JOURS_SANS_EMPLOI - 1) * DAY);
			expect(await removeUnusedPieces(app)).toBe(0);
			app.advance(2 * DAY);
			expect(await removeUnusedPieces(app)).toBe(1);
			expect((await openPiece(app, { pacteId, by: lea, pieceId: shown.id })).type).toBe('image/png');
		});

		describe('in the archive', () => {
			const again = (archive: unknown) =>
				createPacteFromArchive(app, archiveFromJson(archive), { compteId: amina, acte: 'pacte_importe' });

			test('exported, imported and exported again, they are the same bytes, in the same order', async () => {
				const first = await createPacteFromArchive(app, hauteRiviere(), { compteId: amina, acte: 'pacte_importe' });
				for (const bytes of [png(9, 9), jpegWith(6, 'x'), png(2, 2)])
					await addPiece(app, { pacteId: first, by: amina, nom: 'vue', bytes });
				const archive = await readArchive(app, first);
				expect(archive.pieces.map(({ id, type }) => [id, type])).toEqual([
					['p1', 'image/png'],
					['p2', 'image/jpeg'],
					['p3', 'image/png']
				]);
				const second = await again(JSON.parse(JSON.stringify(archive)));
				expect(JSON.stringify(await readArchive(app, second))).toBe(JSON.stringify(archive));
			});

			test('an image that was changed in the file, or is none, refuses the whole import', async () => {
				const first = await createPacteFromArchive(app, hauteRiviere(), { compteId: amina, acte: 'pacte_importe' });
				await addPiece(app, { pacteId: first, by: amina, nom: 'vue', bytes: png(9, 9) });
				const archive = await readArchive(app, first);
				const pactes = async () => (await app.db.selectFrom('pactes').select('id').execute()).length;
				const before = await pactes();
				const withPiece = (change: object) => ({ ...archive, pieces: [{ ...archive.pieces[0], ...change }] });
				await expect(again(withPiece({ sha256: '0'.repeat(64) }))).rejects.toThrow(/a changé depuis l’export/);
				await expect(again(withPiece({ type: 'image/gif' }))).rejects.toThrow(/type annoncé/);
				expect(() => archiveFromJson(withPiece({ base64: 'pas du base64' }))).toThrow(/base64/);
				expect(() => archiveFromJson(withPiece({ type: 'image/svg+xml' }))).toThrow(/pieces\[0\].type/);
				expect(await pactes()).toBe(before);
			});

			test('a file from before there were images has none', () => {
				const { pieces: _, ...older } = hauteRiviere();
				expect(archiveFromJson(JSON.parse(JSON.stringify(older))).pieces).toEqual([]);
			});
		});
	});
