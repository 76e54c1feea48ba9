import { fail, redirect } from '@sveltejs/kit';
import { requireAdministrateur } from '#server/comptes/rights.ts';
import { DomainError, statusOf } from '#server/errors.ts';
import { accueillir } from '#server/salles/emporter.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
	requireAdministrateur(locals.compte);
};

export const actions: Actions = {
	default: async ({ request, locals }) => {
		const { id } = requireAdministrateur(locals.compte);
		const file = (await request.formData()).get('fichier');
		if (!(file instanceof File) || file.size === 0)
			return fail(422, { erreur: 'Choisissez le fichier que la page « Emporter » de la séance a donné.' });
		let place;
		try {
			place = await accueillir(locals.app, id, await file.text());
		} catch (error) {
			if (!(error instanceof DomainError) || (error.code !== 'invalide' && error.code !== 'conflit')) throw error;
			return fail(statusOf(error), { erreur: error.message });
		}
		redirect(303, `/pactes/${place.pacteId}/seances/${place.seanceId}`);
	}
};
