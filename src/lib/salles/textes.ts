/** Words used in more than one place about joining a séance. */
export const CODE_INCOMPLET = 'Un code a six chiffres. Relisez-le sur l’écran de la salle ou sur la carte de la table.';

export const CODE_INCONNU =
	'Ce code n’ouvre aucune séance en ce moment. Relisez-le, ou scannez le QR code affiché dans la salle.';

export const ENTREE_PERDUE =
	'Ce QR code n’ouvre aucune séance en ce moment\u00a0: elle n’a pas commencé, ou elle est finie. Voyez avec la personne qui anime.';

export const PLACE_PERDUE =
	'Cet appareil n’a pas de place dans cette séance. Scannez le QR code de la salle, ou écrivez le code à six chiffres.';
