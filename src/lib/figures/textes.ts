import type { ChampFigure, Forme } from './figure.ts';

export const FIGURE_ABSENTE = 'Cette figure n’existe pas, ou n’existe plus.';
export const FIGURE_REFUSEE =
	'Votre rôle permet de lire les figures, pas de les écrire. Demandez à l’équipe projet de le changer.';

/** How many days a figure that was put aside can be brought back. */
export const JOURS_DE_CORBEILLE = 30;

export const NOM_DE_LA_FORME: Record<Forme, string> = {
	barres: 'Barres',
	groupees: 'Barres groupées',
	lignes: 'Lignes',
	parts: 'Parts d’un tout'
};

export const AIDE_DE_LA_FORME: Record<Forme, string> = {
	barres: 'Une barre par valeur.',
	groupees: 'Les colonnes côte à côte, ligne par ligne.',
	lignes: 'Une évolution : les lignes du tableau sont des années.',
	parts: 'Chaque colonne fait 100 % : les lignes en sont les parts.'
};

export interface DescriptionDeChamp {
	etiquette: string;
	aide?: string;
	multiligne?: true;
}

export const CHAMPS: Record<ChampFigure, DescriptionDeChamp> = {
	titre: { etiquette: 'Titre', aide: 'Ce que la figure montre : « Taux de pauvreté », « Allocataires par âge ».' },
	phrase: {
		etiquette: 'La figure en une phrase',
		aide: 'Ce qu’il faut en retenir. Elle accompagne la figure partout, et dit tout à qui ne la voit pas.',
		multiligne: true
	},
	source: { etiquette: 'Source', aide: 'Qui a produit ces données : « Insee, Filosofi », « CAF ».' },
	date: { etiquette: 'Date des données', aide: '« 2014 », « 30 novembre 2019 ».' },
	territoire: { etiquette: 'Territoire', aide: 'Quand ce n’est pas tout le département.' },
	unite: { etiquette: 'Unité', aide: '« % », « habitants », « hab/km² ».' }
};

export function titreOuRien(titre: string): string {
	return titre.trim() || 'Figure sans titre';
}
