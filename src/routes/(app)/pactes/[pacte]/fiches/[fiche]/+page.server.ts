import { readOrigine } from '#server/bilan/bilan.ts';
import { readFiliations } from '#server/fiches/filiations.ts';
import { openFiche } from '#server/fiches/fiches.ts';
import { listOrganismes } from '#server/organismes/organismes.ts';
import { readProvenance } from '#server/recolte/provenance.ts';
import { listConstatsAnsweredBy } from '#server/sections/constats.ts';
import { readPropositions } from '#server/fiches/propositions.ts';
import { listSchemas } from '#server/schemas/schemas.ts';
import { setVariante } from '#server/fiches/variante.ts';
import { acte } from '../../acte.ts';
import type { Actions, PageServerLoad } from './$types';

/** What the page shows before its live document has come; afterwards it follows the tree and the names only. */
export const load: PageServerLoad = async ({ locals, params, parent, depends }) => {
	depends('pacte:noeuds', 'pacte:organismes', 'pacte:sections', 'pacte:parties', 'pacte:variantes');
	const { pacte, modele, compte } = await parent();
	const fiche = await openFiche(locals.app, { id: pacte.id, modele }, params.fiche);
	const { db } = locals.app;
	const origine = await readOrigine(db, pacte.id, params.fiche);
	const answering = [params.fiche, ...fiche.ancetres.map(({ id }) => id)];
	const constats = await listConstatsAnsweredBy(db, { id: pacte.id, modele }, compte.id, answering);
	const filiations = await readFiliations(db, pacte.id, params.fiche);
	const provenance = await readProvenance(db, pacte.id, params.fiche);
	const organismes = await listOrganismes(db, pacte.id);
	const schemas = await listSchemas(db, pacte.id);
	const propositions = await readPropositions(db, pacte.id, modele);
	return { fiche, constats, origine, provenance, filiations, organismes, schemas, propositions };
};

export const actions: Actions = {
	variante: (event) =>
		acte(event, 'variante', async (app, act, saisie) => {
			await setVariante(app, act, { fiche: event.params.fiche, variante: saisie.text('variante') || null });
			return 'La forme de la fiche est changée. Ce qui n’est plus montré est gardé.';
		})
};
