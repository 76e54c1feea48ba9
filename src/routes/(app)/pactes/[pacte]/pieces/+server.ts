import { json } from '@sveltejs/kit';
import { requireCompte } from '#server/comptes/rights.ts';
import { DomainError } from '#server/errors.ts';
import { addPiece } from '#server/pieces/pieces.ts';
import type { RequestHandler } from './$types';

/** Adds an image to the pacte while somebody writes. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const compte = requireCompte(locals.compte);
	const file = (await request.formData()).get('fichier');
	if (!(file instanceof File) || file.size === 0)
		throw new DomainError('invalide', 'Choisissez un fichier d’image (PNG, JPEG, GIF ou WebP).');
	const bytes = new Uint8Array(await file.arrayBuffer());
	const piece = await addPiece(locals.app, { pacteId: params.pacte, by: compte.id, nom: file.name, bytes });
	return json(piece, { status: 201 });
};
