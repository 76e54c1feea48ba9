/** Words used in more than one place about the glossary. */
export const SIGLE_VIDE = 'Écrivez le sigle ou le mot à expliquer.';
export const SIGLE_TROP_LONG =
	'Un sigle a 60\u00a0caractères au plus\u00a0: gardez les lettres, mettez le reste dans le développé.';
export const DEVELOPPE_VIDE = 'Écrivez ce que le sigle veut dire.';
export const DEVELOPPE_TROP_LONG =
	'Ce texte est trop long pour un glossaire\u00a0: 300\u00a0caractères pour le développé, 2\u00a0000 pour la définition.';
export const GLOSSAIRE_REFUSE =
	'Votre rôle permet de lire le glossaire, pas de l’écrire. Demandez-le à l’équipe projet ou à un rédacteur.';
export const ENTREE_ABSENTE = 'Cette entrée n’est plus dans le glossaire. Rechargez la page.';
export const RIEN_A_COLLER =
	'Aucune ligne n’a été comprise. Écrivez une entrée par ligne\u00a0: le sigle, deux-points, ce qu’il veut dire.';

export function siglePris(sigle: string): string {
	return `«\u00a0${sigle}\u00a0» est déjà expliqué\u00a0: modifiez l’entrée qui existe.`;
}
