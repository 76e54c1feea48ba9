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

	test('an .ods gives the same: its visible sheets, what its cells say, however often they come', async () => {
		const cell = (texte: string, attributs = '') =>
			`<table:table-cell ${attributs}><text:p>${texte}</text:p></table:table-cell>`;
		const content = `<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
			xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
			xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">
			<office:automatic-styles><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
			<office:body><office:spreadsheet>
			<table:table table:name="Indicateurs"><table:table-row>${cell('Code')}${cell('Taux')}${cell('Note')}</table:table-row>
			<table:table-row>${cell('1.1')}${cell('8,4&#160;%', 'office:value-type="percentage" office:value="0.084"')}<table:table-cell><office:annotation><text:p>une note</text:p></office:annotation><text:p>Deux<text:s/>mots</text:p><text:p>et un</text:p></table:table-cell></table:table-row>
			<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="0.30000000000000004" table:number-columns-repeated="2"><text:p>0,3</text:p></table:table-cell></table:table-row>
			<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>
			<table:table table:name="Cachée" table:style-name="ta2"><table:table-row>${cell('secret')}</table:table-row></table:table>
			</office:spreadsheet></office:body></office:document-content>`;
		const bytes = zipSync({
			mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet'),
			'content.xml': strToU8(content)
		});
		const sheets = await importSheets(bytes);
		expect(sheets.map(({ nom }) => nom)).toEqual(['Indicateurs']);
		expect(sheets[0]?.cellules).toEqual([
			['Code', 'Taux', 'Note'],
			['1.1', '8,4\u00a0%', 'Deux mots et un'],
			['0,3', '0,3', ''],
			['0,3', '0,3', '']
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
