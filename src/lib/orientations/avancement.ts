import { champsOfVariante, type Modele } from '#lib/pactes/modele.ts';

/** How far the fiches of a pacte are written. */
export interface Avancement {
	/** How many fields a fiche must have. */
	total: number;
	/** How many of them are filled, by fiche; one that is not there has none. */
	remplis: Record<string, number>;
	/** The same as `total`, for the fiches whose form asks for other fields. */
	propres?: Record<string, number>;
}

/** The fields that count: those that a fiche must have, in its form. */
export function champsRequis(modele: Modele, variante: string | null = null): string[] {
	return champsOfVariante(modele, variante)
		.filter(({ requis }) => requis)
		.map(({ id }) => id);
}

/** How many fields a fiche must have. */
export function totalOf({ total, propres }: Avancement, fiche: string): number {
	return propres?.[fiche] ?? total;
}
