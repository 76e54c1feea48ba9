/** First and last year of a pacte; null when they are not known. */
export interface Periode {
	debut: number | null;
	fin: number | null;
}

export type NatureEcheance = 'vide' | 'annees' | 'permanente' | 'a_definir' | 'libre';

export interface LectureEcheance {
	nature: NatureEcheance;
	/** Every year in which the action is found, in order: « 2021 ou 2022 » is found in both. */
	annees: number[];
}

/** What people write in an échéance, understood as years. The text itself stays as it was typed. */
export function readEcheance(texte: string, periode: Periode): LectureEcheance {
	const plain = plainOf(texte);
	if (plain === '') return { nature: 'vide', annees: [] };
	const annees = yearsOf(plain, periode);
	if (annees.length > 0) return { nature: 'annees', annees };
	if (/\ba (definir|fixer|preciser|determiner|confirmer)\b/.test(plain)) return { nature: 'a_definir', annees: [] };
	if (ALWAYS.test(plain)) return { nature: 'permanente', annees: range(periode.debut, periode.fin) };
	return { nature: 'libre', annees: [] };
}

/** Lower case, no accents, plain dashes and spaces. */
function plainOf(texte: string): string {
	return texte
		.normalize('NFKC')
		.replace(/(^|\s)dès(?=\s)/gi, '$1à partir de') // Before its accent goes: « fin des travaux » is another thing.
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[\u2010-\u2015\u2212]/g, '-')
		.replace(/\s+/g, ' ')
		.trim();
}

const ALWAYS =
	/tout au long|toute la (duree|periode)|duree (du|de la) (pacte|pti|periode)|en continu|permanen|au fil de l.eau|chaque (annee|semestre|trimestre|mois)|tous les (ans|mois)|(fois|reunions?|rencontres?) ?(par|\/) ?an|\bannuel|en cours\b/;
const YEAR = '((?:19|20)\\d\\d)';
const RANGE = new RegExp(`(?<!\\d)${YEAR}(?: ?[-/] ?| (?:a|au|jusqu.(?:en|a)) )${YEAR}(?!\\d)`, 'g');
const SHORT_RANGE = new RegExp(`(?<![\\d/.])${YEAR} ?[-/] ?(\\d\\d)(?![\\d/.])`, 'g');
const SINGLE = new RegExp(`(?<!\\d)${YEAR}(?!\\d)`, 'g');
const ONWARDS = /suivant|apres|ulterieur|en cours|a (partir|compter) d|\bdepuis\b/;
const UNTIL = /jusqu/;

/** A span is never longer than a pacte could be. */
const LONGEST = 30;

function yearsOf(plain: string, { debut, fin }: Periode): number[] {
	const years = new Set<number>();
	const rest = plain
		.replace(RANGE, (_match, from: string, to: string) => take(years, range(Number(from), Number(to))))
		.replace(SHORT_RANGE, (match, from: string, to: string) => {
			const last = Number(from.slice(0, 2) + to);
			return last > Number(from) ? take(years, range(Number(from), last)) : match;
		});
	const singles = [...rest.matchAll(SINGLE)].map(([, year]) => Number(year));
	for (const year of singles) years.add(year);
	const last = singles.at(-1);
	if (last !== undefined && ONWARDS.test(plain)) take(years, range(last, fin));
	if (last !== undefined && UNTIL.test(rest)) take(years, range(debut, last));
	return [...years].sort((a, b) => a - b);
}

function take(years: Set<number>, more: number[]): string {
	for (const year of more) years.add(year);
	return ' ';
}

function range(from: number | null, to: number | null): number[] {
	if (from === null || to === null || to < from || to - from > LONGEST)
		return [from, to].filter((year) => year !== null);
	return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** « 2021 », « 2021 et 2022 », « de 2017 à 2021 ». */
export function yearsInWords(annees: readonly number[]): string {
	const first = annees[0];
	const last = annees.at(-1);
	if (first === undefined || last === undefined) return '';
	if (annees.length > 2 && last - first === annees.length - 1) return `de ${first} à ${last}`;
	if (annees.length === 1) return String(first);
	return `${annees.slice(0, -1).join(', ')} et ${last}`;
}

/** What was understood of an échéance, for whoever writes it: a help, never a refusal. */
export function readingInWords({ nature, annees }: LectureEcheance, { debut, fin }: Periode): string {
	switch (nature) {
		case 'vide':
			return '';
		case 'a_definir':
			return 'À définir\u00a0: la synthèse le dira ainsi.';
		case 'permanente':
			return annees.length === 0
				? 'Tout au long du pacte.'
				: `Trouvée pour chaque année du pacte, ${yearsInWords(annees)}.`;
		case 'libre':
			return 'Aucune année reconnue\u00a0: la synthèse ne trouvera pas cette fiche par année.';
		case 'annees': {
			const outside = annees.filter((annee) => (debut !== null && annee < debut) || (fin !== null && annee > fin));
			const years = yearsInWords(annees);
			const found = `La synthèse trouvera cette fiche ${years.startsWith('de ') ? years : `en ${years}`}.`;
			if (outside.length === 0) return found;
			return `${found} Hors de la période du pacte\u00a0: ${yearsInWords(outside)}.`;
		}
		default:
			return nature satisfies never;
	}
}
