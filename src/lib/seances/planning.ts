import { counted, listed } from '#lib/format.ts';
import { nameOfPhase, periodOfPhase, type Phase } from '#lib/phases/phase.ts';
import { boundsOf, monthsBetween, periodInWords, precisionOf, type Bornes } from '#lib/quand.ts';
import { clipped, ENCRE, ENCRE_2, escape, FILET, POLICE, r, TAILLE, text, wrapped } from '#lib/svg.ts';
import type { Seance } from './seance.ts';

/*
 * The planning of a démarche: phases as bars and séances as marks, on an axis of months. It never stands alone: its
 * sentence and the lists beside it say the same.
 */

export type PhaseDePlanning = Pick<Phase, 'titre' | 'debut' | 'fin' | 'periode'>;

export interface Planning {
	/** `2027-03`… in order; empty: nothing has a date. */
	mois: string[];
	phases: { nom: string; periode: string; bornes: Bornes | null }[];
	/** One a line: an instance and the days, or months, of its séances. */
	instances: { nom: string; marques: { bornes: Bornes; aUnJour: boolean }[]; sansDate: number }[];
}

/** Years beyond which an axis says nothing any more: a date typed wrong must not draw a century. */
const MOIS_AU_PLUS = 120;

export function planningOf(
	phases: readonly PhaseDePlanning[],
	instances: readonly { nom: string; seances: readonly Pick<Seance, 'date'>[] }[]
): Planning {
	const rows = {
		phases: phases.map((phase, i) => ({
			nom: nameOfPhase(phase, i),
			periode: periodOfPhase(phase),
			bornes: spanOf(phase)
		})),
		instances: instances
			.filter(({ seances }) => seances.length > 0)
			.map(({ nom, seances }) => ({
				nom,
				marques: seances.flatMap(({ date }) => {
					const bornes = boundsOf(date);
					return bornes ? [{ bornes, aUnJour: precisionOf(date) === 'jour' }] : [];
				}),
				sansDate: seances.filter(({ date }) => boundsOf(date) === null).length
			}))
	};
	const known = [
		...rows.phases.flatMap(({ bornes }) => bornes ?? []),
		...rows.instances.flatMap(({ marques }) => marques.map(({ bornes }) => bornes))
	];
	if (known.length === 0) return { mois: [], ...rows };
	const first = known.map(({ debut }) => debut).reduce((a, b) => (a < b ? a : b));
	const last = known.map(({ fin }) => fin).reduce((a, b) => (a > b ? a : b));
	return { mois: monthsBetween(first, last).slice(0, MOIS_AU_PLUS), ...rows };
}

function spanOf({ debut, fin }: PhaseDePlanning): Bornes | null {
	const from = boundsOf(debut);
	const to = boundsOf(fin);
	if (!from || !to) return from ?? to;
	return { debut: from.debut, fin: to.fin };
}

/** « mars 2014 à juin 2015 », or nothing. */
export function spanOfPlanning({ mois }: Planning): string {
	return periodInWords(mois[0] ?? '', mois.at(-1) ?? '');
}

/** What the drawing says to whoever does not see it. */
export function alternativeOf(planning: Planning): string {
	const { phases, instances } = planning;
	const span = spanOfPlanning(planning);
	const parts = [
		...phases.map(({ nom, periode }) => (periode === '' ? nom : `${nom} (${periode})`)),
		...instances.map(({ nom, marques, sansDate }) => `${nom}\u00a0: ${counted(marques.length + sansDate, 'séance')}`)
	];
	return `Planning${span === '' ? '' : `, ${span}`}. ${listed(parts)}.`;
}

// The drawing

const LARGEUR = 960;
const NOMS = 250;
const MARGE = 12;
const RANG = 46;
const TETE = 52;

interface Axe {
	mois: readonly string[];
	/** Of a day. */
	x(jour: string): number;
	pas: number;
}

export function planningSvg(planning: Planning): string {
	const { phases, instances, mois } = planning;
	const axe = axisOf(mois);
	const rows = [
		...phases.map((phase, i) => (y: number) => phaseRow(phase, i, y, axe)),
		...instances.map((instance) => (y: number) => instanceRow(instance, y, axe))
	];
	const height = TETE + rows.length * RANG + MARGE + (instances.length > 0 ? 28 : 0);
	const bottom = TETE + rows.length * RANG;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LARGEUR} ${height}" width="${LARGEUR}" height="${height}" role="img" aria-label="${escape(alternativeOf(planning))}" font-family="${POLICE}" font-size="${TAILLE}" fill="${ENCRE}">`,
		`<rect width="${LARGEUR}" height="${height}" fill="#ffffff"/>`,
		...months(axe, bottom),
		...rows.flatMap((row, i) => row(TETE + i * RANG)),
		...(instances.length > 0 ? legend(bottom + 22) : []),
		'</svg>'
	].join('');
}

/** Its width over its height, for those who lay it out. */
export function planningRatio({ phases, instances }: Planning): number {
	return LARGEUR / (TETE + (phases.length + instances.length) * RANG + MARGE + (instances.length > 0 ? 28 : 0));
}

function axisOf(mois: readonly string[]): Axe {
	const width = LARGEUR - NOMS - 2 * MARGE;
	const pas = width / Math.max(1, mois.length);
	const x = (jour: string) => {
		const place = mois.indexOf(jour.slice(0, 7));
		const days = new Date(Date.UTC(Number(jour.slice(0, 4)), Number(jour.slice(5, 7)), 0)).getUTCDate();
		const at = place < 0 ? mois.length : place + (Number(jour.slice(8, 10)) - 1) / days;
		return NOMS + MARGE + at * pas;
	};
	return { mois, x, pas };
}

/** A line a month, named as often as there is room; years above. */
function months({ mois, x, pas }: Axe, bottom: number): string[] {
	const every = [1, 2, 3, 6, 12].find((step) => step * pas >= 40) ?? 12;
	return mois.flatMap((each, i) => {
		const left = x(`${each}-01`);
		const newYear = i === 0 || each.endsWith('-01');
		return [
			`<line x1="${r(left)}" y1="${newYear ? 8 : 28}" x2="${r(left)}" y2="${bottom}" stroke="${FILET}" stroke-width="${newYear ? 1.2 : 0.5}"/>`,
			newYear ? text({ x: left + 5, y: 20, weight: 600 }, each.slice(0, 4)) : '',
			i % every === 0
				? text({ x: left + 4, y: 42, size: 12, fill: ENCRE_2 }, MOIS_COURTS[Number(each.slice(5)) - 1] ?? '')
				: ''
		];
	});
}

const MOIS_COURTS = [
	'janv.',
	'févr.',
	'mars',
	'avril',
	'mai',
	'juin',
	'juil.',
	'août',
	'sept.',
	'oct.',
	'nov.',
	'déc.'
];

function rowName(words: string, y: number): string[] {
	const lines = wrapped(words, NOMS - MARGE).slice(0, 2);
	const top = y + RANG / 2 + (lines.length === 1 ? 5 : -4);
	return [
		`<line x1="0" y1="${y}" x2="${LARGEUR}" y2="${y}" stroke="${FILET}" stroke-width="0.5"/>`,
		...lines.map((line, i) => text({ x: MARGE, y: top + i * 17 }, line))
	];
}

/** Dark, light, dark: two that follow each other are told apart without their colour. */
const FONDS = ['#0b5563', '#9cc9d1', '#4a565c'];

function phaseRow({ nom, periode, bornes }: Planning['phases'][number], i: number, y: number, axe: Axe): string[] {
	if (!bornes) return [...rowName(nom, y), text({ x: NOMS + MARGE + 4, y: y + RANG / 2 + 5, fill: ENCRE_2 }, periode)];
	const left = axe.x(bornes.debut);
	const right = axe.x(bornes.fin) + axe.pas / 31;
	const fill = FONDS[i % FONDS.length] as string;
	return [
		...rowName(nom, y),
		`<rect x="${r(left)}" y="${y + 13}" width="${r(Math.max(4, right - left))}" height="20" rx="3" fill="${fill}" stroke="${ENCRE}" stroke-width="1"/>`
	];
}

function instanceRow({ nom, marques, sansDate }: Planning['instances'][number], y: number, axe: Axe): string[] {
	const middle = y + RANG / 2;
	const drawn = marques.map(({ bornes, aUnJour }) => {
		if (aUnJour) return `<circle cx="${r(axe.x(bornes.debut))}" cy="${middle}" r="6" fill="#7a4b00" stroke="#ffffff"/>`;
		const left = axe.x(bornes.debut) + 2;
		return `<rect x="${r(left)}" y="${middle - 5}" width="${r(Math.max(6, axe.pas - 4))}" height="10" rx="5" fill="#ffffff" stroke="#7a4b00" stroke-width="2"/>`;
	});
	return [...rowName(sansDate === 0 ? nom : `${clipped(nom, 34)} (${sansDate} à fixer)`, y), ...drawn];
}

function legend(y: number): string[] {
	const left = NOMS + MARGE;
	return [
		`<circle cx="${left + 6}" cy="${y - 4}" r="6" fill="#7a4b00" stroke="#ffffff"/>`,
		text({ x: left + 18, y, size: 12, fill: ENCRE_2 }, 'séance, un jour fixé'),
		`<rect x="${left + 160}" y="${y - 9}" width="26" height="10" rx="5" fill="#ffffff" stroke="#7a4b00" stroke-width="2"/>`,
		text({ x: left + 194, y, size: 12, fill: ENCRE_2 }, 'séance, un mois')
	];
}
