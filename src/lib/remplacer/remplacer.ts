import type { Exigences, Extrait } from './chercher.ts';

/** What to look for, and what to put in its place. */
export interface Demande extends Exigences {
	cherche: string;
	remplace: string;
}

/** Parts of a pacte, in the order in which a preview shows them. */
export const PARTIES = [
	'pacte',
	'organismes',
	'orientations',
	'fiches',
	'sections',
	'figures',
	'glossaire',
	'seances',
	'autres'
] as const;
export type Partie = (typeof PARTIES)[number];

export const NOM_DE_PARTIE: Record<Partie, string> = {
	pacte: 'Le pacte\u00a0: intitulé, modèle, mise en page',
	organismes: 'Partenaires',
	orientations: 'Titres des orientations',
	fiches: 'Fiches',
	sections: 'Rédaction et engagements',
	figures: 'Figures',
	glossaire: 'Glossaire',
	seances: 'Séances et phases',
	autres: 'Gouvernance, financement, bilan et signatures'
};

/** One place where it is said. */
export interface Trouvaille extends Extrait {
	/** Means this very place, whatever is written around it meanwhile. */
	cle: string;
	partie: Partie;
	/** « 2.3 Ouvrir des places · Objectifs » */
	ou: string;
	href: string;
	/** Why it cannot be replaced there; null: it can. */
	verrou: string | null;
}

export const CHERCHE_MAX = 200;
export const REMPLACE_MAX = 500;
/** More places than a page can show, and than anyone would read. */
export const MOST = 1_000;

/** Reads the address of the page: a plain form makes it. null: nothing is asked yet. */
export function readDemande(params: URLSearchParams): Demande | null {
	const cherche = (params.get('cherche') ?? '').trim();
	if (cherche === '') return null;
	return {
		cherche: cherche.slice(0, CHERCHE_MAX),
		remplace: (params.get('remplace') ?? '').trim().slice(0, REMPLACE_MAX),
		casse: params.get('casse') === 'oui',
		accents: params.get('accents') === 'oui',
		mot: params.get('mot') === 'oui'
	};
}
