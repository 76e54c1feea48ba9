import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { pacteDEssai, type PacteDEssai } from '../../tests/support/pacte.ts';
import { assemble } from '../export/assemble.ts';
import { archiveFromJson, readArchive } from '../export/archive.ts';
import { createPacteFromArchive } from '../pactes/create-pacte.ts';
import { addSection } from '../sections/sections.ts';
import { addSchema, changeSchema, listSchemas, removeSchema } from './schemas.ts';

const asIs = { texte: (source: string) => source.trim(), paragraphes: (source: string) => [source] };

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`what a pacte is tied to on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let pacte: PacteDEssai;
		let act: { pacteId: string; by: string };

		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterAll(() => app.end());

		beforeEach(async () => {
			pacte = await pacteDEssai(app);
			act = { pacteId: pacte.pacteId, by: pacte.by };
		});

		it('Allier 11. a pacte is tied to its PDILE within the Schéma unique, in the document and in the archive', async () => {
			await addSchema(app, act, {
				intitule: ' PDILE ',
				dans: 'Schéma unique des solidarités',
				precision: 'Les mêmes axes.'
			});
			await addSection(app, act, { genre: 'schemas', titre: 'À quoi le pacte se rattache', parent: null });
			const archive = await readArchive(app, pacte.pacteId);
			expect(archive.schemas).toEqual([
				{ intitule: 'PDILE', dans: 'Schéma unique des solidarités', precision: 'Les mêmes axes.' }
			]);
			expect(assemble(archive, { type: 'pacte' }, asIs).blocs.find(({ type }) => type === 'schemas')).toMatchObject({
				lignes: [{ nom: 'PDILE (dans\u00a0: Schéma unique des solidarités)', precision: 'Les mêmes axes.' }]
			});
			const json = JSON.stringify(archive);
			const copy = await createPacteFromArchive(app, archiveFromJson(JSON.parse(json)), {
				compteId: pacte.by,
				acte: 'pacte_importe'
			});
			expect(JSON.stringify(await readArchive(app, copy))).toBe(json);
		});

		it('one is changed and taken out; twice the same, without a name, or by a lecteur is refused', async () => {
			const blank = { dans: '', precision: '' };
			const id = await addSchema(app, act, { intitule: 'Plan logement', ...blank });
			await expect(addSchema(app, act, { intitule: 'Plan logement', ...blank })).rejects.toMatchObject({
				code: 'conflit'
			});
			await expect(addSchema(app, act, { intitule: '  ', ...blank })).rejects.toThrow('Donnez le nom');
			const lecteur = await pacte.membre('lecteur');
			await expect(removeSchema(app, { ...act, by: lecteur }, id)).rejects.toMatchObject({ code: 'interdit' });
			await changeSchema(app, act, { id, intitule: 'PDALHPD', ...blank });
			expect((await listSchemas(app.db, pacte.pacteId)).map(({ intitule }) => intitule)).toEqual(['PDALHPD']);
			const other = await pacteDEssai(app);
			await expect(
				changeSchema(app, { pacteId: other.pacteId, by: other.by }, { id, intitule: 'x', ...blank })
			).rejects.toMatchObject({ code: 'introuvable' });
			await removeSchema(app, act, id);
			expect(await listSchemas(app.db, pacte.pacteId)).toEqual([]);
		});
	});
}
