/**
 * The plan of a pacte's document: ordered sections, each with a text of its own; some also show what the pacte
 * holds elsewhere (its orientations, its signatories…), so that nothing is typed twice.
 */
export const GENRES = [
	'texte',
	'parole',
	'engagement',
	'bilan',
	'partenaires',
	'schemas',
	'methode',
	'constats',
	'orientations',
	'synthese',
	'engagements',
	'gouvernance',
	'financement',
	'evaluation',
	'signatures',
	'figures',
	'glossaire'
] as const;
export type GenreSection = (typeof GENRES)[number];

export const ETATS = ['brouillon', 'en_relecture', 'a_valider', 'valide'] as const;
export type EtatSection = (typeof ETATS)[number];

/** Version of the shape of a `redaction` document, and of the schema that editors write it with. */
export const SHAPE_REDACTION = 1;

export const NOM_DU_GENRE: Record<GenreSection, string> = {
	texte: 'Texte',
	parole: 'Mot d’un partenaire',
	engagement: 'Engagements d’un partenaire',
	bilan: 'Bilan du pacte précédent',
	partenaires: 'Partenaires',
	schemas: 'Plans et schémas liés',
	methode: 'Méthode',
	constats: 'Constats et enjeux',
	orientations: 'Orientations et fiches-actions',
	synthese: 'Tableau de synthèse',
	engagements: 'Engagements et axes',
	gouvernance: 'Gouvernance',
	financement: 'Financement',
	evaluation: 'Évaluation',
	signatures: 'Signatures',
	figures: 'Liste des figures et de leurs sources',
	glossaire: 'Glossaire'
};

/** What is shown after the section's own text, taken from elsewhere in the pacte; empty when nothing is. */
export const CE_QUE_LE_GENRE_AJOUTE: Record<GenreSection, string> = {
	texte: '',
	parole: 'la signature de l’organisme',
	engagement: 'le cadre des engagements',
	bilan: 'les actions du pacte précédent et leur état',
	partenaires: 'la liste des organismes',
	schemas: 'les plans et schémas auxquels le pacte se rattache',
	methode: 'les phases, le planning et les rencontres, telles que le calendrier les compte',
	constats: 'les constats et enjeux relevés dans le texte',
	orientations: 'l’arbre des orientations et ses fiches-actions',
	synthese: 'le tableau de synthèse',
	engagements: 'le tableau des engagements par axe',
	gouvernance: 'les instances',
	financement: 'les enveloppes et les dispositifs',
	evaluation: '',
	signatures: 'les signataires',
	figures: 'les figures et leurs sources',
	glossaire: 'les sigles expliqués'
};

/** The page of the pacte where what the genre shows is changed; none when it is changed in the section itself. */
export const OU_CELA_SE_CHANGE: Partial<Record<GenreSection, { page: string; nom: string }>> = {
	bilan: { page: 'bilan', nom: 'Bilan du pacte précédent' },
	partenaires: { page: 'organismes', nom: 'Partenaires' },
	methode: { page: 'seances', nom: 'Séances' },
	constats: { page: 'constats', nom: 'Constats et enjeux' },
	orientations: { page: 'orientations', nom: 'Orientations' },
	synthese: { page: 'orientations', nom: 'Orientations' },
	engagements: { page: 'engagements', nom: 'Engagements' },
	gouvernance: { page: 'gouvernance', nom: 'Gouvernance' },
	schemas: { page: 'schemas', nom: 'Plans et schémas liés' },
	financement: { page: 'financement', nom: 'Financement' },
	signatures: { page: 'signatures', nom: 'Signatures' },
	figures: { page: 'figures', nom: 'Figures' },
	glossaire: { page: 'glossaire', nom: 'Glossaire' }
};

/** Genres that a document holds once. */
export const GENRES_UNIQUES: readonly GenreSection[] = [
	'bilan',
	'partenaires',
	'schemas',
	'methode',
	'constats',
	'orientations',
	'synthese',
	'engagements',
	'gouvernance',
	'financement',
	'signatures',
	'figures',
	'glossaire'
];

export const NOM_DE_L_ETAT: Record<EtatSection, string> = {
	brouillon: 'Brouillon',
	en_relecture: 'En relecture',
	a_valider: 'À valider',
	valide: 'Validé'
};

/** A part of a plan as it is created: its own sections follow it. */
export interface SectionAPrevoir {
	genre: GenreSection;
	titre: string;
	longueur?: string;
	sections?: SectionAPrevoir[];
}

/** The plan that a new pacte begins with: what the five pacts that we read have in common, in their order. */
export const PLAN_TYPE: readonly SectionAPrevoir[] = [
	{ genre: 'texte', titre: 'Éditorial', longueur: 'une page' },
	{
		genre: 'texte',
		titre: 'Le cadre du pacte',
		sections: [
			{ genre: 'texte', titre: 'Cadre légal', longueur: 'deux pages' },
			{ genre: 'bilan', titre: 'Bilan du pacte précédent', longueur: 'deux pages' },
			{ genre: 'methode', titre: 'Comment ce pacte a été écrit', longueur: 'deux pages' },
			{ genre: 'partenaires', titre: 'Les partenaires' }
		]
	},
	{
		genre: 'texte',
		titre: 'Diagnostic',
		sections: [
			{ genre: 'texte', titre: 'Le territoire et ses habitants', longueur: 'quatre pages' },
			{ genre: 'texte', titre: 'Les personnes accompagnées', longueur: 'quatre pages' },
			{ genre: 'texte', titre: 'L’emploi et la formation', longueur: 'quatre pages' },
			{ genre: 'constats', titre: 'Constats et enjeux' }
		]
	},
	{ genre: 'orientations', titre: 'Orientations et fiches-actions' },
	{ genre: 'synthese', titre: 'Tableau de synthèse' },
	{ genre: 'engagements', titre: 'Engagements des partenaires' },
	{ genre: 'gouvernance', titre: 'Gouvernance et suivi' },
	{ genre: 'financement', titre: 'Financement' },
	{ genre: 'evaluation', titre: 'Évaluation' },
	{ genre: 'signatures', titre: 'Signatures' },
	{ genre: 'figures', titre: 'Figures et sources' },
	{ genre: 'glossaire', titre: 'Glossaire' }
];
