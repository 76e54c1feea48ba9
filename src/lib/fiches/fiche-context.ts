import { createContext } from 'svelte';
import type { Organisme } from '#lib/organismes/organisme.ts';
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
	/** Says something once, when the reader is free. */
	announce(sentence: string): void;
}

const [get, set] = createContext<FicheContext>();

export const getFiche = get;
export const setFiche = set;
