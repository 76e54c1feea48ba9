import { ECHEANCE, type Champ } from '#lib/pactes/modele.ts';

/** What is changed in several fiches at once. */
export type ChangementDEnsemble =
	| { champ: string; geste: 'ajouter' | 'retirer' | 'remplacer'; organisme: string }
	| { champ: string; geste: 'ecrire'; texte: string }
	/** null: the form of the others. */
	| { champ: typeof FORME; geste: 'forme'; variante: string | null };

export const GESTES = ['ajouter', 'retirer', 'remplacer', 'ecrire', 'forme'] as const;

/** The form of a fiche, chosen as its fields are: no field has such an id. */
export const FORME = '.forme';
export const FORME_COURANTE = 'Forme courante';

/** The fields that can be changed in several fiches at once: those that list organismes, and the échéance. */
export function champsDEnsemble(champs: readonly Champ[]): Champ[] {
	return champs.filter(({ type, id }) => type === 'organismes' || type === 'echeance' || id === ECHEANCE);
}

/** What a change would do to one fiche. */
export interface ApercuDeFiche {
	id: string;
	code: string;
	titre: string;
	avant: string;
	/** null: nothing changes there. */
	apres: string | null;
}

/** Reads the address of the page, or its form. null: nothing is asked yet. */
export function readChangement(get: (name: string) => string): ChangementDEnsemble | null {
	const champ = get('champ');
	const geste = GESTES.find((each) => each === get('geste'));
	if (champ === '' || !geste) return null;
	if (geste === 'ecrire') return { champ, geste, texte: get('texte').trim().slice(0, 500) };
	if (geste === 'forme') return { champ: FORME, geste, variante: get('variante') || null };
	const organisme = get('organisme');
	return organisme === '' ? null : { champ, geste, organisme };
}
