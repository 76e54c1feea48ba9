import { canPlanSections } from '#lib/documents/rights.ts';
import { counted } from '#lib/format.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { readEngagements } from '#server/engagements/engagements.ts';
import { adoptImportes, listImportes } from '#server/engagements/adopt.ts';
import { topAxes } from '#server/engagements/axes.ts';
import { listOrganismes } from '#server/organismes/organismes.ts';
import { acte } from '../acte.ts';
import { actesDEngagement } from './actes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, depends }) => {
	depends('pacte:parties', 'pacte:sections', 'pacte:textes', 'pacte:noeuds', 'pacte:organismes');
	const { role, modele } = await parent();
	const compte = requireCompte(locals.compte);
	const { db } = locals.app;
	const [parties, { axes, top }, organismes, importes] = await Promise.all([
		readEngagements(db, params.pacte, compte.id),
		topAxes(db, params.pacte, modele),
		listOrganismes(db, params.pacte),
		listImportes(db, params.pacte)
	]);
	return {
		parties,
		importes,
		axes,
		top,
		organismes: organismes.map(({ id, nom }) => ({ id, nom })),
		planifie: canPlanSections(role)
	};
};

export const actions: Actions = {
	...actesDEngagement,
	reprendre: (event) =>
		acte(event, 'reprendre', async (app, act) => {
			const nombre = await adoptImportes(app, act);
			return `${counted(nombre, 'partie ajoutée', 'parties ajoutées')} au plan, avec leurs engagements.`;
		})
};
