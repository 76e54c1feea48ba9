import type { FigureArchive } from '#lib/figures/figure-archive.ts';
import type { NatureDeFiliation } from '#lib/fiches/transformation.ts';
import type { Definition } from '#lib/glossaire/entree.ts';
import type { StatutSignature } from '#lib/signatures/signature.ts';
import { emptyParties, type PartiesArchive } from '#lib/parties/parties-archive.ts';
import type { PieceArchive } from '#lib/pieces/piece.ts';
import type { SchemaLie } from '#lib/schemas/schema-lie.ts';
import type { ScriptArchive } from '#lib/salles/salle-archive.ts';
import type { PhaseArchive, SeanceArchive } from '#lib/seances/calendrier-archive.ts';
import type { Prose } from '#lib/editor/prose.ts';
import type { EtatSection, GenreSection } from '#lib/sections/section.ts';
import type { MiseEnPage } from './mise-en-page.ts';
import type { Modele } from './modele.ts';

/**
 * A whole pacte as one JSON value: what the JSON export writes, what its import reads, what the PDF is made from.
 * Ids are local to the archive and given in the order of the text (n1, n2…; o1…), so that a pacte exported, imported
 * and exported again gives the same bytes.
 */
export interface ArchivePacte {
	format: 'copacte/pacte';
	version: 1;
	intitule: string;
	territoire: string;
	debut: number | null;
	fin: number | null;
	modele: Modele;
	organismes: OrganismeArchive[];
	/** Parents before children, brothers in their order. */
	noeuds: NoeudArchive[];
	fiches: FicheArchive[];
	signataires: SignataireArchive[];
	engagements: EngagementArchive[];
	/** Text of an imported pacte that was not understood, kept beside it. */
	textes: TexteImporte[];
	/** In their order; none in an older file. */
	figures: FigureArchive[];
	/** In the order of the alphabet. */
	glossaire: Definition[];
	/** Images, in the order in which they came. */
	pieces: PieceArchive[];
	/** Plans and schemas that it is tied to. */
	schemas: SchemaLie[];
	/** The plan of the document, in the order of reading. */
	sections: SectionArchive[];
	reponses: ReponseArchive[];
	/** Engagements and their links, gouvernance, financement, bilan. */
	parties: PartiesArchive;
	phases: PhaseArchive[];
	/** The calendar: what was put aside is left out. */
	seances: SeanceArchive[];
	/** Kept for its next séances. */
	scripts: ScriptArchive[];
	/** Logos and mention of its documents; absent when none is chosen. */
	mise_en_page?: MiseEnPage;
}

/** What a pacte that is just begun, or a file of before these parts existed, holds of them. */
export const PARTIES_VIDES = {
	figures: [],
	glossaire: [],
	pieces: [],
	schemas: [],
	sections: [],
	reponses: [],
	parties: emptyParties(),
	phases: [],
	seances: [],
	scripts: []
} satisfies Partial<ArchivePacte>;

export interface OrganismeArchive {
	id: string;
	nom: string;
	alias: string[];
}

export interface NoeudArchive {
	id: string;
	/** null: top of the tree. `a_classer`: kept aside. */
	parent: string | null;
	niveau: string;
	titre: string;
	/** Codes that it had before, the oldest first; absent when there are none. */
	anciens?: string[];
}

export interface FicheArchive {
	noeud: string;
	/** The form that it has, when it is not that of the others. */
	variante?: string;
	/** What it was made from, the oldest first; absent when it was written as it is. */
	origines?: OrigineArchive[];
	champs: Record<string, ValeurChamp>;
}

export interface OrigineArchive {
	nature: NatureDeFiliation;
	/** null: the other fiche has left. */
	noeud: string | null;
	/** What it was called then. */
	titre: string;
}

/** The value of a field, by the type that the model gives it. */
export type ValeurChamp = ValeurPuces | ValeurTexte | ValeurOrganismes | ValeurSchemas | ValeurTableau;
export interface ValeurPuces {
	puces: string[];
	/** The places, from 0, of those that are sub-points of the one above; absent when there are none. */
	retraits?: number[];
}
/** One object a row: the text of each column, by its id. */
export interface ValeurTableau {
	lignes: Record<string, string>[];
	/** The cells that go on from the one above, by row (from 0) and column: nothing is written in them. Absent when there are none. */
	suites?: Suite[];
}
export interface Suite {
	ligne: number;
	colonne: string;
}
/** Also holds an échéance, a choice, a yes or no. */
export interface ValeurTexte {
	texte: string;
}
export interface ValeurOrganismes {
	organismes: string[];
	/** The list ends with « … ». */
	ouverte: boolean;
	/** A sentence in place of, or after, the list. */
	texte: string;
}
/** Plans and schemas of the pacte: `k1` is the first of `schemas`. */
export interface ValeurSchemas {
	schemas: string[];
	texte: string;
}

export interface SignataireArchive {
	organisme: string;
	personne: string;
	/** Absent in older files: pressenti, with nothing else known. Always written. */
	fonction?: string;
	statut?: StatutSignature;
	/** A day (`2027-02-16`), or empty. */
	date?: string;
	instance?: string;
}

export interface EngagementArchive {
	/** null: an engagement of all signatories. */
	organisme: string | null;
	puces: string[];
}

export interface TexteImporte {
	ligne_debut: number;
	ligne_fin: number;
	texte: string;
}

/** A section and its text; what the text refers to by the ids of the archive (`noeud:n1`, `section:s2`, `g1`…). */
export interface SectionArchive {
	id: string;
	parent: string | null;
	genre: GenreSection;
	titre: string;
	organisme: string | null;
	noeud: string | null;
	etat: EtatSection;
	longueur: string;
	prose: Prose;
}

/** A branch that answers a constat. */
export interface ReponseArchive {
	constat: string;
	noeud: string;
}
