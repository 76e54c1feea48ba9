import {
	ECHEANCE,
	PARTENAIRES,
	PILOTES,
	type Champ,
	type ChampEcheance,
	type ChampOrganismes,
	type Modele,
	type Niveau
} from '../modele.ts';

/*
 * The structures that Copacte ships: those of the five pacts that we read, and a blank one. Labels and levels are theirs.
 */

const PILOTE: ChampOrganismes = {
	id: PILOTES,
	type: 'organismes',
	etiquette: 'Pilote',
	aide: 'L’organisme qui répond de l’action. Il peut y en avoir deux.',
	requis: true,
	ouverte: false
};
const PARTENAIRE: ChampOrganismes = {
	id: PARTENAIRES,
	type: 'organismes',
	etiquette: 'Partenaires à mobiliser',
	requis: true,
	ouverte: true
};
const ECHEANCE_DE_MISE_EN_OEUVRE: ChampEcheance = {
	id: ECHEANCE,
	type: 'echeance',
	etiquette: 'Échéance de mise en œuvre',
	aide: '« 2027 », « 2027 ou 2028 », « tout au long du pacte », « à définir »…',
	requis: true
};

const AXE: Niveau = {
	id: 'axe',
	nom: 'axe',
	pluriel: 'axes',
	genre: 'm',
	parents: [null],
	numerotation: '1',
	fiche: false
};
const ACTION: Niveau = {
	id: 'action',
	nom: 'fiche-action',
	pluriel: 'fiches-actions',
	genre: 'f',
	parents: ['axe'],
	numerotation: '1',
	fiche: true
};

/** The structure of the Orne's pacte: axes, their perspectives, and fiches made of bullets. */
export const MODELE_ORNE: Modele = {
	id: 'orne',
	nom: 'Orne',
	description:
		'Des axes, leurs perspectives et des fiches-actions en listes : finalité, objectifs, modalités, indicateurs, échéance, partenaires, pilote.',
	niveaux: [
		AXE,
		{
			id: 'perspective',
			nom: 'perspective',
			pluriel: 'perspectives',
			genre: 'f',
			parents: ['axe'],
			numerotation: 'aucune',
			fiche: false
		},
		ACTION
	],
	champs: [
		{
			id: 'finalite',
			type: 'puces',
			etiquette: 'Finalité',
			aide: 'Ce qui aura changé pour les personnes.',
			puce: 'une finalité',
			requis: true
		},
		{ id: 'objectifs', type: 'puces', etiquette: 'Objectifs', puce: 'un objectif', requis: true },
		{
			id: 'modalites',
			type: 'puces',
			etiquette: 'Modalités de mise en œuvre',
			puce: 'une modalité',
			requis: true
		},
		{
			id: 'indicateurs',
			type: 'puces',
			etiquette: 'Indicateurs de réalisation',
			aide: 'Ce que l’on comptera chaque année.',
			puce: 'un indicateur',
			requis: true
		},
		ECHEANCE_DE_MISE_EN_OEUVRE,
		PARTENAIRE,
		PILOTE
	]
};

const CHAMPS_COURANTS: Champ[] = [
	{ id: 'description', type: 'texte', etiquette: 'Description', requis: true },
	{ id: 'objectifs', type: 'puces', etiquette: 'Objectifs', puce: 'un objectif', requis: true },
	{ id: 'indicateurs', type: 'puces', etiquette: 'Indicateurs', puce: 'un indicateur', requis: false },
	ECHEANCE_DE_MISE_EN_OEUVRE,
	PARTENAIRE,
	PILOTE
];

/** The shortest structure that works: axes and fiches of a few fields. */
export const MODELE_VIERGE: Modele = {
	id: 'vierge',
	nom: 'Vierge',
	description:
		'Des axes et des fiches-actions courtes : description, objectifs, indicateurs, échéance, partenaires, pilote.',
	niveaux: [AXE, ACTION],
	champs: CHAMPS_COURANTS
};

const OBJECTIF_STRATEGIQUE: Niveau = {
	id: 'strategique',
	nom: 'objectif stratégique',
	pluriel: 'objectifs stratégiques',
	genre: 'm',
	parents: [null],
	numerotation: 'I',
	fiche: false
};

/** The structure of the Sarthe's pacte: four levels whose codes are put together (I3a1), and prose with tables of livrables. */
export const MODELE_SARTHE: Modele = {
	id: 'sarthe',
	nom: 'Sarthe',
	description:
		'Objectifs stratégiques, opérationnels, actions et sous-actions (I3a1) ; fiches rédigées, avec un tableau de livrables et des indicateurs de suivi.',
	niveaux: [
		OBJECTIF_STRATEGIQUE,
		{
			id: 'operationnel',
			nom: 'objectif opérationnel',
			pluriel: 'objectifs opérationnels',
			genre: 'm',
			parents: ['strategique'],
			numerotation: '1',
			continue: true,
			fiche: false
		},
		{
			id: 'cadre',
			nom: 'cadre d’action',
			pluriel: 'cadres d’actions',
			genre: 'm',
			parents: ['operationnel', 'strategique'],
			numerotation: 'aucune',
			fiche: false
		},
		{
			id: 'action',
			nom: 'action',
			pluriel: 'actions',
			genre: 'f',
			parents: ['operationnel'],
			numerotation: 'a',
			fiche: true
		},
		{
			id: 'sous_action',
			nom: 'sous-action',
			pluriel: 'sous-actions',
			genre: 'f',
			parents: ['action'],
			numerotation: '1',
			fiche: true
		}
	],
	champs: [
		{ id: 'contexte', type: 'texte', etiquette: 'Contexte et enjeux', requis: true },
		{ id: 'objectifs', type: 'texte', etiquette: 'Objectif(s) de l’action', requis: true },
		{ ...PILOTE, etiquette: 'Pilote de l’action' },
		{ ...PARTENAIRE, etiquette: 'Partenaire(s) mobilisé(s)' },
		{
			id: 'livrables',
			type: 'tableau',
			etiquette: 'Livrables',
			ligne: 'un livrable',
			requis: true,
			colonnes: [
				{ id: 'livrable', etiquette: 'Livrables', type: 'texte' },
				{ id: 'calendrier', etiquette: 'Calendrier', type: 'texte' },
				{ id: 'territoire', etiquette: 'Territoire(s) concerné(s)', type: 'liste' },
				{ id: 'public', etiquette: 'Public(s) cibles', type: 'liste' },
				{ id: 'operateur', etiquette: 'Opérateur(s)', type: 'liste' }
			]
		},
		{ id: 'indicateurs', type: 'indicateurs', etiquette: 'Indicateurs de suivi', requis: true },
		{ id: 'liens', type: 'schemas', etiquette: 'Liens avec d’autres schémas directeurs', requis: false },
		{ id: 'observations', type: 'texte', etiquette: 'Observations', requis: false },
		{ id: 'conditions', type: 'texte', etiquette: 'Conditions de réussite', requis: false }
	],
	variantes: [
		{
			id: 'livrables_courts',
			nom: 'Livrables en trois colonnes',
			sansChamps: [],
			sansColonnes: { livrables: ['territoire', 'public'] }
		}
	]
};

/** The structure of the Meuse's pacte: strategic orientations, then axes and their numbered préconisations; no fiche. */
export const MODELE_MEUSE: Modele = {
	id: 'meuse',
	nom: 'Meuse',
	description:
		'Des orientations stratégiques, puis des axes et leurs préconisations numérotées, avec des intertitres ; pas de fiche.',
	niveaux: [
		{
			id: 'orientation',
			nom: 'orientation stratégique',
			pluriel: 'orientations stratégiques',
			genre: 'f',
			parents: [null],
			numerotation: '1',
			fiche: false
		},
		AXE,
		{
			id: 'intertitre',
			nom: 'intertitre',
			pluriel: 'intertitres',
			genre: 'm',
			parents: ['axe'],
			numerotation: 'aucune',
			fiche: false
		},
		{
			id: 'preconisation',
			nom: 'préconisation',
			pluriel: 'préconisations',
			genre: 'f',
			parents: ['axe', 'intertitre'],
			numerotation: '1',
			seul: true,
			fiche: false
		},
		{
			id: 'action',
			nom: 'action',
			pluriel: 'actions',
			genre: 'f',
			parents: ['preconisation'],
			numerotation: 'a',
			fiche: true
		}
	],
	champs: CHAMPS_COURANTS
};

/** The structure of the Allier's pacte: axes with nothing below; what is promised stands with each partner. */
export const MODELE_ALLIER: Modele = {
	id: 'allier',
	nom: 'Allier',
	description:
		'Des axes seuls ; les engagements de chaque partenaire portent le pacte. Une fiche peut venir plus tard.',
	niveaux: [AXE, ACTION],
	champs: CHAMPS_COURANTS
};

/** The structure of the Mayenne's pacte: axes known by a keyword, their orientations, and fiches that come later. */
export const MODELE_MAYENNE: Modele = {
	id: 'mayenne',
	nom: 'Mayenne',
	description: 'Des axes tenus par un mot-clé et complétés ensuite, leurs orientations, puis des fiches-actions.',
	niveaux: [
		AXE,
		{
			id: 'orientation',
			nom: 'orientation',
			pluriel: 'orientations',
			genre: 'f',
			parents: ['axe'],
			numerotation: '1',
			fiche: false
		},
		{ ...ACTION, parents: ['axe', 'orientation'] }
	],
	champs: CHAMPS_COURANTS
};

export const MODELES: Modele[] = [
	MODELE_ORNE,
	MODELE_SARTHE,
	MODELE_MEUSE,
	MODELE_ALLIER,
	MODELE_MAYENNE,
	MODELE_VIERGE
];
