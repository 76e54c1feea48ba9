import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** The server's clock, for a device that measures how far its own is. */
export const GET: RequestHandler = ({ locals }) =>
	json({ maintenant: locals.app.now() }, { headers: { 'Cache-Control': 'no-store' } });
