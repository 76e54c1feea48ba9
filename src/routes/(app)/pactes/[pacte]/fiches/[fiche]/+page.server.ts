import { readOrigine } from '#server/bilan/bilan.ts';
import { openFiche } from '#server/fiches/fiches.ts';
import { listOrganismes } from '#server/organismes/organismes.ts';
import type { PageServerLoad } from './$types';

/** What the page shows before its live document has come; afterwards it follows the tree and the names only. */
export const load: PageServerLoad = async ({ locals, params, parent, depends }) => {
	depends('pacte:noeuds', 'pacte:organismes');
	const { pacte, modele } = await parent();
	const fiche = await openFiche(locals.app, { id: pacte.id, modele }, params.fiche);
	const { db } = locals.app;
	const origine = await readOrigine(db, pacte.id, params.fiche);
	return { fiche, origine, organismes: await listOrganismes(db, pacte.id) };
};
