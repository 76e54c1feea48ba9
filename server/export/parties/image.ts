import type { ImageInseree } from '#lib/editor/prose.ts';
import type { PieceArchive, TypeDImage } from '#lib/pieces/piece.ts';
import type { Imprimeur } from '../assemble.ts';

/** An image of the pacte on paper, with its words. Its bytes go beside the document (`fichiersOf`). */
export interface BlocImage {
	type: 'image';
	/** Where its bytes are, for the compiler; empty when they are not there, or cannot be drawn. */
	fichier: string;
	format: string;
	/** Of what is drawn; width over height. */
	rapport: number;
	/** In points. */
	largeur: number;
	/** Empty: it says nothing that the text does not say. */
	alternative: string;
	legende: string;
}

/** A file that the compiler reads beside the document. */
export interface FichierJoint {
	chemin: string;
	base64: string;
}

/** An image of a text. One that is no longer kept leaves its words. */
export function imageBloc(
	{ piece, alternative, legende }: ImageInseree,
	pieces: readonly PieceArchive[],
	print: Imprimeur,
	lieu: string
): BlocImage {
	const found = pieces.find(({ id }) => id === piece);
	return {
		type: 'image',
		fichier: found ? cheminOf(found) : '',
		format: found ? FORMATS[found.type] : '',
		rapport: found ? found.largeur / found.hauteur : 1,
		largeur: found?.largeur ?? 0,
		alternative: print.texte(alternative, lieu),
		legende: print.texte(legende, lieu)
	};
}

const FORMATS: Record<TypeDImage, string> = {
	'image/png': 'png',
	'image/jpeg': 'jpg',
	'image/gif': 'gif',
	'image/webp': 'webp'
};

function cheminOf({ id }: PieceArchive): string {
	return `/pieces/${id}`;
}

/** The files of a pacte's images. */
export function fichiersOf(pieces: readonly PieceArchive[]): FichierJoint[] {
	return pieces.map((piece) => ({ chemin: cheminOf(piece), base64: piece.base64 }));
}
