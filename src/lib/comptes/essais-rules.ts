import { counted } from '#lib/format.ts';

const SECOND = 1000;
const LONGEST_WAIT = 80 * 60 * SECOND;

/** Failures are forgotten this long after the last wait. */
export const OUBLI_DES_ECHECS = 24 * 60 * 60 * SECOND;

/**
 * How long to wait after this many failures: two are free, then four times longer each time. More than a minute after
 * five, and at most 25 tries a day.
 */
export function waitAfter(echecs: number): number {
	if (echecs < 3) return 0;
	return Math.min(5 * SECOND * 4 ** (echecs - 3), LONGEST_WAIT);
}

/** « 20 secondes », « 6 minutes », rounded up. */
export function waitInWords(milliseconds: number): string {
	const seconds = Math.max(1, Math.ceil(milliseconds / SECOND));
	return seconds < 100 ? counted(seconds, 'seconde') : counted(Math.ceil(seconds / 60), 'minute');
}

/** What is said of a wait, whether the account exists or not. */
export function waitSentence(milliseconds: number): string {
	return `Trop d’essais pour cette adresse. Le prochain sera possible dans ${waitInWords(milliseconds)}.`;
}
