/** Rows and columns beyond what a figure takes are not even read. */
export const ROWS_READ = 5_000;
export const COLUMNS_READ = 200;

/** « 9,1 % » for 0.091 as per cent; no more digits than a computer's sums are worth. */
export function numberText(value: number, isPercent: boolean): string {
	const rounded = Number((isPercent ? value * 100 : value).toPrecision(12));
	if (!Number.isFinite(rounded)) return '';
	const text =
		Math.abs(rounded) < 1e21
			? rounded.toLocaleString('fr-FR', { maximumFractionDigits: 12, useGrouping: false })
			: String(rounded);
	return isPercent ? `${text}\u00a0%` : text;
}

export function oneLine(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}
