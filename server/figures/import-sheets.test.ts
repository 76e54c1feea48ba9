import ExcelJS from 'exceljs';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { importSheets, TAILLE_MAX } from './import-sheets.ts';

async function workbook(build: (book: ExcelJS.Workbook) => void): Promise<Uint8Array> {
	const book = new ExcelJS.Workbook();
	build(book);
	return new Uint8Array(await book.xlsx.writeBuffer());
}

describe('tables that come from files', () => {
	test('an .xlsx gives its sheets: numbers in French, per cent, results of formulas, dates, rich texts', async () => {
		const bytes = await workbook((book) => {
			const sheet = book.addWorksheet('Chômage');
			sheet.addRow(['Territoire', 'Taux', 'Personnes']);
			sheet.addRow(['Département', 0.084, 307453]);
			sheet.addRow(['Région', { formula: 'B2*0.9', result: 0.0756 }, 0.1 + 0.2]);
			sheet.addRow([{ richText: [{ text: 'Fra' }, { text: 'nce' }] }, 0.073, new Date(Date.UTC(2024, 11, 31))]);
			sheet.getColumn(2).numFmt = '0.0%';
			book.addWorksheet('Vide');
			book.addWorksheet('Autre').addRow(['a', 1]);
			book.addWorksheet('Cachée', { state: 'hidden' }).addRow(['secret', 1]);
		});
		const sheets = await importSheets(bytes);
		expect(sheets.map(({ nom }) => nom)).toEqual(['Chômage', 'Autre']);
		expect(sheets[0]?.cellules).toEqual([
			['Territoire', 'Taux', 'Personnes'],
			['Département', '8,4 %', '307453'],
			['Région', '7,56 %', '0,3'],
			['France', '7,3 %', '31/12/2024']
		]);
	});

	test.each([
		['UTF-8', strToU8('Âge;Nombre\nMoins de 30 ans;12\n')],
		['Windows-1252', Uint8Array.from([0xc2, ...Buffer.from('ge;Nombre\nMoins de 30 ans;12\n', 'latin1')])],
		['commas', strToU8('Âge,Nombre\n"Moins de 30 ans",12\n')]
	])('a .csv in %s', async (_what, bytes) => {
		const [sheet] = await importSheets(bytes);
		expect(sheet?.cellules).toEqual([
			['Âge', 'Nombre'],
			['Moins de 30 ans', '12']
		]);
	});

	test('a paste is a table too', async () => {
		expect((await importSheets('a\tb\nc\t1'))[0]?.cellules).toEqual([
			['a', 'b'],
			['c', '1']
		]);
	});

	test('rows beyond what a figure holds are counted, not lost in silence', async () => {
		const [sheet] = await importSheets(Array.from({ length: 2_000 }, (_, i) => `l${i};1`).join('\n'));
		expect(sheet?.cellules).toHaveLength(1_020);
		expect(sheet?.coupees).toBe(980);
	});

	test.each<[string, () => Uint8Array | string | Promise<Uint8Array>, RegExp]>([
		['nothing', () => '  ', /Choisissez un fichier/],
		['more than 5 MB', () => new Uint8Array(TAILLE_MAX + 1), /dépasse 5.Mo/],
		['a PDF', () => strToU8('%PDF-1.7'), /est un PDF/],
		['an old .xls', () => Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), /ancien classeur/],
		['a zip that is no workbook', () => zipSync({ 'mot.txt': strToU8('x') }), /n’est pas un classeur/],
		['a damaged workbook', () => Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3]), /abîmé/],
		['an empty workbook', () => workbook((book) => void book.addWorksheet('Vide')), /aucune cellule remplie/]
	])('%s is refused, in words that say what to do', async (_what, make, message) => {
		await expect(importSheets(await make())).rejects.toMatchObject({
			code: 'invalide',
			message: expect.stringMatching(message)
		});
	});

	test('a zip bomb is refused before it is opened, whatever it says it weighs', async () => {
		const bomb = zipSync(
			{ '[Content_Types].xml': strToU8('<x/>'), 'xl/workbook.xml': new Uint8Array(61 * 1024 * 1024) },
			{ level: 1 }
		);
		expect(bomb.length).toBeLessThan(TAILLE_MAX);
		await expect(importSheets(bomb)).rejects.toMatchObject({
			message: expect.stringMatching(/trop volumineux une fois ouvert/)
		});
		// The same, saying that its parts weigh 100 bytes each: in the local headers and in the directory.
		const liar = bomb.slice();
		const view = new DataView(liar.buffer);
		for (let i = 0; i < liar.length - 30; i++) {
			const mark = view.getUint32(i, true);
			if (mark === 0x04034b50 && view.getUint32(i + 22, true) > 1_000) view.setUint32(i + 22, 100, true);
			if (mark === 0x02014b50 && view.getUint32(i + 24, true) > 1_000) view.setUint32(i + 24, 100, true);
		}
		await expect(importSheets(liar)).rejects.toMatchObject({ code: 'invalide' });
	});

	test('a file that takes too long or too much memory ends with a sentence, and the next one is read', async () => {
		await expect(importSheets('a;1', { delai: 1 })).rejects.toMatchObject({
			message: expect.stringMatching(/trop de temps/)
		});
		expect(await importSheets('a;1')).toHaveLength(1);
	});
});
