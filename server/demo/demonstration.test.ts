import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { french } from '#server/export/typographie.ts';
import { texteOf } from '#lib/editor/prose.ts';
import { parseArchive } from '#lib/pactes/archive-schema.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { readArchive } from '../export/archive.ts';
import { createPacteFromArchive } from '../pactes/create-pacte.ts';
import { readPlan } from '../sections/sections.ts';
import { prepareDemo } from './demo.ts';
import { demonstration } from './demonstration.ts';

describe.each(await engines())('the demonstration ($engine)', ({ engine, missing }) => {
	describe.skipIf(missing !== null)(missing ?? 'here', () => {
		let app: TestApp;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		const compteOf = (nom: string) =>
			app.db.selectFrom('comptes').select('id').where('nom', '=', nom).executeTakeFirstOrThrow();
		const pacteId = async () => (await app.db.selectFrom('pactes').select('id').executeTakeFirstOrThrow()).id;

		test('its texts, engagements and answers come back whole from an export that is imported', async () => {
			const create = (archive: ReturnType<typeof demonstration>) =>
				createPacteFromArchive(app, archive, { compteId: null, acte: 'pacte_importe' });
			const exported = await readArchive(app, await create(demonstration()));
			expect(exported.sections.map(({ titre }) => titre)).toEqual(demonstration().sections.map(({ titre }) => titre));
			expect(exported.reponses).toEqual(demonstration().reponses);
			expect(exported.parties.cadres.map(({ liens }) => liens)).toEqual(
				demonstration().parties.cadres.map(({ liens }) => liens)
			);
			const again = await readArchive(app, await create(parseArchive(exported)));
			expect(JSON.stringify(again)).toBe(JSON.stringify(exported));
		});

		test('its partenaire writes what its organisme says, and nothing of the others', async () => {
			await prepareDemo(app);
			const { id } = await compteOf('Partenaire');
			const written = (await readPlan(app.db, await pacteId(), id)).filter(({ redige }) => redige);
			expect(written.map(({ titre }) => titre)).toEqual(['Le mot de la CAF', 'La CAF']);
		});

		test('some sections are written, some validated, some empty', async () => {
			await prepareDemo(app);
			const { id } = await compteOf('Équipe projet');
			const plan = await readPlan(app.db, await pacteId(), id);
			expect(new Set(plan.map(({ etat }) => etat)).size).toBe(4);
			expect(plan.filter(({ mots }) => mots > 100).length).toBeGreaterThan(3);
			expect(plan.filter(({ mots }) => mots === 0).length).toBeGreaterThan(3);
		});
	});
});

test('its texts are spaced as French is', () => {
	for (const { prose } of demonstration().sections) expect(texteOf(prose)).toBe(french(texteOf(prose)));
});

test('every constat of it is answered but one', () => {
	const { sections, reponses } = demonstration();
	const constats = sections.flatMap(({ prose }) =>
		prose.flatMap((bloc) => (bloc.type === 'paragraphe' && bloc.constat ? [bloc] : []))
	);
	const sans = constats.filter(({ constat }) => !reponses.some((reponse) => reponse.constat === constat?.cle));
	expect(sans.map((bloc) => texteOf([bloc]))).toEqual([expect.stringContaining('travailleurs agricoles')]);
});
