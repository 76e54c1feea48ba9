import { requireCompte } from '#server/comptes/rights.ts';
import { contentDisposition, nomDeFichier } from '#server/export/nom-de-fichier.ts';
import { emporter } from '#server/salles/emporter.ts';
import type { RequestHandler } from './$types';

/** The séance in a file. Asking for it makes the séance leave: a form's post, and no link. */
export const POST: RequestHandler = async ({ locals, params }) => {
	const { id: by } = requireCompte(locals.compte);
	const bagage = await emporter(locals.app, { pacteId: params.pacte, seanceId: params.seance, by });
	return new Response(JSON.stringify(bagage), {
		headers: {
			'Content-Type': 'application/json; charset=utf-8',
			'Content-Disposition': contentDisposition(nomDeFichier(['Séance', bagage.seance.titre], 'json')),
			'Cache-Control': 'private, no-store'
		}
	});
};
