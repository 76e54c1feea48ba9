import { readChampDeFiches } from '#server/fiches/champ-de-fiches.ts';
import { readPropositions } from '#server/fiches/propositions.ts';
import { listOrganismes } from '#server/organismes/organismes.ts';
import { listSchemas } from '#server/schemas/schemas.ts';
import type { PageServerLoad } from './$types';

/** Read again as the fiches change: only the one where somebody writes is open. */
export const load: PageServerLoad = async ({ locals, params, parent, depends }) => {
	depends('pacte:noeuds', 'pacte:fiches', 'pacte:organismes', 'pacte:parties', 'pacte:variantes');
	const { pacte, modele } = await parent();
	const { db } = locals.app;
	return {
		...(await readChampDeFiches(db, { id: pacte.id, modele }, params.champ)),
		organismes: await listOrganismes(db, pacte.id),
		schemas: await listSchemas(db, pacte.id),
		propositions: await readPropositions(db, pacte.id, modele)
	};
};
