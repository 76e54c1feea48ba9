import { readAccueil } from '#server/pactes/accueil.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, depends }) => {
	depends('pacte:noeuds', 'pacte:fiches', 'pacte:seances');
	const { compte, modele } = await parent();
	return { accueil: await readAccueil(locals.app, params.pacte, compte.id, modele) };
};
