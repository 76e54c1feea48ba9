import { monthInWords } from '#lib/quand.ts';

/** A day of a month's page; `iso`: `2027-03-12`. */
export interface JourDuMois {
	iso: string;
	jour: number;
	/** Of the month before or after, shown to fill the week. */
	autreMois: boolean;
}

export const JOURS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'] as const;

/** The weeks of a month (`2027-03`), from Monday to Sunday. */
export function weeksOf(mois: string): JourDuMois[][] {
	const [year, month] = [Number(mois.slice(0, 4)), Number(mois.slice(5))];
	const before = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7;
	const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
	return Array.from({ length: Math.ceil((before + length) / 7) }, (_, week) =>
		JOURS.map((_name, day) => {
			const date = new Date(Date.UTC(year, month - 1, week * 7 + day - before + 1));
			const iso = date.toISOString().slice(0, 10);
			return { iso, jour: date.getUTCDate(), autreMois: !iso.startsWith(mois) };
		})
	);
}

/** The month so many months later; earlier when negative. */
export function monthAfter(mois: string, count: number): string {
	const date = new Date(Date.UTC(Number(mois.slice(0, 4)), Number(mois.slice(5)) - 1 + count, 1));
	return date.toISOString().slice(0, 7);
}

/** « Mars 2027 ». */
export function titleOfMonth(mois: string): string {
	const words = `${monthInWords(mois)} ${mois.slice(0, 4)}`;
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The month to open on: that of the next day that has something, else of the last one, else the present one. */
export function monthToShow(dates: readonly string[], today: string): string {
	const sorted = dates.filter((date) => date !== '').sort();
	const next = sorted.find((date) => date >= today.slice(0, date.length));
	return (next ?? sorted.at(-1) ?? today).slice(0, 7);
}
