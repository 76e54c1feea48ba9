import type { ValeurChamp } from '#lib/pactes/archive.ts';
import type { Champ } from '#lib/pactes/modele.ts';
import type { Repere } from './synthese.ts';

/** One field of one fiche, in a list of many. */
export interface ChampDeFicheLu extends Repere {
	/** As the form of this fiche has it. */
	champ: Champ;
	valeur?: ValeurChamp;
}
