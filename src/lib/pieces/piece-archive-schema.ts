import {
	ArchiveError,
	filledAt,
	idAt,
	integerAt,
	LIMITES,
	listAt,
	objectAt,
	oneOf,
	onlyKeys,
	textAt,
	unique
} from '#lib/pactes/archive-values.ts';
import { COTE_MAX, OCTETS_MAX, TYPES_D_IMAGE, type PieceArchive } from './piece.ts';

/** Far above what a pacte shows. */
const PIECES_MAX = 500;
const BASE64_MAX = Math.ceil(OCTETS_MAX / 3) * 4;

/** A file from before there were attachments has none. What the bytes are is checked where they are written. */
export function piecesAt(value: unknown): PieceArchive[] {
	if (value === undefined) return [];
	const pieces = listAt(value, 'pieces', PIECES_MAX, pieceAt);
	unique(pieces, 'pieces');
	return pieces;
}

function pieceAt(value: unknown, lieu: string): PieceArchive {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['id', 'nom', 'type', 'largeur', 'hauteur', 'sha256', 'base64']);
	const base64 = textAt(source.base64, `${lieu}.base64`, BASE64_MAX);
	if (!/^[A-Za-z0-9+/]+={0,2}$/u.test(base64) || base64.length % 4 !== 0)
		throw new ArchiveError(`${lieu}.base64`, 'une image en base64 est attendue.');
	const sha256 = textAt(source.sha256, `${lieu}.sha256`, 64);
	if (!/^[0-9a-f]{64}$/u.test(sha256)) throw new ArchiveError(`${lieu}.sha256`, 'une empreinte SHA-256 est attendue.');
	return {
		id: idAt(source.id, `${lieu}.id`),
		nom: filledAt(source.nom, `${lieu}.nom`, LIMITES.nom),
		type: oneOf(source.type, `${lieu}.type`, TYPES_D_IMAGE),
		largeur: integerAt(source.largeur, `${lieu}.largeur`, 1, COTE_MAX),
		hauteur: integerAt(source.hauteur, `${lieu}.hauteur`, 1, COTE_MAX),
		sha256,
		base64
	};
}
