/**
 * Why the server closes a socket. From 4400 to 4499 the browser does not come back by itself; after the others it does.
 * The reason that goes with a code is a French sentence for the person (123 bytes at most).
 */
export const CLOSE = {
	messageIllisible: 4400,
	sessionTerminee: 4401,
	tropTard: 4205,
	droitsChanges: 4206,
	tropDePages: 4207,
	redemarrage: 1012,
	indisponible: 1013,
	tropLent: 1013
} as const;

export const REASONS = {
	messageIllisible: 'Message illisible : rechargez la page.',
	sessionTerminee: 'Vous n’êtes plus connecté : connectez-vous de nouveau.',
	tropTard: 'La connexion a été ouverte sans être utilisée.',
	droitsChanges: 'Vos droits sur ce pacte ont changé.',
	tropDePages: 'Trop de pages sont ouvertes avec ce compte : fermez-en quelques-unes.',
	redemarrage: 'Le serveur redémarre.',
	indisponible: 'Le texte ne peut pas être ouvert pour le moment.',
	tropLent: 'La connexion ne suit pas : elle reprend.'
} as const satisfies Record<keyof typeof CLOSE, string>;

/** Whether the browser must not try again by itself. */
export function isFinal(code: number): boolean {
	return code >= 4400 && code < 4500;
}
