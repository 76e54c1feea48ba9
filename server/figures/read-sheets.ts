import type ExcelJS from 'exceljs';
import { unzipSync, zipSync, type Unzipped } from 'fflate';
import { readSeparated, separatorOf, type Cellules, type Feuille } from '#lib/figures/grid.ts';
import { boundSheets } from '#lib/figures/sheets.ts';
import { DomainError } from '../errors.ts';
import { decodeTexte } from '../import/decode.ts';
import { COLUMNS_READ, numberText, oneLine, ROWS_READ } from './cell-text.ts';
import { readOds } from './read-ods.ts';

/** What the parts of a workbook may weigh once unzipped, all together. One of 5 MB holds no more in good faith. */
const DEZIPPE_MAX = 60 * 1024 * 1024;
const PARTIES_MAX = 2_000;

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const ANCIEN = [0xd0, 0xcf, 0x11, 0xe0];

/** The sheets of an .xlsx or of an .ods, or the one table of a .csv or of a pasted text. Work of a worker. */
export async function readSheets(source: Uint8Array | string): Promise<Feuille[]> {
	if (typeof source !== 'string' && startsWith(source, ANCIEN)) throw new DomainError('invalide', ANCIEN_CLASSEUR);
	const sheets = typeof source !== 'string' && startsWith(source, ZIP) ? await readWorkbook(source) : readCsv(source);
	const found = boundSheets(sheets);
	if (found.length === 0) throw new DomainError('invalide', 'Ce fichier ne contient aucune cellule remplie.');
	return found;
}

const ANCIEN_CLASSEUR =
	'Ce fichier est un ancien classeur (.xls). Ouvrez-le dans votre tableur, enregistrez-le au format .xlsx, .ods ou .csv, puis recommencez.';
const PAS_UN_CLASSEUR =
	'Ce fichier n’est pas un classeur .xlsx ni .ods. Enregistrez-le à l’un de ces formats ou en .csv depuis votre tableur, puis recommencez.';
const ABIME =
	'Ce classeur n’a pas pu être lu\u00a0: il est abîmé, ou protégé par un mot de passe. Copiez le tableau dans votre tableur et collez-le ici.';
const TROP_GROS =
	'Ce classeur est trop volumineux une fois ouvert. Copiez la feuille utile dans un nouveau classeur, ou collez le tableau ici.';

function readCsv(source: Uint8Array | string): { nom: string; cellules: Cellules }[] {
	const texte = decodeTexte(source);
	return [{ nom: 'Tableau', cellules: readSeparated(texte, separatorOf(texte)) }];
}

async function readWorkbook(bytes: Uint8Array): Promise<{ nom: string; cellules: Cellules }[]> {
	const parts = unzipBounded(bytes);
	if (parts['[Content_Types].xml'] && parts['xl/workbook.xml']) return readXlsx(parts);
	const type = parts['mimetype'];
	if (!parts['content.xml'] || !type || !/opendocument\.spreadsheet/.test(new TextDecoder().decode(type)))
		throw new DomainError('invalide', PAS_UN_CLASSEUR);
	try {
		return readOds(parts['content.xml']);
	} catch {
		throw new DomainError('invalide', ABIME);
	}
}

async function readXlsx(parts: Unzipped): Promise<{ nom: string; cellules: Cellules }[]> {
	// Zipped again without compression: what is parsed is what was weighed.
	const plain = zipSync(parts, { level: 0 });
	// A second to load: only for those who need it.
	const { default: Excel } = await import('exceljs');
	const workbook = new Excel.Workbook();
	try {
		await workbook.xlsx.load(plain.buffer as ArrayBuffer);
	} catch {
		throw new DomainError('invalide', ABIME);
	}
	return workbook.worksheets
		.filter(({ state }) => state === 'visible')
		.map((sheet) => ({ nom: sheet.name, cellules: cellsOf(sheet) }));
}

/** Sizes are those that the archive says: one that lies is cut at what it said. */
function unzipBounded(bytes: Uint8Array): Unzipped {
	let total = 0;
	let count = 0;
	const isUseful = (name: string) =>
		/^(mimetype$|content\.xml$|\[Content_Types\]\.xml|_rels\/|xl\/(?!media\/|drawings\/|printerSettings\/))/.test(name);
	try {
		return unzipSync(bytes, {
			filter: ({ name, originalSize }) => {
				if (!isUseful(name)) return false;
				total += originalSize;
				if (total > DEZIPPE_MAX || ++count > PARTIES_MAX) throw new DomainError('invalide', TROP_GROS);
				return true;
			}
		});
	} catch (error) {
		throw error instanceof DomainError ? error : new DomainError('invalide', ABIME);
	}
}

function cellsOf(sheet: ExcelJS.Worksheet): Cellules {
	const rows: Cellules = [];
	sheet.eachRow({ includeEmpty: false }, (row, number) => {
		if (number > ROWS_READ) return;
		while (rows.length < number - 1) rows.push([]);
		const cells: string[] = [];
		row.eachCell({ includeEmpty: false }, (cell, column) => {
			if (column <= COLUMNS_READ) cells[column - 1] = cell.isMerged && cell.master !== cell ? '' : textOf(cell);
		});
		rows[number - 1] = Array.from(cells, (cell) => cell ?? '');
	});
	return rows;
}

/** A cell as one reads it: the result of a formula, never the formula. */
function textOf(cell: ExcelJS.Cell): string {
	return oneLine(valueText(cell.value, cell.numFmt ?? ''));
}

function valueText(value: ExcelJS.CellValue, format: string): string {
	if (value === null || value === undefined) return '';
	if (typeof value === 'number') return numberText(value, /%/.test(format.replace(/"[^"]*"/g, '')));
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean') return value ? 'oui' : 'non';
	if (value instanceof Date) return value.toLocaleDateString('fr-FR', { timeZone: 'UTC' });
	if ('richText' in value) return value.richText.map(({ text }) => text).join('');
	if ('result' in value || 'formula' in value || 'sharedFormula' in value)
		return valueText((value as { result?: ExcelJS.CellValue }).result ?? null, format);
	if ('text' in value) return valueText(value.text as ExcelJS.CellValue, format);
	return ''; // An error of the spreadsheet: there is no value.
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
	return start.every((byte, i) => bytes[i] === byte);
}
