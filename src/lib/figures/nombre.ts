/** Numbers as French people write them in a cell: « 307 453 », « 9,1 % », « − 3 », « 59 hab/km² ». */

const NBSP = '\u00a0';
const SPACES = /[ \u00a0\u202f\u2009]/g;

/** A sign, the whole part (grouped by spaces or by dots), decimals, then a unit without a digit. */
const NOMBRE =
	/^([+\-\u2212\u2013]?)\s*(\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+|\d{1,3}(?:\.\d{3}){2,}|\d+)(?:[.,](\d+))?\s*([^\d\s][^\d]{0,40})?$/u;

/** « n. d. », « nc », « - », « s. », « … »: nothing was measured, and that is said. */
const ABSENT =
	/^(?:n\.?\s?[dcs]\.?|non (?:disponible|communiqué|renseigné|connu)e?s?|[-\u2212\u2013\u2014]|\u2026|\.\.\.|s\.?|ns|\/)$/iu;

/** The number that a text says; null when it says none. */
export function readNombre(texte: string): number | null {
	const match = NOMBRE.exec(texte.trim());
	if (!match) return null;
	const [, sign, whole = '', decimals = ''] = match;
	const nombre = Number(`${whole.replace(/[^\d]/g, '')}.${decimals === '' ? '0' : decimals}`);
	if (!Number.isFinite(nombre)) return null;
	return sign === '' || sign === '+' ? nombre : -nombre;
}

/** The unit that stands in the cell itself: « % » in « 9,1 % ». */
export function uniteIn(texte: string): string {
	return NOMBRE.exec(texte.trim())?.[4]?.trim() ?? '';
}

/** Whether a cell says that there is no value; an empty one is not filled yet. */
export function isAbsent(texte: string): boolean {
	return texte.trim() === '' || ABSENT.test(texte.trim());
}

/** A value as it is printed: its thousands apart, its unit behind, nothing that breaks. What is no number stays as it is. */
export function formatValeur(texte: string, unite: string): string {
	const typed = texte.trim();
	if (typed === '') return '';
	if (isAbsent(typed)) return `n.${NBSP}d.`;
	const match = NOMBRE.exec(typed);
	if (!match) return typed;
	const [, sign = '', whole = '', decimals, own] = match;
	const figures = `${sign === '' || sign === '+' ? '' : '\u2212'}${grouped(whole)}${decimals === undefined ? '' : `,${decimals}`}`;
	const unit = own?.trim() ?? unite.trim();
	return unit === '' ? figures : `${figures}${NBSP}${unit.replace(SPACES, NBSP)}`;
}

/** The unit as it stands beside each value: a long one is said once, with the title. */
export function uniteCourte(unite: string): string {
	return unite.trim().length <= UNITE_COURTE ? unite : '';
}

const UNITE_COURTE = 4;

/** A number that was computed, with as few decimals as it needs. */
export function formatNombre(nombre: number, decimals = 1): string {
	const rounded = Math.round(nombre * 10 ** decimals) / 10 ** decimals;
	return rounded.toLocaleString('fr-FR', { maximumFractionDigits: decimals }).replace(SPACES, NBSP);
}

/** Four digits stay together, so that a year stays a year. */
function grouped(whole: string): string {
	const digits = whole.replace(/[^\d]/g, '');
	return digits.length < 5 && digits === whole ? digits : digits.replace(/\B(?=(\d{3})+$)/g, NBSP);
}
