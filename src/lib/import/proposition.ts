/**
 * What the importer understood of a text: a proposal that people review and correct before anything is written.
 * The shape is a public contract (`npm run copacte -- importer FICHIER --json`). Lines are counted from 1.
 */
export interface Proposition {
	titre: string | null;
	periode: { debut: number | null; fin: number | null };
	noeuds: NoeudPropose[];
	fiches: FicheProposee[];
	signataires: SignatairePropose[];
	engagements: EngagementPropose[];
	/** Absent when the text has none. */
	glossaire?: EntreeProposee[];
	/** The prose, by its headings; absent when the text is read by its fiches. */
	sections?: SectionProposee[];
	financement?: FinancementPropose;
	doutes: Doute[];
	/** Whatever was not understood, line for line as the source has it, so that nothing is dropped. */
	restes: Reste[];
}

export interface NoeudPropose {
	id: string;
	parent: string | null;
	/** The level as the text names it, in the singular: « axe », « perspective », « action »… */
	niveau: string;
	/** Computed from the text's own numbering; empty when the level has none. */
	code: string;
	titre: string;
	ligne: number;
}

export interface FicheProposee {
	noeud: string;
	code: string;
	/** The code as the text prints it, before any repair. */
	code_imprime: string;
	titre: string;
	ligne: number;
	pilotes: string[];
	partenaires: string[];
	/** A sentence given in place of a list (« Travail à mener en interne. »), or before it. */
	partenaires_texte?: string;
	/** The printed list, or the sentence in its place, ended with « … » or « etc. », which is left out of it. */
	liste_ouverte: boolean;
	/** Verbatim. */
	echeance: string;
	champs: ChampPropose[];
}

export const CLES_DE_CHAMP = [
	'contexte',
	'finalite',
	'objectifs',
	'modalites',
	'livrables',
	'etapes',
	'indicateurs',
	'public',
	'territoire',
	'calendrier',
	'budget',
	'financeurs',
	'liens',
	'observations',
	'conditions',
	'resultats'
] as const;
export type CleDeChamp = (typeof CLES_DE_CHAMP)[number];

/** One field of a fiche: bullets, prose (paragraphs separated by a newline), or a table. */
export type ChampPropose = { cle: CleDeChamp | null; etiquette: string } & (
	{ puces: string[] } | { texte: string } | TableauPropose
);

/** One array a row, one text a column; a cell that says several things says one a line. */
export interface TableauPropose {
	colonnes: string[];
	lignes: string[][];
	/** The cells that go on from the one above: [row, column], from 0. Absent when there are none. */
	suites?: [ligne: number, colonne: number][];
}

export interface SignatairePropose {
	organisme: string;
	personne?: string;
	/** « sous réserve d'une décision » of its board, in the words of the text; absent when the text says nothing. */
	reserve?: string;
	ligne: number;
}

/** What a partner commits to, in the frame that it wrote it in. */
export interface EngagementPropose {
	/** null: an engagement of all signatories. */
	organisme: string | null;
	puces: string[];
	/** The places, from 0, of those that are sub-points of the one above; absent when there are none. */
	retraits?: number[];
	/** The heading, as printed, when it is more than a name. */
	titre?: string;
	/** Said to be outside the signatories: `organisme` is then how the text calls them. */
	hors_signataires?: true;
	/** Prose around the list: paragraphs and items, one a line. */
	intention?: string;
	contexte?: string;
	missions?: string[];
	moyens_humains?: { libelle: string; etp: string }[];
	moyens_financiers?: string[];
	conventions?: { intitule: string; etat: 'existante' | 'en cours' | 'en perspective' }[];
	ligne: number;
}

/**
 * A part of the prose. Its text has one paragraph a line: « ## » begins a heading, « - » and « 1. » an item, two spaces and a
 * dash a sub-point.
 */
export interface SectionProposee {
	id: string;
	/** The section that holds it; null at the top of the plan. */
	parent: string | null;
	/** `parole`: the words of a partner, between quotation marks or under its name. */
	genre: 'texte' | 'parole';
	titre: string;
	texte: string;
	organisme?: string;
	/** Who signs the words. */
	personnes?: { personne: string; fonction: string }[];
	/** The node whose explanation it is. */
	noeud?: string;
	ligne: number;
}

export interface FinancementPropose {
	/** Amounts in whole euros. */
	enveloppes: {
		libelle: string;
		montant: number | null;
		part_fse: number | null;
		debut: number | null;
		fin: number | null;
		exclusions: string;
		ligne: number;
	}[];
	orientations: { libelle: string; dispositifs: { libelle: string; mention: string }[]; ligne: number }[];
}

export interface EntreeProposee {
	sigle: string;
	developpe: string;
	definition?: string;
	ligne: number;
}

export interface Doute {
	ligne: number;
	message: string;
}

export interface Reste {
	ligne_debut: number;
	ligne_fin: number;
	texte: string;
}
