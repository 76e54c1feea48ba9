import { fail, redirect } from '@sveltejs/kit';
import { readCode } from '#lib/salles/code.ts';
import { CODE_INCOMPLET, CODE_INCONNU } from '#lib/salles/textes.ts';
import { SANS_ENTREE, salleOfCode } from '#server/salles/entrees.ts';
import { enterBy } from '../../spectateurs.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = ({ url }) => ({
	perdu: url.searchParams.has('perdu'),
	sansPlace: url.searchParams.has('sans-place')
});

export const actions: Actions = {
	default: async (event) => {
		const { locals, request, getClientAddress } = event;
		const typed = String((await request.formData()).get('code') ?? '').slice(0, 40);
		const code = readCode(typed);
		if (code === null) return fail(422, { typed, erreur: CODE_INCOMPLET });
		const { codes, db } = locals.app;
		const salle = await codes.find(getClientAddress(), () => salleOfCode(db, code));
		if (salle === null) return fail(422, { typed, erreur: CODE_INCONNU });
		redirect(303, await enterBy(event, salle, SANS_ENTREE));
	}
};
