import { readOrigine } from '#server/bilan/bilan.ts';
import { openFiche } from '#server/fiches/fiches.ts';
import { listOrganismes } from '#server/organismes/organismes.ts';
import { listConstats } from '#server/sections/constats.ts';
import { readReferences } from '#server/sections/references.ts';
import type { PageServerLoad } from './$types';

/** What the page shows before its live document has come; afterwards it follows the tree and the names only. */
export const load: PageServerLoad = async ({ locals, params, parent, depends }) => {
	depends('pacte:noeuds', 'pacte:organismes', 'pacte:sections');
	const { pacte, modele, compte } = await parent();
	const fiche = await openFiche(locals.app, { id: pacte.id, modele }, params.fiche);
	const { db } = locals.app;
	const origine = await readOrigine(db, pacte.id, params.fiche);
	const references = await readReferences(db, { id: pacte.id, modele });
	const answered = new Set([params.fiche, ...fiche.ancetres.map(({ id }) => id)]);
	const constats = (await listConstats(db, pacte.id, compte.id, references)).filter(({ reponses }) =>
		reponses.some(({ noeud }) => answered.has(noeud))
	);
	return { fiche, constats, origine, organismes: await listOrganismes(db, pacte.id) };
};
