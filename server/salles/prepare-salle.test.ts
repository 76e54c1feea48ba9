import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Cafe } from '#lib/salles/cafe.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { CAFE, seanceDEssai } from '../../tests/support/salle.ts';
import { readPreparation } from './preparation.ts';
import { prepareCafe } from './prepare-salle.ts';
import { readSalle } from './read-salle.ts';

const INSCRITS = [
	{ organismeId: null, organisme: 'Usagers', nombre: 4, usager: true },
	{ organismeId: null, organisme: 'CAF', nombre: 5, usager: false }
];

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`the preparation of a room, on ${engine}`, () => {
		let app: TestApp;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		async function prepared() {
			const { pacte, seanceId } = await seanceDEssai(app);
			const prepare = (cafe: Partial<Cafe>) =>
				prepareCafe(app, { pacteId: pacte.pacteId, by: pacte.by, seanceId }, { ...CAFE, inscrits: INSCRITS, ...cafe });
			const read = async () => {
				const salle = await readSalle(app.db, seanceId);
				if (!salle) throw new Error('No room');
				return salle;
			};
			await prepare({});
			return { pacte, seanceId, prepare, read };
		}

		it('keeps numbers, tables, slips and steps when only a question is worded otherwise', async () => {
			const { prepare, read } = await prepared();
			const before = await read();
			await prepare({ questions: ['Qu’est-ce qui aide\u00a0?', ...CAFE.questions.slice(1)] });
			const { revision: _, questions, ...after } = await read();
			expect(questions[0]?.texte).toBe('Qu’est-ce qui aide\u00a0?');
			const { revision: __, questions: ___, ...rest } = before;
			expect(after).toEqual(rest);
		});

		it('gives new numbers to new people only, and takes away the places of those who do not come', async () => {
			const { prepare, read } = await prepared();
			const before = new Map((await read()).sieges.map(({ id, numero }) => [id, numero]));
			await prepare({
				inscrits: [{ ...INSCRITS[0]!, nombre: 3 }, INSCRITS[1]!, { ...INSCRITS[1]!, organisme: 'MSA', nombre: 2 }]
			});
			const { sieges } = await read();
			for (const { id, numero, organisme } of sieges)
				expect(before.get(id)).toBe(organisme === 'MSA' ? undefined : numero);
			expect(sieges.filter(({ usager }) => usager).length).toBe(3);
			expect(Math.min(...sieges.filter(({ organisme }) => organisme === 'MSA').map(({ numero }) => numero))).toBe(10);
		});

		it('seats named hosts at their table for all rounds', async () => {
			const { prepare, read } = await prepared();
			await prepare({ tables: CAFE.tables.map((table, i) => ({ ...table, hote: i === 1 ? 'Camille' : '' })) });
			const { sieges, tables, passages } = await read();
			const hosts = sieges.filter(({ hote }) => hote);
			expect(hosts.map(({ tableId }) => tableId)).toEqual([tables[1]?.id]);
			expect(passages.filter(({ siegeId }) => siegeId === hosts[0]?.id).map(({ tableId }) => tableId)).toEqual(
				Array(CAFE.tours).fill(tables[1]?.id)
			);
		});

		it('is read again as it was set up, with its rotation by places', async () => {
			const { pacte, seanceId } = await prepared();
			const { cafe, rotation, etat } = await readPreparation(app.db, pacte.pacteId, seanceId);
			expect(cafe).toEqual({
				...CAFE,
				tables: CAFE.tables.map((table) => ({ ...table, places: null })),
				inscrits: INSCRITS
			});
			expect(etat).toBe('preparation');
			expect(rotation?.places.length).toBe(9);
			for (const { tables } of rotation?.places ?? []) expect(new Set(tables).size).toBe(CAFE.tours);
		});

		it('seats whom the séance expects, when nobody said otherwise', async () => {
			const { pacte, seanceId } = await seanceDEssai(app);
			await app.db
				.insertInto('seance_presences')
				.values({
					seance_id: seanceId,
					rang: 0,
					organisme_id: null,
					libelle: 'Usagers du CCAS',
					attendus: 4,
					presents: null
				})
				.execute();
			const { cafe } = await readPreparation(app.db, pacte.pacteId, seanceId);
			expect(cafe.inscrits).toMatchObject([{ organisme: 'Usagers du CCAS', nombre: 4 }]);
		});
	});
}
