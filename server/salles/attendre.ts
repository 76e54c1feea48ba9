import type { Envoi, Salles, Spectateur } from './salles.ts';

export interface Attente {
	seanceId: string;
	spectateur: Spectateur;
	/** What the page has; null: nothing. */
	revision: number | null;
	/** Milliseconds after which there is nothing to say. */
	delai: number;
	now: () => number;
	signal: AbortSignal;
}

/** One thing to say to a page, as soon as there is one: for those whose network holds streams back. */
export async function attendreEnvoi(salles: Salles, attente: Attente): Promise<Envoi> {
	const { seanceId, spectateur, revision, delai, now, signal } = attente;
	let settle: (envoi: Envoi) => void = () => {};
	const answered = new Promise<Envoi>((resolve) => (settle = resolve));
	const nothing = () => settle({ type: 'rien', revision: revision ?? 0, maintenant: now() });
	const timer = setTimeout(nothing, delai);
	signal.addEventListener('abort', nothing);
	try {
		const leave = await salles.follow(
			seanceId,
			spectateur,
			(envoi) => envoi.type !== 'rien' && settle(envoi),
			revision
		);
		const envoi = await answered;
		leave();
		return envoi;
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', nothing);
	}
}
