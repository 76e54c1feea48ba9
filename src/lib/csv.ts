/** What a cell of a .csv may be; null and '' are both empty. */
export type CelluleCsv = string | number | null;

/** Rows as a .csv that French spreadsheets open as it is: semicolons, a mark that says UTF-8, nothing that runs. */
export function writeCsv(rows: readonly (readonly CelluleCsv[])[]): string {
	return `\ufeff${rows.map((row) => row.map(cellOf).join(';')).join('\r\n')}\r\n`;
}

function cellOf(value: CelluleCsv): string {
	if (typeof value === 'number') return Number.isFinite(value) ? String(value).replace('.', ',') : '';
	return textOf(value ?? '');
}

/** What begins a formula in some spreadsheet, blanks before it included: some skip them. */
const FORMULE = /^[\s\u0000]*[=+\-@\u2212\uff1d\uff0b\uff0d\uff20]/; // eslint-disable-line no-control-regex -- a sign that some skip
const NOMBRE = /^[+-]?[\d\s\u00a0\u202f]+([.,]\d+)?\s*%?$/;

/** A text that begins like a formula is made a text by an apostrophe, unless it is a plain number. Its lines stay, inside quotes. */
function textOf(text: string): string {
	const clean = text
		.toWellFormed()
		.replace(/\r\n?/g, '\n')
		.replace(/\0/g, '')
		.replace(/^[\t\n]+|[\n]+$/g, '')
		.replace(/\t/g, ' ');
	const runs = (FORMULE.test(text) && !NOMBRE.test(clean)) || /^[\t\r\n]/.test(text);
	const safe = runs ? `'${clean}` : clean;
	// A comma too: who reads the file with commas would else see what follows it as a cell of its own.
	return /[;"\n]/.test(safe) || (safe.includes(',') && !NOMBRE.test(safe)) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
