import type { Role } from '#lib/documents/rights.ts';

/** What is decided about accounts: pure, for forms and acts alike. */

export const PLUS_LONG_NOM = 100;
export const PLUS_LONG_ORGANISME = 120;
export const PLUS_LONGUE_ADRESSE = 254;
export const PLUS_LONGUE_NOTE = 120;

interface DroitDeCompte {
	administrateur: number;
	demo: number;
}

/** A demo account never has the right, whatever its row says: its link is printed and can be reused. */
export function isAdministrateur({ administrateur, demo }: DroitDeCompte): boolean {
	return administrateur === 1 && demo === 0;
}

/** One line as typed: without control or direction characters, half characters or double spaces. */
export function cleanLine(text: string): string {
	return text
		.normalize('NFC')
		.replace(/[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\s]+/gu, ' ')
		.trim();
}

/** The address as it is compared and kept: two spellings of one address are one account. */
export function foldEmail(email: string): string {
	return cleanLine(email).toLowerCase();
}

export interface Identite {
	nom: string;
	email: string;
	organisme: string;
}

export type Erreurs<Champ extends string> = Partial<Record<Champ, string>>;

/** What must be corrected in who someone says they are, by field. */
export function identiteErrors({ nom, email, organisme }: Identite): Erreurs<keyof Identite> {
	const erreurs: Erreurs<keyof Identite> = {};
	const fautes = { nom: nomFault(nom), email: emailFault(email), organisme: organismeFault(organisme) };
	for (const champ of ['nom', 'email', 'organisme'] as const) {
		const faute = fautes[champ];
		if (faute) erreurs[champ] = faute;
	}
	return erreurs;
}

export function nomFault(nom: string): string | null {
	if (nom === '') return 'Indiquez votre nom, tel que les autres le liront.';
	if (nom.length > PLUS_LONG_NOM) return `Raccourcissez le nom (${PLUS_LONG_NOM} caractères au plus).`;
	return null;
}

export function organismeFault(organisme: string): string | null {
	if (organisme.length > PLUS_LONG_ORGANISME)
		return `Raccourcissez le nom de l’organisme (${PLUS_LONG_ORGANISME} caractères au plus).`;
	return null;
}

export function emailFault(email: string): string | null {
	if (email === '') return 'Indiquez votre adresse électronique.';
	if (email.length > PLUS_LONGUE_ADRESSE || !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email))
		return 'Écrivez une adresse électronique complète, par exemple prenom.nom@departement.fr.';
	return null;
}

export function noteFault(pour: string): string | null {
	if (pour.length > PLUS_LONGUE_NOTE) return `Raccourcissez la note (${PLUS_LONGUE_NOTE} caractères au plus).`;
	return null;
}

/** Whether a pacte would be left without équipe projet if this member took that role (null: left). */
export function leavesNoEquipeProjet(
	membres: readonly { compteId: string; role: Role }[],
	compteId: string,
	role: Role | null
): boolean {
	if (role === 'equipe_projet') return false;
	const team = membres.filter((membre) => membre.role === 'equipe_projet');
	return team.length === 1 && team[0]?.compteId === compteId;
}
