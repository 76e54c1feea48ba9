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
	/** A sentence given in place of a list (« Travail à mener en interne. »). */
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
	{ puces: string[] } | { texte: string } | { colonnes: string[]; lignes: string[][] }
);

export interface SignatairePropose {
	organisme: string;
	personne?: string;
	ligne: number;
}

export interface EngagementPropose {
	/** null: an engagement of all signatories. */
	organisme: string | null;
	puces: string[];
	ligne: number;
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
