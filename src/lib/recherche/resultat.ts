/** What can be found, in the order in which a page shows it. */
export const KINDS_TROUVES = [
	'orientation',
	'fiche',
	'section',
	'constat',
	'figure',
	'organisme',
	'glossaire',
	'texte_importe'
] as const;
export type KindTrouve = (typeof KINDS_TROUVES)[number];

/** A text by pieces: those that answer the question are marked. Never HTML. */
export type Extrait = { texte: string; marque: boolean }[];

export interface Trouvaille {
	kind: KindTrouve;
	id: string;
	/** Its number in the pacte, or nothing. */
	code: string;
	titre: Extrait;
	/** Where in it: « Objectifs », the section of a constat. */
	lieu: string;
	/** null: its title says it all. */
	extrait: Extrait | null;
	/** Within the pacte's address. */
	lien: string;
	/** Passages that answer, the one shown included. */
	passages: number;
}

export interface Groupe {
	kind: KindTrouve;
	/** How many there are; `trouvailles` may be the first of them. */
	total: number;
	trouvailles: Trouvaille[];
}

export interface Reponse {
	question: string;
	/** null: of all kinds. */
	kind: KindTrouve | null;
	total: number;
	groupes: Groupe[];
	/** Words of the question that nothing holds. */
	absents: string[];
	/** The same question, spelt with words that the pacte has. */
	proches: string[];
	/** Whether the question has a word to look for. */
	vide: boolean;
}
