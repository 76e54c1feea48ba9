/** Amounts are whole cents of euro, so that sums are exact. */

const MONTANT = /^(\d[\d\s\u00a0\u202f]*)(?:[.,](\d{1,2}))?$/u;

/** Cents out of « 4 624 000 € », « 1,5 M€ », « 12 k€ », « 2500,50 ». null: no amount is said; undefined: it cannot be read. */
export function centsIn(texte: string): number | null | undefined {
	const clean = texte.replace(/\s*(€|euros?)\s*$/iu, '').trim();
	if (clean === '') return null;
	const [, count = '', unit = ''] = /^(\d+(?:[.,]\d{1,6})?)\s*([Mk])$/iu.exec(clean) ?? [];
	if (unit !== '') return Math.round(Number(count.replace(',', '.')) * (/m/i.test(unit) ? 100_000_000 : 100_000));
	const match = MONTANT.exec(clean);
	if (!match) return undefined;
	const euros = Number((match[1] as string).replace(/\s/gu, ''));
	const cents = euros * 100 + Number((match[2] ?? '').padEnd(2, '0'));
	return cents <= Number.MAX_SAFE_INTEGER / 100 ? cents : undefined;
}

/** « 4 624 000 € », « 2 500,50 € ». Spaces do not break. */
export function formatEuros(cents: number): string {
	const digits = cents % 100 === 0 ? 0 : 2;
	const euros = (cents / 100).toLocaleString('fr-FR', { minimumFractionDigits: digits, maximumFractionDigits: digits });
	return `${euros.replaceAll('\u202f', '\u00a0')}\u00a0€`;
}
