import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../../tests/support/app.ts';
import { salleDEssai } from '../../tests/support/salle.ts';
import { readPdf } from '../../tests/support/pdf.ts';
import { exportCartesDeTable, exportFeuillesDeRoute } from './imprimer.ts';

const ADRESSES = { base: 'https://pacte.haute-riviere.example', courte: 'pacte.haute-riviere.example' };
const NEUF = Array.from({ length: 9 }, (_, i) => ({ nom: i === 0 ? 'Se déplacer' : '', hote: '' }));

let app: TestApp;
beforeAll(async () => {
	app = await openTestApp();
});
afterAll(() => app?.end());

it('prints a card for each table, four to a page, with the six digits that the room opens with', async () => {
	const salle = await salleDEssai(app, { tables: NEUF });
	await app.db.updateTable('salles').set({ etat: 'preparation', code: null }).execute();
	const impression = { pacteId: salle.pacte.pacteId, seanceId: salle.seanceId, adresses: ADRESSES };
	const { bytes, pages, nom } = await exportCartesDeTable(app, impression);
	expect([pages, nom]).toEqual([3, 'Cartes de table - World café de la mobilité.pdf']);
	const { code } = (await salle.acte(salle.animateur, 'ouvrirSalle')) as { code: string };
	const text = readPdf(bytes);
	for (const words of ['Table 1', 'Se déplacer', 'Table 9', 'pacte.haute-riviere.example/r'])
		expect(text).toContain(words);
	expect(text.replaceAll('\u00a0', ' ')).toContain(`${code.slice(0, 3)} ${code.slice(3)}`);
	const again = await exportCartesDeTable(app, impression);
	expect(readPdf(again.bytes)).toBe(text);
});

it('prints the way of each planned seat, and refuses in words where there is none', async () => {
	const salle = await salleDEssai(app, {
		inscrits: [{ organismeId: null, organisme: 'CAF', nombre: 9, usager: false }]
	});
	const impression = { pacteId: salle.pacte.pacteId, seanceId: salle.seanceId, adresses: ADRESSES };
	const { sieges, tables } = await salle.lire();
	await app.db.deleteFrom('passages').where('seance_id', '=', salle.seanceId).execute();
	await expect(exportFeuillesDeRoute(app, impression)).rejects.toMatchObject({ code: 'conflit' });
	const passages = sieges.flatMap(({ id }, i) =>
		[1, 2].map((tour) => ({
			seance_id: salle.seanceId,
			tour,
			siege_id: id,
			table_id: tables[(i + tour) % tables.length]!.id
		}))
	);
	await app.db.insertInto('passages').values(passages).execute();
	const { bytes, pages } = await exportFeuillesDeRoute(app, impression);
	expect(pages).toBe(2);
	const text = readPdf(bytes).replace(/\s+/g, ' ');
	expect(text).toContain('Place 9');
	expect(text).toMatch(/Tour 1 Table 2 · carré.*Tour 2 Table 3 · triangle/);
});
