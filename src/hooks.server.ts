import { randomBytes } from 'node:crypto';
import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { building } from '$app/env';
import { getApp } from '#server/app.ts';
import { isSecure } from '#server/comptes/transport.ts';
import { DomainError, statusOf } from '#server/errors.ts';
import { compress } from '#server/http/compression.ts';
import { securityHeaders } from '#server/http/headers.ts';
import { readSession } from './sessions.server.ts';

export const handle: Handle = async ({ event, resolve }) => {
	if (building) return resolve(event);
	await identify(event);
	requireSignIn(event);
	const response = await resolve(event);
	return finish(event, response);
};

async function identify(event: RequestEvent): Promise<void> {
	const { locals } = event;
	locals.app = await getApp();
	locals.compte = null;
	locals.sessionId = null;
	const session = await readSession(event);
	if (!session) return;
	locals.compte = session.compte;
	locals.sessionId = session.sessionId;
}

/** Pages of (app) are for signed-in people: the others sign in first, then come back to where they were going. */
function requireSignIn(event: RequestEvent): void {
	const { locals, route, url } = event;
	if (locals.compte || !route.id?.startsWith('/(app)')) return;
	if (!leadsToPage(event)) throw new DomainError('non_connecte', 'Connectez-vous pour continuer.');
	const search = event.request.method === 'POST' ? '' : url.search;
	const suite = `${url.pathname}${search}`;
	redirect(303, suite === '/' ? '/connexion' : `/connexion?suite=${encodeURIComponent(suite)}`);
}

/** A person would see where this request leads: not a stream, nor what a script asks for. */
function leadsToPage({ request, isDataRequest }: RequestEvent): boolean {
	const { method, headers } = request;
	if (isDataRequest) return true;
	if (method === 'POST') return /form/.test(headers.get('content-type') ?? '');
	return headers.get('sec-fetch-dest') !== 'empty' && /text\/html|^\*\/\*$/.test(headers.get('accept') ?? '*/*');
}

async function finish(event: RequestEvent, response: Response): Promise<Response> {
	const { headers } = response;
	for (const [name, value] of Object.entries(securityHeaders(isSecure(event.url))))
		if (!headers.has(name)) headers.set(name, value);
	// Pages made for someone, or for whoever holds a link, are kept by no cache and come back after no sign-out.
	if ((event.locals.compte || headers.has('set-cookie')) && !headers.has('cache-control'))
		headers.set('Cache-Control', 'private, no-store');
	return compress(event.request, response);
}

export const handleError: HandleServerError = ({ kind, error, event }) => {
	if (error instanceof DomainError) return { status: statusOf(error), message: error.message };
	if (kind === 'app') return; // Said by the page itself, in French.
	if (kind === 'framework') return { message: frameworkMessage(error.status) };
	const id = randomBytes(4).toString('hex');
	// The route and not the address, which may hold a token.
	console.error(`Erreur ${id} (${event.request.method} ${event.route.id ?? 'hors des pages'}) :`, error);
	return { status: 500, message: `Une erreur inattendue s’est produite. Elle est notée sous le numéro ${id}.` };
};

function frameworkMessage(status: number): string {
	switch (status) {
		case 404:
			return 'Cette page n’existe pas.';
		case 405:
			return 'Cette page ne se demande pas ainsi.';
		case 413:
			return 'Ce que vous envoyez est trop volumineux.';
		default:
			return 'La demande n’a pas été comprise.';
	}
}
