import { KINDS_TROUVES } from '#lib/recherche/resultat.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { search } from '#server/recherche/search.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, parent }) => {
	await parent();
	const compte = requireCompte(locals.compte);
	const question = (url.searchParams.get('q') ?? '').trimStart();
	const kind = KINDS_TROUVES.find((one) => one === url.searchParams.get('type')) ?? null;
	if (question.trim() === '') return { question, reponse: null };
	const asked = { pacteId: params.pacte, by: compte.id, question, kind };
	return { question, reponse: await search(locals.app.db, asked) };
};
