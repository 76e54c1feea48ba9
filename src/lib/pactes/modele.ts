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
	/** Fields that were put aside: what is written in them stays in the fiches, and is there when they come back. */
	retires?: Champ[];
	/** Other forms of the fiche, for some of them. */
	variantes?: Variante[];
}

/** A form of the fiche that leaves fields or columns out. What is written in them is kept. */
export interface Variante {
	id: string;
	nom: string;
	/** Fields that it does not show. */
	sansChamps: string[];
	/** Columns of tables that it does not show, by field. */
	sansColonnes: Record<string, string[]>;
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
	/** Counted on through the whole tree, instead of anew under each parent. */
	continue?: true;
	/** Its code is its own number alone: « 4 », and not « 1.4 ». */
	seul?: true;
	/** Whether a node of this level carries a fiche. */
	fiche: boolean;
}

export type Champ =
	| ChampPuces
	| ChampTexte
	| ChampCourt
	| ChampOrganismes
	| ChampSchemas
	| ChampEcheance
	| ChampOuiNon
	| ChampChoix
	| ChampEnLignes;
export type TypeDeChamp = Champ['type'];
/** Fields made of rows: their columns are those of `asTableau`. */
export type ChampEnLignes = ChampTableau | ChampIndicateurs | ChampMontants;

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
/** Prose: paragraphs separated by a newline. */
export interface ChampTexte extends ChampCommun {
	type: 'texte';
}
/** One line. */
export interface ChampCourt extends ChampCommun {
	type: 'court';
}
export interface ChampOrganismes extends ChampCommun {
	type: 'organismes';
	/** Whether the list may end with « … » or be replaced by a sentence. */
	ouverte: boolean;
}
/** References to the plans and schemas that the pacte is tied to, with a sentence. */
export interface ChampSchemas extends ChampCommun {
	type: 'schemas';
}
export interface ChampEcheance extends ChampCommun {
	type: 'echeance';
}
export interface ChampOuiNon extends ChampCommun {
	type: 'ouinon';
}
export interface ChampChoix extends ChampCommun {
	type: 'choix';
	/** What it may say. */
	choix: string[];
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
	/** Numbers are added up under the table. A cell of type `liste` says one value a line. */
	type: 'texte' | 'liste' | 'nombre' | 'choix';
	/** What a cell of type `choix` may say. */
	choix?: string[];
}

/** Indicators, one a row. */
export interface ChampIndicateurs extends ChampCommun {
	type: 'indicateurs';
}
/** Who pays how much, and when: one funder a row, one column a year. */
export interface ChampMontants extends ChampCommun {
	type: 'montants';
	annees: number[];
}

/** What a field is made of, whatever it is called: several types are kept, read and compared alike. */
export type Contenu = 'texte' | 'puces' | 'organismes' | 'schemas' | 'lignes';

const CONTENU: Record<TypeDeChamp, Contenu> = {
	texte: 'texte',
	court: 'texte',
	echeance: 'texte',
	ouinon: 'texte',
	choix: 'texte',
	puces: 'puces',
	organismes: 'organismes',
	schemas: 'schemas',
	tableau: 'lignes',
	indicateurs: 'lignes',
	montants: 'lignes'
};

export function contenuOf({ type }: Pick<Champ, 'type'>): Contenu {
	return CONTENU[type];
}

export function isEnLignes(champ: Champ): champ is ChampEnLignes {
	return contenuOf(champ) === 'lignes';
}

/** An indicator that is not known yet: it is flagged, and not refused. */
export const A_DEFINIR = 'à définir';
/** How an indicator is counted, as the five pacts print them. */
export const NATURES_D_INDICATEUR = ['nombre', 'taux', 'montant', 'nature', 'réalisé (oui ou non)', A_DEFINIR];

/** Ids of the columns of indicators. */
export const LIBELLE = 'libelle';
const COLONNES_D_INDICATEUR: Colonne[] = [
	{ id: LIBELLE, etiquette: 'Indicateur', type: 'texte' },
	{ id: 'nature', etiquette: 'Nature', type: 'choix', choix: NATURES_D_INDICATEUR },
	{ id: 'cible', etiquette: 'Cible', type: 'texte' },
	{ id: 'ventilation', etiquette: 'Ventilation', type: 'texte' }
];

/** Id of the column that names who pays; the others are called by their year. */
export const FINANCEUR = 'financeur';

/** A field of rows as a table: the columns that its type gives it. */
export function asTableau(champ: ChampEnLignes): ChampTableau {
	const { id, etiquette, aide, requis } = champ;
	const common = { id, etiquette, ...(aide !== undefined && { aide }), requis, type: 'tableau' as const };
	switch (champ.type) {
		case 'tableau':
			return champ;
		case 'indicateurs':
			return { ...common, ligne: 'un indicateur', colonnes: COLONNES_D_INDICATEUR };
		case 'montants':
			return {
				...common,
				ligne: 'un financement',
				colonnes: [
					{ id: FINANCEUR, etiquette: 'Financeur', type: 'texte' },
					...champ.annees.map((annee) => ({ id: `a${annee}`, etiquette: String(annee), type: 'nombre' as const }))
				]
			};
		default:
			return champ satisfies never;
	}
}

/** The fields that a fiche shows, in the form that is its own: columns that the form leaves out are left out. */
export function champsOfVariante(modele: Modele, variante: string | null): Champ[] {
	const form = modele.variantes?.find(({ id }) => id === variante);
	if (!form) return modele.champs;
	return modele.champs
		.filter(({ id }) => !form.sansChamps.includes(id))
		.map((champ) => {
			const sans = form.sansColonnes[champ.id] ?? [];
			if (champ.type !== 'tableau' || sans.length === 0) return champ;
			return { ...champ, colonnes: champ.colonnes.filter(({ id }) => !sans.includes(id)) };
		});
}

/** Every field that may hold words: those that are shown, and those that were put aside. */
export function allChamps({ champs, retires = [] }: Modele): Champ[] {
	return [...champs, ...retires];
}

export const PILOTES = 'pilotes';
export const PARTENAIRES = 'partenaires';
export const ECHEANCE = 'echeance';

export function niveauOf(modele: Modele, id: string): Niveau | undefined {
	return modele.niveaux.find((niveau) => niveau.id === id);
}

/** Whether a node carries a fiche: its level may, and nothing right below it does in its place. */
export function carriesFiche(modele: Modele, niveau: string, below: readonly { niveau: string }[]): boolean {
	const may = (id: string) => niveauOf(modele, id)?.fiche === true;
	return may(niveau) && !below.some((enfant) => may(enfant.niveau));
}
