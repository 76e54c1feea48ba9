import type { Carte, Groupe, Salle, Scrutin } from './salle.ts';

/*
 * Dot votes: what they are about, what comes out of them. Nothing comes out before they close.
 */

export const OBJETS_AU_PLUS = 60;
export const BUDGET_AU_PLUS = 20;

/** Points that each seat may give when nobody says otherwise: about the square root of what one chooses among. */
export function budgetDe(objets: number): number {
	return Math.min(BUDGET_AU_PLUS, Math.max(1, Math.round(Math.sqrt(objets))));
}

/** What one thing received: points of the seats, raised hands and paper ballots, never added up together. */
export interface Resultat {
	id: string;
	titre: string;
	points: number;
	mains: number;
	papier: number;
}

/** The results of a vote, in the order of the points; null while it is open. */
export function resultatsDe(
	{ voix, voixComptees, ...salle }: Pick<Salle, 'voix' | 'voixComptees' | 'cartes' | 'groupes'>,
	scrutin: Scrutin
): Resultat[] | null {
	if (scrutin.etat !== 'clos') return null;
	const counted = (objet: string, mode: 'mains' | 'papier') =>
		voixComptees.find((each) => each.scrutinId === scrutin.id && each.objet === objet && each.mode === mode)?.nombre ??
		0;
	return scrutin.objets
		.map((id) => ({
			id,
			titre: titreDe(salle, id),
			points: voix
				.filter(({ scrutinId, objet }) => scrutinId === scrutin.id && objet === id)
				.reduce((sum, { points }) => sum + points, 0),
			mains: counted(id, 'mains'),
			papier: counted(id, 'papier')
		}))
		.sort((a, b) => b.points - a.points || b.mains + b.papier - (a.mains + a.papier));
}

const RETIREE = 'Carte retirée';

/** How a card or a group is called in a list; a card that was taken away has no words any more. */
export function titreDe(
	{
		cartes,
		groupes
	}: {
		cartes: readonly Pick<Carte, 'id' | 'texte' | 'retireeAt' | 'modereeAt'>[];
		groupes: readonly Pick<Groupe, 'id' | 'titre'>[];
	},
	objet: string
): string {
	const groupe = groupes.find(({ id }) => id === objet);
	if (groupe) return groupe.titre;
	const carte = cartes.find(({ id }) => id === objet);
	return carte && carte.retireeAt === null && carte.modereeAt === null ? carte.texte : RETIREE;
}
