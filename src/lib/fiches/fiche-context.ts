import { createContext } from 'svelte';
import type { Organisme } from '#lib/organismes/organisme.ts';
import type { SchemaLieLu } from '#lib/schemas/schema-lie.ts';
import type { Periode } from './echeance.ts';
import type { LiveFiche } from './live-fiche.svelte.ts';

/** What the fields of one fiche share. */
export interface FicheContext {
	readonly live: LiveFiche;
	readonly periode: Periode;
	/** The organismes of the pacte, those made a moment ago included. */
	readonly organismes: readonly Organisme[];
	nomOf(id: string): string | undefined;
	/** Adds an organisme to the pacte; fails with a sentence for the person. */
	createOrganisme(nom: string): Promise<Organisme>;
	readonly listes: ListesDeFiche;
	/** Says something once, when the reader is free. */
	announce(sentence: string): void;
}

/** What the fields of a fiche offer to choose from. */
export interface ListesDeFiche {
	/** The plans and schemas that the pacte is tied to. */
	schemas: readonly SchemaLieLu[];
	/** Adds one to the pacte; fails with a sentence for the person. */
	createSchema(intitule: string): Promise<SchemaLieLu>;
	/** What the fiches say in a column (`champ.colonne`), the most frequent first. */
	propositions: Readonly<Record<string, readonly string[]>>;
}

/** For frames in which nothing is chosen. */
export const SANS_LISTES: ListesDeFiche = {
	schemas: [],
	createSchema: () => Promise.reject(new Error('No field of this frame names schemas')),
	propositions: {}
};

const [get, set] = createContext<FicheContext>();

export const getFiche = get;
export const setFiche = set;
