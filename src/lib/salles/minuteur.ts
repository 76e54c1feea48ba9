import type { Minuteur } from './salle.ts';

const MINUTE = 60_000;

/** Milliseconds left, below zero once it is over; null: no limit. While it is paused it does not move. */
export function resteDe({ fin, pauseAt }: Minuteur, now: number): number | null {
	return fin === null ? null : fin - (pauseAt ?? now);
}

/** « 11:24 », « −0:40 » once it is over. */
export function resteEnChiffres(reste: number): string {
	const seconds = reste > 0 ? Math.ceil(reste / 1000) : Math.floor(-reste / 1000);
	const sign = reste < 0 && seconds > 0 ? '\u2212' : '';
	return `${sign}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** « 12 min », « moins d’une minute », « temps écoulé ». */
export function resteEnMots(reste: number): string {
	if (reste <= 0) return 'temps écoulé';
	return reste < MINUTE ? 'moins d’une minute' : `${Math.round(reste / MINUTE)}\u00a0min`;
}

const HEURE = new Intl.DateTimeFormat('fr-FR', { hour: 'numeric', minute: '2-digit' });

/** « 14 h 05 ». */
export function heureEnMots(instant: number): string {
	return HEURE.format(instant).replace(/\D+/, '\u00a0h\u00a0');
}

/** More time: from now where it is over, or where there was no limit. */
export function minuteurProlonge(minuteur: Minuteur, de: number, now: number): Minuteur {
	const here = minuteur.pauseAt ?? now;
	return { ...minuteur, fin: Math.max(minuteur.fin ?? here, here) + de };
}

/** Goes on, with what was left when it was paused. */
export function minuteurRepris(minuteur: Minuteur, now: number): Minuteur {
	const { debut, fin, pauseAt } = minuteur;
	if (pauseAt === null) return minuteur;
	const stood = now - pauseAt;
	return { debut: debut + stood, fin: fin === null ? null : fin + stood, pauseAt: null };
}

/** What is said aloud when time passes from one instant to the next: at five minutes, at one, at the end. Never each second. */
export function annonceDuTemps(before: number | null, after: number | null): string {
	if (before === null || after === null) return '';
	if (before > 0 && after <= 0) return 'Le temps est écoulé. Finissez votre phrase.';
	for (const minutes of [1, 5])
		if (before > minutes * MINUTE && after <= minutes * MINUTE)
			return `Encore ${minutes}\u00a0minute${minutes > 1 ? 's' : ''}.`;
	return '';
}
