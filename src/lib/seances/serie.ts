import { counted } from '#lib/format.ts';
import { readQuand } from '#lib/quand.ts';
import { PRECISIONS_DE_SEANCE, roundInWords } from './seance.ts';

/** Several séances made in one act. */
export interface Serie {
	/** What they are called: « Groupe de travail ». */
	titre: string;
	/** One a theme; empty: they are only counted. */
	themes: readonly string[];
	/** Meetings of each theme, or in all when there is no theme. */
	reunions: number;
	/** One a line, round by round: those of the first meeting of each theme, then those of the second… May be fewer. */
	dates: readonly string[];
	/** One a round; the last one serves those that have none. */
	objets: readonly string[];
}

export interface SeanceDeSerie {
	titre: string;
	theme: string;
	tour: number | null;
	date: string;
	objet: string;
}

const SEANCES_AU_PLUS = 200;

/** Themes × meetings, or so many meetings; or what is wrong with each line of dates. */
export function seancesOf(serie: Serie): { seances: SeanceDeSerie[] } | { erreurs: string[] } {
	const { themes, reunions, dates } = serie;
	if (!Number.isInteger(reunions) || reunions < 1)
		return { erreurs: ['Indiquez combien de réunions, par un nombre entier.'] };
	const total = Math.max(1, themes.length) * reunions;
	if (total > SEANCES_AU_PLUS)
		return { erreurs: [`Une série a ${SEANCES_AU_PLUS}\u00a0séances au plus\u00a0: celle-ci en aurait ${total}.`] };
	const erreurs = faultsOf(dates, total);
	if (erreurs.length > 0) return { erreurs };
	const date = (place: number) => readQuand(dates[place] ?? '', PRECISIONS_DE_SEANCE) ?? '';
	return {
		seances: Array.from({ length: total }, (_, place) => ({ ...nthOf(serie, place), date: date(place) }))
	};
}

function faultsOf(dates: readonly string[], total: number): string[] {
	if (dates.length > total)
		return [
			`Il y a ${counted(dates.length, 'date')} pour ${counted(total, 'séance')}\u00a0: retirez-en, ou ajoutez des réunions.`
		];
	return dates.flatMap((line, i) =>
		readQuand(line, PRECISIONS_DE_SEANCE) === null
			? [
					`Ligne ${i + 1}, «\u00a0${line.slice(0, 60)}\u00a0»\u00a0: écrivez un jour et son année (12/03/2027), un mois (mars 2027) ou «\u00a0à fixer\u00a0».`
				]
			: []
	);
}

function nthOf({ titre, themes, objets }: Serie, place: number): Omit<SeanceDeSerie, 'date'> {
	if (themes.length === 0)
		return { titre: `${titre} n°\u00a0${place + 1}`, theme: '', tour: null, objet: objets[0] ?? '' };
	const theme = themes[place % themes.length] as string;
	const tour = Math.floor(place / themes.length) + 1;
	return {
		titre: `${theme}, ${roundInWords(tour)}`,
		theme,
		tour,
		objet: objets[Math.min(tour, objets.length) - 1] ?? ''
	};
}
