import { canPlanSections } from '#lib/documents/rights.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { readEngagements } from '#server/engagements/engagements.ts';
import { topAxes } from '#server/engagements/axes.ts';
import { listOrganismes } from '#server/organismes/organismes.ts';
import { actesDEngagement } from './actes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, depends }) => {
	depends('pacte:parties', 'pacte:sections', 'pacte:noeuds', 'pacte:organismes');
	const { role, modele } = await parent();
	const compte = requireCompte(locals.compte);
	const { db } = locals.app;
	const [parties, { axes, top }, organismes] = await Promise.all([
		readEngagements(db, params.pacte, compte.id),
		topAxes(db, params.pacte, modele),
		listOrganismes(db, params.pacte)
	]);
	return {
		parties,
		axes,
		top,
		organismes: organismes.map(({ id, nom }) => ({ id, nom })),
		planifie: canPlanSections(role)
	};
};

export const actions: Actions = actesDEngagement;
