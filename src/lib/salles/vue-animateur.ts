import type { Salle } from './salle.ts';
import { resultatsDe, type Resultat } from './scrutin.ts';

/** Who is connected now, by seat: how many of its pages, since when none. Known to this process only. */
export interface Connexion {
	pages: number;
	perdueAt: number | null;
}

/** What the facilitators are shown: all but who wrote a card, and votes before they close. */
export type VueAnimateur = Omit<Salle, 'voix' | 'cartes' | 'avant'> & {
	cartes: Omit<Salle['cartes'][number], 'siegeId'>[];
	/** How many seats have voted, by scrutin. */
	votants: { id: string; sieges: number }[];
	/** Of the votes that are closed. */
	resultats: { id: string; resultats: Resultat[] }[];
	annulable: { at: number } | null;
	connexions: ({ id: string } & Connexion)[];
};

export function vueAnimateur(salle: Salle, connexions: ReadonlyMap<string, Connexion>): VueAnimateur {
	const { voix, cartes, avant, ...rest } = salle;
	return {
		...rest,
		cartes: cartes.map(({ siegeId: _, ...carte }) => carte),
		votants: salle.scrutins.map(({ id }) => ({
			id,
			sieges: new Set(voix.filter(({ scrutinId }) => scrutinId === id).map(({ siegeId }) => siegeId)).size
		})),
		resultats: salle.scrutins.flatMap((scrutin) => {
			const resultats = resultatsDe(salle, scrutin);
			return resultats ? [{ id: scrutin.id, resultats }] : [];
		}),
		annulable: avant && { at: avant.at },
		connexions: [...connexions].map(([id, connexion]) => ({ id, ...connexion }))
	};
}
