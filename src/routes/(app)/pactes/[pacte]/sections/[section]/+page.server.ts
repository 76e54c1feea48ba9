import { fail } from '@sveltejs/kit';
import { canPlanSections } from '#lib/documents/rights.ts';
import { ETATS } from '#lib/sections/section.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { DomainError, statusOf } from '#server/errors.ts';
import { listFigures } from '#server/figures/figures.ts';
import { listRescapes, settleRescape } from '#server/sections/rescapes.ts';
import { readReferences } from '#server/sections/references.ts';
import { listAxes, readPlan, readProseOf, sectionIn, setEtat } from '#server/sections/sections.ts';
import { acte } from '../../acte.ts';
import { actesDEngagement } from '../../engagements/actes.ts';
import { readParties } from './parties.ts';
import type { Actions, PageServerLoad } from './$types';

/** What the page shows before its live text has come; afterwards it follows the plan and what the text refers to. */
export const load: PageServerLoad = async ({ locals, params, parent, depends }) => {
	depends('pacte:parties', 'pacte:seances', 'pacte:sections', 'pacte:noeuds', 'pacte:organismes', 'pacte:figures');
	const { pacte, modele, role, compte } = await parent();
	const { db } = locals.app;
	const plan = await readPlan(db, pacte.id, compte.id);
	const section = sectionIn(plan, params.section);
	const here = plan.findIndex(({ id }) => id === section.id);
	const link = (at: number) => {
		const found = plan[at];
		return found ? { id: found.id, titre: `${found.numero} ${found.titre}` } : null;
	};
	return {
		section,
		prose: await readProseOf(db, section.id),
		references: await readReferences(db, { id: pacte.id, modele }),
		axes: await listAxes(db, pacte.id),
		rescapes: section.redige ? await listRescapes(db, section.id) : [],
		figures: await listFigures(locals.app, pacte.id),
		precedente: link(here - 1),
		suivante: link(here + 1),
		parties: plan
			.filter(({ parent: above }) => above === section.id)
			.map(({ id, numero, titre }) => ({ id, numero, titre })),
		planifie: canPlanSections(role),
		...(await readParties(locals.app, section, { pacteId: pacte.id, modele, compteId: compte.id }))
	};
};

export const actions: Actions = {
	...actesDEngagement,
	traiter: (event) =>
		acte(event, 'traiter', async (app, act, saisie) => {
			const sectionId = event.params.section;
			await settleRescape(app, { ...act, sectionId }, Number(saisie.text('rescape')));
			return 'C’est noté.';
		}),
	etat: async ({ locals, params, request }) => {
		const compte = requireCompte(locals.compte);
		const wanted = String((await request.formData()).get('etat') ?? '');
		const etat = ETATS.find((known) => known === wanted);
		if (!etat) return fail(422, { erreur: 'Choisissez un état.' });
		try {
			await setEtat(locals.app, { pacteId: params.pacte, by: compte.id, sectionId: params.section }, etat);
			return { message: 'L’état est changé.' };
		} catch (error) {
			if (!(error instanceof DomainError) || error.code !== 'interdit') throw error;
			return fail(statusOf(error), { erreur: error.message });
		}
	}
};
