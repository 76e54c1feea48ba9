/** What prose refers to, as it is now. Plain data from the rows; the pages keep it fresh. */
export interface References {
	/** Where one may lead to, by target (`noeud:…`, `section:…`, `figure:…`): « fiche 2.3 », « axe 2 ». */
	renvois: Readonly<Record<string, Renvoi>>;
	/** Values of figures, by `figure/ligne/serie`. */
	chiffres: Readonly<Record<string, string>>;
	/** Addresses of attachments, by id. */
	images: Readonly<Record<string, { src: string; largeur: number; hauteur: number }>>;
}

export interface Renvoi {
	texte: string;
	titre: string;
	href: string;
	/** Numbers that it had before: people who have them on paper look for it by them. */
	anciens?: readonly string[];
}

export const SANS_REFERENCES: References = { renvois: {}, chiffres: {}, images: {} };

export function cleDeChiffre(figure: string, ligne: string, serie: string): string {
	return `${figure}/${ligne}/${serie}`;
}

export const RENVOI_PERDU = 'renvoi perdu';
export const CHIFFRE_PERDU = 'chiffre retiré';
