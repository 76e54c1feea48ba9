import { NATURES_DE_CARTE, type NatureDeCarte } from './salle.ts';

export const PHOTOS_AU_PLUS = 100;

/** A photograph of paper that waits to be transcribed, or was. */
export interface PhotoDePapier {
	id: string;
	tableId: string | null;
	transcriteAt: number | null;
}

/** The nature that a key chooses while nothing is typed yet: 1 to 5, in their order. */
export function natureDeLaTouche(key: string, typed: string): NatureDeCarte | null {
	return typed === '' && /^[1-5]$/.test(key) ? (NATURES_DE_CARTE[Number(key) - 1] ?? null) : null;
}
