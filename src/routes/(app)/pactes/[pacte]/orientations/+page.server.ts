import { listNoeuds, readAvancement } from '#server/orientations/noeuds.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, depends }) => {
	depends('pacte:noeuds', 'pacte:fiches');
	const { modele } = await parent();
	const [noeuds, avancement] = await Promise.all([
		listNoeuds(locals.app.db, params.pacte),
		readAvancement(locals.app, params.pacte, modele)
	]);
	return { noeuds, avancement };
};
