import { fail, redirect } from '@sveltejs/kit';
import { canWriteFigures } from '#lib/documents/rights.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { DomainError, statusOf } from '#server/errors.ts';
import { openFigure, removeFigure, restoreFigure } from '#server/figures/figures.ts';
import type { App } from '#server/app.ts';
import type { Actions, PageServerLoad } from './$types';

/** What the page shows before its live document has come, and to those who read. */
export const load: PageServerLoad = async ({ locals, params, parent, depends, url }) => {
	depends('pacte:figures', 'pacte:sections', 'pacte:textes');
	const { pacte, role } = await parent();
	return {
		figure: await openFigure(locals.app, pacte.id, params.figure),
		peutEcrire: canWriteFigures(role),
		aConfirmer: url.searchParams.has('retirer')
	};
};

type Act = { pacteId: string; by: string; figureId: string };
type Event = { locals: globalThis.App.Locals; params: Partial<Record<string, string>> };

async function act({ locals, params }: Event, change: (app: App, act: Act) => Promise<void>) {
	const compte = requireCompte(locals.compte);
	try {
		await change(locals.app, { pacteId: params.pacte ?? '', by: compte.id, figureId: params.figure ?? '' });
		return null;
	} catch (error) {
		if (!(error instanceof DomainError) || error.code !== 'conflit') throw error;
		return fail(statusOf(error), { erreur: error.message });
	}
}

export const actions: Actions = {
	retirer: async (event) => {
		const refus = await act(event, removeFigure);
		if (refus) return refus;
		redirect(303, `/pactes/${event.params.pacte}/figures`);
	},
	restaurer: async (event) => {
		const refus = await act(event, restoreFigure);
		if (refus) return refus;
		redirect(303, `/pactes/${event.params.pacte}/figures/${event.params.figure}`);
	}
};
