/** Attachments of a pacte: images that its texts show. */
export const TYPES_D_IMAGE = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;
export type TypeDImage = (typeof TYPES_D_IMAGE)[number];

/** Of one image. */
export const OCTETS_MAX = 5 * 1024 * 1024;
export const COTE_MAX = 8_000;
/** What a decoder needs for it in memory follows from this, whatever the file weighs. */
export const PIXELS_MAX = 24_000_000;
/** Days during which an image that no text shows any more can come back with its text. */
export const JOURS_SANS_EMPLOI = 30;

/** An attachment in the archive of a pacte. Its id is local: p1… in their order. */
export interface PieceArchive {
	id: string;
	nom: string;
	type: TypeDImage;
	largeur: number;
	hauteur: number;
	sha256: string;
	base64: string;
}

/** One that was just added, as the page that added it needs it. */
export interface PieceAjoutee {
	id: string;
	src: string;
	largeur: number;
	hauteur: number;
}

export function adresseDePiece(base: string, id: string): string {
	return `${base}/pieces/${id}`;
}
