import type { Champ, ChampPuces, ChampTableau } from '#lib/pactes/modele.ts';
import type { GenreSection } from '#lib/sections/section.ts';

export const ENGAGEMENTS = 'engagements';

const ENGAGEMENTS_PRIS: ChampPuces = {
	id: ENGAGEMENTS,
	type: 'puces',
	etiquette: 'Engagements',
	aide: 'Un engagement par ligne. Tabulation en fait un sous-point, Maj + Tabulation le remet au premier niveau.',
	puce: 'un engagement',
	sousPoints: true,
	requis: true
};
const MOYENS_HUMAINS: ChampTableau = {
	id: 'moyens_humains',
	type: 'tableau',
	etiquette: 'Moyens humains',
	aide: 'Les équipes mobilisées, en équivalents temps plein.',
	ligne: 'une équipe',
	colonnes: [
		{ id: 'libelle', etiquette: 'Équipe ou fonction', type: 'texte' },
		{ id: 'etp', etiquette: 'ETP', type: 'nombre' }
	],
	requis: false
};
const CONVENTIONS: ChampTableau = {
	id: 'conventions',
	type: 'tableau',
	etiquette: 'Conventions',
	ligne: 'une convention',
	colonnes: [
		{ id: 'intitule', etiquette: 'Intitulé', type: 'texte' },
		{ id: 'avec', etiquette: 'Avec qui', type: 'texte' },
		{ id: 'etat', etiquette: 'État', type: 'choix', choix: ['existante', 'en cours', 'en perspective'] }
	],
	requis: false
};

/** The frame in which each partner writes what it commits to. */
export const CADRE_ENGAGEMENT: Champ[] = [
	{ id: 'contexte', type: 'texte', etiquette: 'Contexte législatif', requis: false },
	{ id: 'missions', type: 'puces', etiquette: 'Missions', puce: 'une mission', sousPoints: true, requis: false },
	ENGAGEMENTS_PRIS,
	MOYENS_HUMAINS,
	{
		id: 'moyens_financiers',
		type: 'puces',
		etiquette: 'Moyens financiers',
		aide: 'Les lignes budgétaires ; leur montant si vous le connaissez.',
		puce: 'un moyen financier',
		requis: false
	},
	CONVENTIONS
];

/** The fields that a section of this genre has beside its prose. */
export function champsDuGenre(genre: GenreSection): Champ[] {
	return genre === 'engagement' ? CADRE_ENGAGEMENT : [];
}
