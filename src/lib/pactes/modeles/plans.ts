import type { SectionAPrevoir } from '#lib/sections/section.ts';

/*
 * The plans of the documents that we read, each in its own order. Titles are of ours, so that they serve any département.
 */

export const PLAN_ORNE: SectionAPrevoir[] = [
	{ genre: 'texte', titre: 'Éditorial', longueur: 'une page' },
	{ genre: 'texte', titre: 'Préambule', longueur: 'deux pages' },
	{ genre: 'partenaires', titre: 'Les partenaires du pacte' },
	{ genre: 'texte', titre: 'Cadre juridique', longueur: 'trois pages' },
	{ genre: 'methode', titre: 'La méthode d’élaboration', longueur: 'deux pages' },
	{
		genre: 'texte',
		titre: 'Diagnostic',
		sections: [
			{ genre: 'texte', titre: 'Le territoire et sa population', longueur: 'quatre pages' },
			{ genre: 'texte', titre: 'L’emploi et le marché du travail', longueur: 'quatre pages' },
			{ genre: 'texte', titre: 'Les bénéficiaires du RSA', longueur: 'six pages' },
			{ genre: 'constats', titre: 'Constats par thème' }
		]
	},
	{ genre: 'orientations', titre: 'Les axes et leurs fiches-actions' },
	{ genre: 'gouvernance', titre: 'Suivi du pacte' },
	{ genre: 'glossaire', titre: 'Glossaire' },
	{ genre: 'signatures', titre: 'Signatures' }
];

export const PLAN_SARTHE: SectionAPrevoir[] = [
	{ genre: 'texte', titre: 'Le mot du président', longueur: 'une page' },
	{
		genre: 'texte',
		titre: 'Contexte',
		sections: [
			{ genre: 'texte', titre: 'Cadre législatif', longueur: 'deux pages' },
			{ genre: 'constats', titre: 'Enjeux' },
			{ genre: 'financement', titre: 'Le Fonds social européen' },
			{ genre: 'texte', titre: 'Données sociales et économiques', longueur: 'quatre pages' }
		]
	},
	{ genre: 'bilan', titre: 'Bilan du pacte précédent', longueur: 'trois pages' },
	{ genre: 'methode', titre: 'La démarche partenariale', longueur: 'deux pages' },
	{
		genre: 'partenaires',
		titre: 'Les partenaires',
		sections: [{ genre: 'engagement', titre: 'Ce à quoi tous les signataires s’engagent' }]
	},
	{ genre: 'texte', titre: 'Le pacte : objectifs et cadres d’actions', longueur: 'deux pages' },
	{ genre: 'gouvernance', titre: 'Gouvernance et suivi' },
	{ genre: 'evaluation', titre: 'Évaluation', longueur: 'une page' },
	{ genre: 'schemas', titre: 'Liens avec d’autres schémas' },
	{ genre: 'signatures', titre: 'Signatures' },
	{ genre: 'synthese', titre: 'Annexe A : tableau de synthèse' },
	{ genre: 'orientations', titre: 'Annexe B : fiches-actions' }
];

export const PLAN_MEUSE: SectionAPrevoir[] = [
	{ genre: 'signatures', titre: 'Les parties' },
	{ genre: 'texte', titre: 'Préambule', longueur: 'deux pages' },
	{ genre: 'orientations', titre: 'Orientations, axes et préconisations' },
	{
		genre: 'engagements',
		titre: 'Engagements',
		sections: [
			{ genre: 'engagement', titre: 'Engagements communs' },
			{ genre: 'engagement', titre: 'Engagements du Département : moyens et conventions' }
		]
	},
	{ genre: 'gouvernance', titre: 'Animation et gouvernance' },
	{ genre: 'texte', titre: 'Circuit des décisions', longueur: 'une page' },
	{ genre: 'evaluation', titre: 'Deux niveaux d’évaluation', longueur: 'une page' }
];

export const PLAN_ALLIER: SectionAPrevoir[] = [
	{ genre: 'texte', titre: 'Préambule', longueur: 'deux pages' },
	{ genre: 'texte', titre: 'Le cadre du pacte', longueur: 'deux pages' },
	{ genre: 'orientations', titre: 'Les axes' },
	{ genre: 'financement', titre: 'Objectifs du Fonds social européen' },
	{
		genre: 'engagements',
		titre: 'Engagements des partenaires',
		sections: [
			{ genre: 'engagement', titre: 'Engagements d’un partenaire' },
			{ genre: 'texte', titre: 'La place des entreprises' },
			{ genre: 'engagement', titre: 'Engagements transversaux' }
		]
	},
	{ genre: 'gouvernance', titre: 'La gouvernance du pacte' }
];

export const PLAN_MAYENNE: SectionAPrevoir[] = [
	{ genre: 'texte', titre: 'Éditorial', longueur: 'une page' },
	{
		genre: 'texte',
		titre: 'La parole aux partenaires',
		sections: [{ genre: 'parole', titre: 'Le mot d’un partenaire', longueur: 'une demi-page' }]
	},
	{
		genre: 'texte',
		titre: 'Contexte',
		sections: [
			{ genre: 'texte', titre: 'Le territoire et ses habitants', longueur: 'trois pages' },
			{ genre: 'constats', titre: 'Enjeux' }
		]
	},
	{ genre: 'texte', titre: 'Cadre légal', longueur: 'trois pages' },
	{ genre: 'methode', titre: 'Une élaboration à plusieurs', longueur: 'deux pages' },
	{ genre: 'financement', titre: 'Le Fonds social européen et le budget' },
	{ genre: 'gouvernance', titre: 'La gouvernance' },
	{ genre: 'orientations', titre: 'Les axes du pacte' },
	{ genre: 'signatures', titre: 'Signatures' }
];
