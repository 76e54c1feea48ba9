import type { Modele } from '#lib/pactes/modele.ts';
import type { KindTrouve } from '#lib/recherche/resultat.ts';
import type { Queryable } from '../database/open.ts';

/** A piece of text that a result can show, and lead to. */
export interface Passage {
	kind: KindTrouve;
	objet: string;
	/** Where in the object; empty: its title. */
	ancre: string;
	/** Its place in the source: what a link to a block of prose is made from. */
	rang: number;
	poids: number;
	texte: string;
}

/** What finding a word is worth, by where it stands. */
export const POIDS = { titre: 8, nom: 6, intertitre: 3, texte: 1 } as const;

/** One way in which texts are kept: reads their rows, never their documents. */
export interface Source {
	/** The ids of its texts in a pacte; one empty id when they are taken all together. */
	ids(db: Queryable, pacteId: string): Promise<string[]>;
	passages(db: Queryable, pacteId: string, id: string): Promise<Passage[]>;
}

/** How a result of one kind is shown. */
export interface Apercu {
	code: string;
	titre: string;
	/** Where a passage is, in words. */
	lieu(ancre: string): string;
	/** Within the pacte's address. */
	lien(ancre: string, rang: number): string;
}

export interface Contexte {
	db: Queryable;
	pacteId: string;
	modele: Modele;
}

/** What is known now of these objects; one that is gone is left out. */
export type Presentation = (contexte: Contexte, objets: readonly string[]) => Promise<Map<string, Apercu>>;
