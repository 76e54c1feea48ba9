import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOMS_DU_BAGAGE, TABLES_DU_BAGAGE } from '#lib/salles/bagage.ts';
import { openTestApp, type TestApp } from '../../tests/support/app.ts';

/** What stays at home: who it is, what opens it, and what it belongs to. */
const STAYS = ['seance_id', 'jeton_hash', 'organisme_id', 'vu_at', 'compte_id', 'photo_id'];

describe('what a séance takes along', () => {
	let app: TestApp;
	beforeAll(async () => {
		app = await openTestApp();
	});
	afterAll(() => app?.end());

	it('is every column of its rows but those that stay', async () => {
		const tables = await app.db.introspection.getTables();
		for (const name of NOMS_DU_BAGAGE) {
			const columns = tables.find((table) => table.name === name)!.columns.map((column) => column.name);
			const taken = Object.keys(TABLES_DU_BAGAGE[name]);
			expect(
				columns.filter((column) => !taken.includes(column) && !STAYS.includes(column)),
				name
			).toEqual([]);
		}
	});
});
