import type { Cellules } from '#lib/figures/grid.ts';
import { childOf, elementsOf, findAll, readXml, type Element } from '../import/fichiers/xml.ts';
import { COLUMNS_READ, numberText, oneLine, ROWS_READ } from './cell-text.ts';

/** The visible sheets of an .ods, from its content. */
export function readOds(content: Uint8Array): { nom: string; cellules: Cellules }[] {
	const document = childOf(readXml(content), 'office:document-content');
	const hidden = hiddenStyles(childOf(document, 'office:automatic-styles'));
	const sheets = childOf(childOf(document, 'office:body'), 'office:spreadsheet');
	return (sheets ? elementsOf(sheets) : [])
		.filter(({ nom, attributs }) => nom === 'table:table' && !hidden.has(attributs['table:style-name'] ?? ''))
		.map((table) => ({ nom: table.attributs['table:name'] ?? '', cellules: cellsOf(table) }));
}

function hiddenStyles(styles: Element | undefined): Set<string> {
	const hides = (style: Element) =>
		findAll(style, 'style:table-properties').some(({ attributs }) => attributs['table:display'] === 'false');
	return new Set(
		(styles ? elementsOf(styles) : []).filter(hides).map(({ attributs }) => attributs['style:name'] ?? '')
	);
}

/** A row, or a cell, is written once with how often it comes: a sheet ends with a million empty ones. */
function cellsOf(table: Element): Cellules {
	const rows: Cellules = [];
	for (const row of findAll(table, 'table:table-row')) {
		const cells = rowOf(row);
		const room = ROWS_READ - rows.length;
		const times = Math.min(room, timesOf(row, 'table:number-rows-repeated'));
		for (let i = 0; i < times; i++) rows.push(cells);
		if (times === room) break;
	}
	return rows;
}

function rowOf(row: Element): string[] {
	const cells: string[] = [];
	for (const cell of elementsOf(row)) {
		const isCovered = cell.nom === 'table:covered-table-cell';
		if (!isCovered && cell.nom !== 'table:table-cell') continue;
		const text = isCovered ? '' : textOf(cell);
		const times = Math.min(COLUMNS_READ - cells.length, timesOf(cell, 'table:number-columns-repeated'));
		for (let i = 0; i < times; i++) cells.push(text);
	}
	return cells;
}

function timesOf({ attributs }: Element, nom: string): number {
	const times = Number(attributs[nom] ?? 1);
	return Number.isInteger(times) && times > 0 ? times : 1;
}

/** A cell as one reads it; a number with all its digits. */
function textOf(cell: Element): string {
	const { attributs } = cell;
	const value = Number(attributs['office:value'] ?? NaN);
	const type = attributs['office:value-type'] ?? '';
	if (!Number.isNaN(value) && (type === 'float' || type === 'percentage'))
		return numberText(value, type === 'percentage');
	if (type === 'boolean') return attributs['office:boolean-value'] === 'true' ? 'oui' : 'non';
	// Notes stand in the cell too: only its own paragraphs are what it says.
	const paragraphs = elementsOf(cell).filter(({ nom }) => nom === 'text:p');
	return oneLine(paragraphs.map(wordsOf).join(' '));
}

function wordsOf({ nom, enfants }: Element): string {
	if (nom === 'text:s' || nom === 'text:tab' || nom === 'text:line-break') return ' ';
	return enfants.map((enfant) => (typeof enfant === 'string' ? enfant : wordsOf(enfant))).join('');
}
