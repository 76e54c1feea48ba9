import { listFiches } from '#server/fiches/liste.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, depends }) => {
	depends('pacte:noeuds', 'pacte:fiches');
	const { pacte, modele, compte } = await parent();
	const fiches = await listFiches(locals.app.db, { ...pacte, modele }, compte);
	return {
		champs: modele.champs.map(({ id, etiquette }) => ({
			id,
			etiquette,
			vides: fiches.filter(({ vides }) => vides.includes(id)).length
		})),
		total: fiches.length
	};
};
