import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent }) => {
	await parent(); // Only those who take part in the pacte go further.
	const textes = await locals.app.db
		.selectFrom('textes_importes')
		.select(['rang', 'ligne_debut', 'ligne_fin', 'texte'])
		.where('pacte_id', '=', params.pacte)
		.orderBy('rang')
		.execute();
	return { textes };
};
