import { listNoeuds, readAvancement } from '#server/orientations/noeuds.ts';
import { readProvenances } from '#server/recolte/provenance.ts';
import { listConstats } from '#server/sections/constats.ts';
import { readReferences } from '#server/sections/references.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, depends }) => {
	depends('pacte:noeuds', 'pacte:fiches', 'pacte:sections', 'pacte:textes', 'pacte:parties');
	const { pacte, modele, compte } = await parent();
	const [noeuds, avancement] = await Promise.all([
		listNoeuds(locals.app.db, params.pacte),
		readAvancement(locals.app, params.pacte, modele)
	]);
	const references = await readReferences(locals.app.db, { id: pacte.id, modele });
	const provenances = await readProvenances(
		locals.app.db,
		pacte.id,
		noeuds.map(({ id }) => id)
	);
	return {
		noeuds,
		avancement,
		provenances,
		constats: await listConstats(locals.app.db, pacte.id, compte.id, references)
	};
};
