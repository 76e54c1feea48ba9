import { redirect } from '@sveltejs/kit';
import { isToken } from '#server/comptes/liens.ts';
import { forgetLien, keepLien } from '../../../sessions.server.ts';
import type { RequestHandler } from './$types';

/** Takes the token out of the address at once. Nothing is used here: mail scanners open links. */
export const GET: RequestHandler = (event) => {
	const { params, setHeaders } = event;
	if (isToken(params.jeton)) keepLien(event, params.jeton);
	else forgetLien(event);
	setHeaders({ 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'private, no-store' });
	redirect(303, '/bienvenue');
};
