import type { Modele } from '#lib/pactes/modele.ts';

/** How far the fiches of a pacte are written. */
export interface Avancement {
	/** How many fields a fiche must have. */
	total: number;
	/** How many of them are filled, by fiche; one that is not there has none. */
	remplis: Record<string, number>;
}

/** The fields that count: those that a fiche must have. */
export function champsRequis(modele: Modele): string[] {
	return modele.champs.filter(({ requis }) => requis).map(({ id }) => id);
}
