import { requireCompte } from '#server/comptes/rights.ts';
import { openPiece } from '#server/pieces/pieces.ts';
import type { RequestHandler } from './$types';

/** An image of the pacte. Its content never changes; it runs nothing, wherever it is opened. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const compte = requireCompte(locals.compte);
	const place = { pacteId: params.pacte, pieceId: params.piece, by: compte.id };
	const { nom, type, bytes } = await openPiece(locals.app, place);
	return new Response(bytes, {
		headers: {
			'Content-Type': type,
			'Content-Length': String(bytes.length),
			'Content-Disposition': `inline; filename*=UTF-8''${encodeURIComponent(nom)}`,
			'Content-Security-Policy': "default-src 'none'; sandbox",
			'Cross-Origin-Resource-Policy': 'same-origin',
			'Cache-Control': 'private, max-age=31536000, immutable'
		}
	});
};
