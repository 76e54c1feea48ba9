import { getContext, setContext } from 'svelte';
import type { Definition } from './entree.ts';

/** The glossary of the pacte that is read, by the keys of its sigles. */
export interface GlossaireContext {
	readonly index: ReadonlyMap<string, Definition>;
}

export const KEY = Symbol('glossaire');
const VIDE: GlossaireContext = { index: new Map() };

export function setGlossaire(glossaire: GlossaireContext): void {
	setContext(KEY, glossaire);
}

/** For components, while they are created. Outside a pacte nothing is explained. */
export function useGlossaire(): GlossaireContext {
	return getContext<GlossaireContext | undefined>(KEY) ?? VIDE;
}
