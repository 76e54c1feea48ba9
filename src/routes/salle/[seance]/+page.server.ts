import { fail, redirect } from '@sveltejs/kit';
import { newLocalId } from '#lib/ids.ts';
import type { VueSiege } from '#lib/salles/vue-siege.ts';
import { DomainError, statusOf } from '#server/errors.ts';
import { doFormulaire } from '#server/salles/formulaire.ts';
import { acteurOf, siegeOfRequest, spectateurOf } from '../../../spectateurs.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** What a seat is shown. `comme`: a facilitator looks as this seat. */
export const load: PageServerLoad = async (event) => {
	const { locals, params, url, setHeaders } = event;
	const commeSiege = url.searchParams.get('comme');
	if (commeSiege === null && (await siegeOfRequest(event, params.seance)) === null) redirect(303, '/r?sans-place');
	const spectateur = await spectateurOf(event, params.seance, 'siege', commeSiege);
	const look = await locals.app.salles.look(params.seance, spectateur);
	if (!look) throw new DomainError('introuvable', 'Cette séance n’est plus là.');
	setHeaders({ 'Cache-Control': 'private, no-store' });
	return {
		seanceId: params.seance,
		vue: look.vue as unknown as VueSiege,
		maintenant: locals.app.now(),
		cle: newLocalId(),
		commeSiege,
		retiree: url.searchParams.get('retiree')
	};
};

export const actions: Actions = {
	/** One act, asked for without script: then the page again, that may be reloaded without doing it twice. */
	default: async (event) => {
		const { locals, params, request } = event;
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '');
		const acte = text('acte');
		try {
			await doFormulaire(locals.app, params.seance, await acteurOf(event, params.seance, 'siege'), form);
		} catch (error) {
			if (!(error instanceof DomainError)) throw error;
			return fail(statusOf(error), { message: error.message, texte: acte === 'ajouterCarte' ? text('texte') : '' });
		}
		const shown = acte === 'retirerCarte' ? `?retiree=${encodeURIComponent(text('carte'))}` : '';
		redirect(303, `/salle/${params.seance}${shown}`);
	}
};
