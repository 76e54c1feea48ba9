/**
 * A model: the levels of a pacte's tree and the fields of its fiches, as data.
 * Each pacte keeps its own copy, so that a model shipped later never changes what has been written.
 */
export interface Modele {
	id: string;
	nom: string;
	description: string;
	niveaux: Niveau[];
	champs: Champ[];
}

export type Numerotation = 'aucune' | '1' | 'I' | 'a';

export interface Niveau {
	id: string;
	nom: string;
	pluriel: string;
	/** For agreement in sentences: « un axe », « une fiche-action ». */
	genre: 'm' | 'f';
	/** Levels that may hold this one; null is the top of the tree. */
	parents: (string | null)[];
	numerotation: Numerotation;
	/** Whether a node of this level carries a fiche. */
	fiche: boolean;
}

export type Champ = ChampPuces | ChampTexte | ChampOrganismes | ChampEcheance | ChampTableau;

interface ChampCommun {
	/** Stable id, also the key of the field in the fiche's document. */
	id: string;
	etiquette: string;
	aide?: string;
	requis: boolean;
}
export interface ChampPuces extends ChampCommun {
	type: 'puces';
	/** What one bullet is called: « un objectif ». */
	puce: string;
	/** Whether a bullet may have sub-points. */
	sousPoints?: true;
}
export interface ChampTexte extends ChampCommun {
	type: 'texte';
}
export interface ChampOrganismes extends ChampCommun {
	type: 'organismes';
	/** Whether the list may end with « … » or be replaced by a sentence. */
	ouverte: boolean;
}
export interface ChampEcheance extends ChampCommun {
	type: 'echeance';
}

export interface ChampTableau extends ChampCommun {
	type: 'tableau';
	/** What one row is called: « une convention ». */
	ligne: string;
	colonnes: Colonne[];
}
export interface Colonne {
	/** Stable id, also the key of the cell in a row. */
	id: string;
	etiquette: string;
	/** Numbers are added up under the table. */
	type: 'texte' | 'nombre' | 'choix';
	/** What a cell of type `choix` may say. */
	choix?: string[];
}

export const PILOTES = 'pilotes';
export const PARTENAIRES = 'partenaires';
export const ECHEANCE = 'echeance';

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

/** The shortest structure that works: axes and fiches of a few fields. */
export const MODELE_VIERGE: Modele = {
	id: 'vierge',
	nom: 'Vierge',
	description:
		'Des axes et des fiches-actions courtes : description, objectifs, indicateurs, échéance, partenaires, pilote.',
	niveaux: [AXE, ACTION],
	champs: [
		{ id: 'description', type: 'texte', etiquette: 'Description', requis: true },
		{ id: 'objectifs', type: 'puces', etiquette: 'Objectifs', puce: 'un objectif', requis: true },
		{ id: 'indicateurs', type: 'puces', etiquette: 'Indicateurs', puce: 'un indicateur', requis: false },
		ECHEANCE_DE_MISE_EN_OEUVRE,
		PARTENAIRE,
		PILOTE
	]
};

export const MODELES: Modele[] = [MODELE_ORNE, MODELE_VIERGE];

export function niveauOf(modele: Modele, id: string): Niveau | undefined {
	return modele.niveaux.find((niveau) => niveau.id === id);
}
