import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { DomainError, statusOf } from '#server/errors.ts';
import { newId } from '#server/ids.ts';
import { doActe } from '#server/salles/acte.ts';
import { Donnees } from '#server/salles/donnees.ts';
import { readPlaces } from '#server/salles/places.ts';
import { siegeOfRequest } from '../../../../spectateurs.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async (event) => {
	const { locals, params, url } = event;
	const places = await readPlaces(locals.app, params.seance, await requireSiege(event));
	if (!places) redirect(303, '/r?sans-place');
	return { places, prise: url.searchParams.get('prise'), seance: params.seance };
};

/** Asks for one act of this seat, then shows its table. */
const asks = (acte: string) => async (event: RequestEvent<{ seance: string }>) => {
	const { locals, params, request } = event;
	const siegeId = await requireSiege(event);
	const donnees = Donnees.ofForm(await request.formData());
	try {
		await doActe(locals.app, params.seance, { genre: 'siege', siegeId }, { cle: newId(), acte, donnees });
	} catch (error) {
		if (error instanceof DomainError) return fail(statusOf(error), { acte, erreur: error.message });
		throw error;
	}
	redirect(303, `/salle/${params.seance}`);
};

export const actions: Actions = {
	table: asks('choisirTable'),
	place: asks('prendrePlace'),
	appareil: asks('partagerAppareil'),
	nom: asks('direNom')
};

async function requireSiege(event: RequestEvent<{ seance: string }>): Promise<string> {
	return (await siegeOfRequest(event, event.params.seance)) ?? redirect(303, '/r?sans-place');
}
