import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completenessOf } from '#lib/fiches/completeness.ts';
import { arbreFromRows } from '#lib/orientations/arbre-from-rows.ts';
import { codesOf } from '#lib/orientations/arbre.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { hauteRiviere } from '../demo/haute-riviere.ts';
import { readFiches } from '../fiches/fiches.ts';
import { createPacteFromArchive } from '../pactes/create-pacte.ts';
import { listNoeuds, readAvancement } from './noeuds.ts';

const HAUTE_RIVIERE = hauteRiviere();

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`the tree as pages read it, on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let pacteId: string;

		beforeAll(async () => {
			app = await openTestApp(engine);
			pacteId = await createPacteFromArchive(app, HAUTE_RIVIERE, { compteId: null, acte: 'pacte_importe' });
		});
		afterAll(() => app.end());

		test('is the tree that was written, with the codes that were projected', async () => {
			const arbre = arbreFromRows(await listNoeuds(app.db, pacteId));
			const codes = codesOf(arbre, MODELE_ORNE);
			const rows = await app.db.selectFrom('noeuds').select(['id', 'code']).where('pacte_id', '=', pacteId).execute();
			expect(rows.length).toBe(HAUTE_RIVIERE.noeuds.length);
			for (const { id, code } of rows) expect(codes.get(id) ?? '').toBe(code);
			expect(arbre.racines.map(({ titre }) => titre)).toEqual(
				HAUTE_RIVIERE.noeuds.filter(({ parent }) => parent === null).map(({ titre }) => titre)
			);
			expect(arbre.aClasser.map(({ titre }) => titre)).toEqual(
				HAUTE_RIVIERE.noeuds.filter(({ parent }) => parent === 'a_classer').map(({ titre }) => titre)
			);
		});

		test('says of each fiche how many fields are filled, as the page of the fiche does', async () => {
			const { total, remplis } = await readAvancement(app, pacteId, MODELE_ORNE);
			const fiches = await readFiches(app.db, pacteId, MODELE_ORNE);
			expect(fiches.size).toBeGreaterThan(5);
			for (const [id, valeurs] of fiches) {
				expect({ remplis: remplis[id] ?? 0, total }).toEqual({
					remplis: completenessOf(MODELE_ORNE, valeurs).remplis,
					total: completenessOf(MODELE_ORNE, valeurs).total
				});
			}
		});

		test('another pacte has neither its nodes nor its fiches', async () => {
			expect(await listNoeuds(app.db, 'somewhere-else')).toEqual([]);
			expect((await readAvancement(app, 'somewhere-else', MODELE_ORNE)).remplis).toEqual({});
		});
	});
}
