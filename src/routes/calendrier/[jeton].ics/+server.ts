import { readCalendrier } from '#server/seances/ics.ts';
import type { RequestHandler } from './$types';

/** Read by calendars, which have no account: the token is the right. */
export const GET: RequestHandler = async ({ locals: { app }, params, url }) => {
	const text = await readCalendrier(app, params.jeton, app.config.adressePublique ?? url.origin);
	return new Response(text, {
		headers: {
			'Content-Type': 'text/calendar; charset=utf-8',
			'Cache-Control': 'private, no-store',
			'Referrer-Policy': 'no-referrer'
		}
	});
};
