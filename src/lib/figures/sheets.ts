import { LIGNES_MAX, SERIES_MAX } from './figure.ts';
import { trimmed, type Cellules, type Feuille } from './grid.ts';

/** What a figure may take from a file: rows with a few above for titles, columns with the labels. */
const ROWS_MAX = LIGNES_MAX + 20;
const COLUMNS_MAX = SERIES_MAX + 1;
const SHEETS_MAX = 20;
const CELLS_MAX = 60_000;
const CELL_MAX = 500;

/** Sheets as they can be shown and sent back: empty ones left out, the rest of those that are too long counted. */
export function boundSheets(sheets: readonly { nom: string; cellules: Cellules }[]): Feuille[] {
	const found: Feuille[] = [];
	let cells = 0;
	for (const { nom, cellules } of sheets) {
		const whole = trimmed(cellules.map((row) => row.slice(0, COLUMNS_MAX).map((cell) => cell.slice(0, CELL_MAX))));
		if (whole.length === 0) continue;
		const width = Math.max(1, whole[0]?.length ?? 1);
		const room = Math.min(ROWS_MAX, Math.floor((CELLS_MAX - cells) / width));
		if (room < 1 || found.length === SHEETS_MAX) break;
		const kept = whole.slice(0, room);
		cells += kept.length * width;
		found.push({ nom: nom.slice(0, 100), cellules: kept, coupees: whole.length - kept.length });
	}
	return found;
}

/** Reads sheets that came back from a page; null when they are not what it was given. */
export function parseSheets(json: string): Feuille[] | null {
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch {
		return null;
	}
	if (!Array.isArray(value) || !value.every(isSheet)) return null;
	return boundSheets(value);
}

function isSheet(value: unknown): value is { nom: string; cellules: Cellules } {
	if (typeof value !== 'object' || value === null) return false;
	const { nom, cellules } = value as Record<string, unknown>;
	const isRow = (row: unknown) => Array.isArray(row) && row.every((cell) => typeof cell === 'string');
	return typeof nom === 'string' && Array.isArray(cellules) && cellules.every(isRow);
}
