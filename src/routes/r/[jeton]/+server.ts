import { redirect } from '@sveltejs/kit';
import { entreeOf, salleOfJeton } from '#server/salles/entrees.ts';
import { enterBy } from '../../../spectateurs.server.ts';
import type { RequestHandler } from './$types';

/** Takes the token of a QR code out of the address at once. */
export const GET: RequestHandler = async (event) => {
	const { locals, params, url, setHeaders } = event;
	setHeaders({ 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'private, no-store' });
	const salle = await salleOfJeton(locals.app.db, params.jeton);
	redirect(303, salle ? await enterBy(event, salle, entreeOf(url.searchParams)) : '/r?perdu');
};
