import { cite } from '#lib/orientations/textes.ts';

/** Where a fiche may hang. */
export interface PlacePossible {
	id: string;
	/** « axe 2 Se déplacer » */
	nom: string;
}

export const FILIATIONS = ['copie', 'fusion', 'scission'] as const;
export type NatureDeFiliation = (typeof FILIATIONS)[number];

/** Where a fiche comes from, or what was made of it. */
export interface Filiation {
	nature: NatureDeFiliation;
	/** Whether the other is what this one comes from. */
	vient: boolean;
	/** Of the other fiche; null: it has left for good. */
	id: string | null;
	titre: string;
	jetee: boolean;
}

/** « Copie de “…” », before and after the title of the other fiche. */
const MOTS_DE_FILIATION: Record<NatureDeFiliation, { vient: string; donne: string }> = {
	copie: { vient: 'Copie de', donne: 'Copiée en' },
	fusion: { vient: 'Issue de la fusion avec', donne: 'Fusionnée dans' },
	scission: { vient: 'Séparée de', donne: 'Une partie en est devenue' }
};

export function filiationInWords({ nature, vient, titre }: Filiation): string {
	return `${MOTS_DE_FILIATION[nature][vient ? 'vient' : 'donne']} ${cite(titre)}`;
}
