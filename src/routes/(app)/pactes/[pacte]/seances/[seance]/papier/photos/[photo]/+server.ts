import { requireCompte } from '#server/comptes/rights.ts';
import { openPhoto } from '#server/salles/photos.ts';
import type { RequestHandler } from './$types';

/** A photograph of paper, for those who transcribe it. It runs nothing, wherever it is opened. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const acteur = { pacteId: params.pacte, seanceId: params.seance, by: requireCompte(locals.compte).id };
	const { type, bytes } = await openPhoto(locals.app.db, acteur, params.photo);
	return new Response(bytes, {
		headers: {
			'Content-Type': type,
			'Content-Length': String(bytes.length),
			'Content-Security-Policy': "default-src 'none'; sandbox",
			'Cross-Origin-Resource-Policy': 'same-origin',
			'Cache-Control': 'private, no-store'
		}
	});
};
