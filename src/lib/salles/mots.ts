import type { Ecriture, GenreDEtape, Visibilite, VueDuMur } from './salle.ts';

/** How the room's things are named to those who lead it. */

export const NOM_DE_L_ETAPE: Record<GenreDEtape, string> = {
	accueil: 'Accueil',
	tour: 'Tour de table',
	deplacement: 'Changement de table',
	recolte: 'Récolte',
	vote: 'Vote',
	pause: 'Pause',
	cloture: 'Clôture'
};

export const NOM_DE_L_ECRITURE: Record<Ecriture, string> = {
	personne: 'Personne n’écrit',
	tables: 'Chaque table écrit',
	tous: 'Chaque personne écrit'
};

export const NOM_DE_LA_VISIBILITE: Record<Visibilite, string> = {
	soi: 'Ses propres cartes, jusqu’à ce qu’on les révèle',
	table: 'Les cartes de sa table',
	tous: 'Les cartes de toutes les tables'
};

export const NOM_DE_LA_VUE: Record<VueDuMur, string> = {
	accueil: 'Accueil et QR code',
	question: 'Question et minuteur',
	rotation: 'Changement de table',
	galerie: 'Galerie des pépites',
	votes: 'Résultats du vote',
	recolte: 'Récolte par groupe',
	matrice: 'Matrice',
	noir: 'Écran noir'
};
