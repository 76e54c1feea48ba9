import { NOM_MAX } from './fold.ts';

/** Words used in more than one place about organismes. */
export const NOM_VIDE = 'Écrivez le nom de l’organisme.';

export const NOM_TROP_LONG = `Un nom a ${NOM_MAX} caractères au plus\u00a0: abrégez-le.`;

export const NOMMER_REFUSE =
	'Votre rôle permet de lire les partenaires, pas de les nommer. Demandez-le à l’équipe projet ou à un rédacteur.';

export const ORGANISME_ABSENT = 'Cet organisme n’existe plus dans ce pacte. Rechargez la page.';

/** « « Mission locale » désigne déjà Mission locale des deux vallées. » */
export function nomPris(nom: string, porteur: string): string {
	const cite = `«\u00a0${nom}\u00a0»`;
	return nom === porteur ? `${cite} existe déjà.` : `${cite} désigne déjà ${porteur}.`;
}
