import { redirect } from '@sveltejs/kit';
import { DomainError } from '#server/errors.ts';
import { seanceOfMur } from '#server/salles/entrees.ts';
import { keepMur } from '../../../spectateurs.server.ts';
import type { RequestHandler } from './$types';

/** Opens the wall of a séance on this device, and takes its token out of the address. */
export const GET: RequestHandler = async (event) => {
	const { locals, params, setHeaders } = event;
	setHeaders({ 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'private, no-store' });
	const seanceId = await seanceOfMur(locals.app.db, params.jeton);
	if (seanceId === null)
		throw new DomainError('introuvable', 'Cette adresse de projection n’existe plus. Reprenez-la dans la séance.');
	keepMur(event, seanceId, params.jeton);
	redirect(303, `/salle/${seanceId}/mur`);
};
