import { redirect } from '@sveltejs/kit';
import { endSession } from '../../sessions.server.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	await endSession(event);
	redirect(303, '/connexion');
};

/** An address typed or kept by a browser: signing out is a button, so that no other site can do it. */
export const GET: RequestHandler = ({ locals }) => redirect(303, locals.compte ? '/compte' : '/connexion');
