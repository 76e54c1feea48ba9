import { dayInWords } from '#lib/format.ts';

/*
 * When something is, as far as it is known: a day (`2027-03-12`), a month (`2027-03`), a season (`2027-automne`), or nothing yet.
 * Texts sort by their first day.
 */

export type Precision = 'jour' | 'mois' | 'saison';

const MOIS = [
	'janvier',
	'février',
	'mars',
	'avril',
	'mai',
	'juin',
	'juillet',
	'août',
	'septembre',
	'octobre',
	'novembre',
	'décembre'
];

interface Saison {
	nom: string;
	/** Months of the year, from 1. */
	de: number;
	a: number;
}

/** Within one year, so that « hiver 2027 » is one place on an axis: January and February. */
const SAISONS: Record<string, Saison> = {
	hiver: { nom: 'hiver', de: 1, a: 2 },
	printemps: { nom: 'printemps', de: 3, a: 5 },
	ete: { nom: 'été', de: 6, a: 8 },
	automne: { nom: 'automne', de: 9, a: 11 }
};

const JOUR = /^(\d{4})-(\d{2})-(\d{2})$/;
const MOIS_ECRIT = /^(\d{4})-(\d{2})$/;
const SAISON_ECRITE = /^(\d{4})-(hiver|printemps|ete|automne)$/;

/** Said of what has no date. */
export const A_FIXER = 'à fixer';

/** How precisely it is known; null: it is no date. */
export function precisionOf(quand: string): Precision | null {
	if (isDay(quand)) return 'jour';
	const month = Number(MOIS_ECRIT.exec(quand)?.[2] ?? 0);
	if (month >= 1 && month <= 12) return 'mois';
	return SAISON_ECRITE.test(quand) ? 'saison' : null;
}

function isDay(text: string): boolean {
	const [, year, month, day] = JOUR.exec(text) ?? [];
	if (!year) return false;
	const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
	return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

/**
 * Reads what people write: « 12/03/2027 », « lundi 1er mars 2027 », « mars 2027 », « à l’automne 2027 », « à fixer » or nothing.
 * null: it is not understood, or less precise than what is asked.
 */
export function readQuand(text: string, precisions: readonly Precision[]): string | null {
	const words = plain(text);
	if (words === '' || /^(a fixer|a definir|a preciser|\?|-|–|—)$/.test(words)) return '';
	const read = readDay(words) ?? readMonth(words) ?? readSeason(words);
	if (read === null) return null;
	const precision = precisionOf(read);
	return precision !== null && precisions.includes(precision) ? read : null;
}

/** Small letters without accents, and without the words that come before a date. */
function plain(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[’']/g, ' ')
		.replace(/\s+/g, ' ')
		.trim()
		.replace(/^(le|en|au|a l|courant) /, '')
		.replace(/^(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche),? /, '');
}

function readDay(words: string): string | null {
	if (isDay(words)) return words;
	const numbers = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/.exec(words);
	const named = /^(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})$/.exec(words);
	const [, day = '', month = '', year = ''] = numbers ?? named ?? [];
	if (year === '') return null;
	const number = numbers ? Number(month) : monthNamed(month);
	const written = `${year.length === 2 ? `20${year}` : year}-${two(number)}-${two(Number(day))}`;
	return isDay(written) ? written : null;
}

function readMonth(words: string): string | null {
	const iso = MOIS_ECRIT.exec(words);
	if (iso) return precisionOf(words) === null ? null : words;
	const numbers = /^(\d{1,2})[/.](\d{4})$/.exec(words);
	const named = /^([a-z]+)\.? (\d{4})$/.exec(words);
	const month = numbers ? Number(numbers[1]) : monthNamed(named?.[1] ?? '');
	const year = numbers?.[2] ?? named?.[2];
	return year !== undefined && month >= 1 && month <= 12 ? `${year}-${two(month)}` : null;
}

function readSeason(words: string): string | null {
	if (SAISON_ECRITE.test(words)) return words;
	const [, season = '', year = ''] = /^([a-z]+) (\d{4})$/.exec(words) ?? [];
	return season in SAISONS ? `${year}-${season}` : null;
}

/** 1 to 12, also from a shortened name (« sept »); 0: it is no month. */
function monthNamed(word: string): number {
	if (word.length < 3) return 0;
	const found = MOIS.filter((mois) => plain(mois).startsWith(word));
	return found.length === 1 ? MOIS.indexOf(found[0] as string) + 1 : 0;
}

function two(number: number): string {
	return String(number).padStart(2, '0');
}

/** « 12 mars 2027 », « mars 2027 », « automne 2027 », or nothing. */
export function quandInWords(quand: string): string {
	switch (precisionOf(quand)) {
		case 'jour':
			return dayInWords(quand);
		case 'mois':
			return `${monthInWords(quand)} ${quand.slice(0, 4)}`;
		case 'saison':
			return `${SAISONS[quand.slice(5)]?.nom} ${quand.slice(0, 4)}`;
		default:
			return '';
	}
}

/** « mars », of a day or of a month. */
export function monthInWords(quand: string): string {
	return MOIS[Number(quand.slice(5, 7)) - 1] ?? '';
}

export interface Bornes {
	/** First day. */
	debut: string;
	/** Last day. */
	fin: string;
}

/** The days that it may be; null: no date. */
export function boundsOf(quand: string): Bornes | null {
	const year = Number(quand.slice(0, 4));
	switch (precisionOf(quand)) {
		case 'jour':
			return { debut: quand, fin: quand };
		case 'mois':
			return { debut: `${quand}-01`, fin: lastDay(year, Number(quand.slice(5))) };
		case 'saison': {
			const { de, a } = SAISONS[quand.slice(5)] as Saison;
			return { debut: `${year}-${two(de)}-01`, fin: lastDay(year, a) };
		}
		default:
			return null;
	}
}

function lastDay(year: number, month: number): string {
	return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** The day that it is in France, at an instant. */
export function dayAt(instant: number): string {
	return new Date(instant).toLocaleDateString('fr-CA', { timeZone: 'Europe/Paris' });
}

/** The instant of an hour (`14:30`) of a day, in France, in summer as in winter. */
export function instantOf(day: string, hour: string): number {
	const written = Date.parse(`${day}T${hour}:00Z`);
	const offsetAt = (instant: number) =>
		Date.parse(`${new Date(instant).toLocaleString('sv-SE', { timeZone: 'Europe/Paris' }).replace(' ', 'T')}Z`) -
		instant;
	return written - offsetAt(written - offsetAt(written));
}

/** Those that have a date first, in their order; then the others, as they were. */
export function byQuand(a: string, b: string): number {
	const [first, second] = [boundsOf(a), boundsOf(b)];
	if (!first || !second) return Number(!first) - Number(!second);
	return compare(first.debut, second.debut) || compare(first.fin, second.fin);
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/** « mars à mai 2014 », « octobre 2014 à juin 2015 », « 2 juillet au 7 octobre 2027 ». */
export function periodInWords(debut: string, fin: string): string {
	const [from, to] = [quandInWords(debut), quandInWords(fin)];
	if (from === '' || to === '' || from === to) return from === '' ? (to === '' ? '' : `jusqu’à ${to}`) : from;
	const shared = debut.slice(0, 4) === fin.slice(0, 4) ? from.replace(/ \d{4}$/, '') : from;
	const link = precisionOf(fin) === 'jour' ? 'au' : 'à';
	return `${shared} ${link} ${to}`;
}

/** The months that several dates span: « juillet à octobre 2019 »; of a single one, itself. */
export function spanInWords(quands: readonly string[]): string {
	const known = [...new Set(quands)].filter((quand) => precisionOf(quand) !== null);
	if (known.length < 2) return quandInWords(known[0] ?? '');
	const bounds = known.map((quand) => boundsOf(quand) as Bornes);
	const first = bounds.map(({ debut }) => debut).reduce((a, b) => (a < b ? a : b));
	const last = bounds.map(({ fin }) => fin).reduce((a, b) => (a > b ? a : b));
	return periodInWords(first.slice(0, 7), last.slice(0, 7));
}

/** The months from one day to another, both included: `2027-03`, `2027-04`… */
export function monthsBetween(debut: string, fin: string): string[] {
	const months: string[] = [];
	let [year, month] = [Number(debut.slice(0, 4)), Number(debut.slice(5, 7))];
	for (let at = `${year}-${two(month)}`; at <= fin.slice(0, 7); at = `${year}-${two(month)}`) {
		months.push(at);
		[year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
	}
	return months;
}
