import { fail, redirect } from '@sveltejs/kit';
import { canWriteFigures } from '#lib/documents/rights.ts';
import { feuilleBlanche } from '#lib/figures/figure.ts';
import { figureFaults } from '#lib/figures/faults.ts';
import { filterFigures, readFiltre } from '#lib/figures/list.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { DomainError, statusOf } from '#server/errors.ts';
import { addFigure, listCorbeille, listFigures, restoreFigure } from '#server/figures/figures.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, depends, url }) => {
	depends('pacte:figures');
	const { pacte, role } = await parent();
	const toutes = (await listFigures(locals.app, pacte.id)).map((figure, i) => ({
		figure,
		numero: i + 1,
		defauts: figureFaults(figure)
	}));
	const filtre = readFiltre(url.searchParams);
	const peutEcrire = canWriteFigures(role);
	return {
		filtre,
		total: toutes.length,
		aReprendre: toutes.filter(({ defauts }) => defauts.length > 0).length,
		figures: filterFigures(toutes, filtre),
		peutEcrire,
		corbeille: peutEcrire ? await listCorbeille(locals.app, pacte.id) : []
	};
};

export const actions: Actions = {
	ajouter: async ({ locals, params, request }) => {
		const compte = requireCompte(locals.compte);
		const titre = String((await request.formData()).get('titre') ?? '').trim();
		if (titre === '')
			return fail(422, { formulaire: 'ajouter', erreur: 'Donnez un titre à la figure : ce qu’elle montre.' });
		const act = { pacteId: params.pacte ?? '', by: compte.id };
		const id = await addFigure(locals.app, { ...act, figure: { titre, ...feuilleBlanche() } });
		redirect(303, `/pactes/${params.pacte}/figures/${id}`);
	},

	restaurer: async ({ locals, params, request }) => {
		const compte = requireCompte(locals.compte);
		const figureId = String((await request.formData()).get('figure') ?? '');
		try {
			await restoreFigure(locals.app, { pacteId: params.pacte ?? '', by: compte.id, figureId });
			return { fait: 'restaurer' };
		} catch (error) {
			if (!(error instanceof DomainError) || error.code !== 'introuvable') throw error;
			return fail(statusOf(error), { formulaire: 'restaurer', erreur: error.message });
		}
	}
};
