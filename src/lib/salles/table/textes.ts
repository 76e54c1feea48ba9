import type { NatureDeCarte, SourceDeCarte } from '../salle.ts';

export const UNE_NATURE: Record<NatureDeCarte, string> = {
	constat: 'Un constat',
	besoin: 'Un besoin',
	idee: 'Une idée',
	vigilance: 'Une vigilance',
	question: 'Une question'
};

export const NOM_DE_LA_SOURCE: Record<SourceDeCarte, string> = { ecran: 'écran', papier: 'papier', oral: 'oral' };

export const SANS_NOM = 'Votre carte est sans nom. N’écrivez pas de nom ni d’adresse.';

/** « Pas de réseau depuis 2 minutes. Continuez… » */
export function horsLigneEnMots(depuis: number): string {
	const minutes = Math.floor(depuis / 60_000);
	const since = minutes < 1 ? 'un instant' : `${minutes}\u00a0minute${minutes > 1 ? 's' : ''}`;
	return `Pas de réseau depuis ${since}. Continuez\u00a0: tout est gardé ici et partira tout seul.`;
}
