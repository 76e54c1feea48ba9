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
