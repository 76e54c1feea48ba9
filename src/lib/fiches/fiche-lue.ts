import type { Valeurs } from './completeness.ts';
import type { Repere } from './synthese.ts';

/** Where a fiche stands in the tree. */
export interface PlaceDeFiche extends Repere {
	/** What its level is called: « fiche-action ». */
	niveau: string;
	/** What holds it, from the top down. */
	ancetres: (Repere & { niveau: string })[];
	aClasser: boolean;
	/** The numbers that it had, the last one first. */
	anciens: string[];
	/** Its neighbours in a reading of the whole tree. */
	precedente: Repere | null;
	suivante: Repere | null;
}

/** A fiche as its rows give it: what a page shows before its live document has come. */
export interface FicheLue extends PlaceDeFiche {
	/** The form that it has, when it is not that of the others. */
	variante: string | null;
	valeurs: Valeurs;
	/** It is in the corbeille. */
	jetee: boolean;
}
