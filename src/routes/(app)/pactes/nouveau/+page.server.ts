import { fail, redirect } from '@sveltejs/kit';
import { MODELES } from '#lib/pactes/modele.ts';
import { pacteErrors, readPacteForm } from '#lib/pactes/pacte-rules.ts';
import { requireAdministrateur } from '#server/comptes/rights.ts';
import { createPacte } from '#server/pactes/create-pacte.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
	requireAdministrateur(locals.compte);
	return { modeles: MODELES.map(({ id, nom, description }) => ({ id, nom, description })) };
};

export const actions: Actions = {
	default: async ({ request, locals }) => {
		const compte = requireAdministrateur(locals.compte);
		const form = await request.formData();
		const pacte = readPacteForm(form);
		const modele = MODELES.find(({ id }) => id === form.get('modele'));
		const erreurs = { ...pacteErrors(pacte), ...(!modele && { modele: 'Choisissez un modèle.' }) };
		if (!modele || Object.keys(erreurs).length > 0) return fail(422, { pacte, modele: form.get('modele'), erreurs });
		const id = await createPacte(locals.app, { ...pacte, modele }, compte.id);
		redirect(303, `/pactes/${id}/orientations`);
	}
};
