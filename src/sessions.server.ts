import type { RequestEvent } from '@sveltejs/kit';
import { signOut } from '#server/comptes/comptes.ts';
import { createSession, validateSession, type Session } from '#server/comptes/session.ts';
import { accountsAllowed, cookieOptions, lienCookieName, sessionCookieName } from '#server/comptes/transport.ts';

/** Between the sessions of the server and the cookies of a request. */

/** Who makes this request; prolongs the cookie with the session, removes one that opens nothing any more. */
export async function readSession({ locals: { app }, cookies, url }: RequestEvent): Promise<Session | null> {
	if (!accountsAllowed(url, app.config)) return null;
	const name = sessionCookieName(url);
	const cookie = cookies.get(name);
	if (!cookie) return null;
	const session = await validateSession(app, cookie);
	if (!session) cookies.delete(name, cookieOptions(url, 0));
	else if (session.fresh) cookies.set(name, cookie, cookieOptions(url, session.expiresAt - app.now()));
	return session;
}

/** Signs someone in here; the session that was open before, if any, ends. */
export async function openSession(event: RequestEvent, compteId: string): Promise<void> {
	const { app } = event.locals;
	await endSession(event);
	const { cookie, expiresAt } = await createSession(app, compteId);
	event.cookies.set(sessionCookieName(event.url), cookie, cookieOptions(event.url, expiresAt - app.now()));
}

/** Signs out here, open sockets included. */
export async function endSession({ locals: { app, sessionId }, cookies, url }: RequestEvent): Promise<void> {
	const name = sessionCookieName(url);
	const cookie = cookies.get(name);
	if (!cookie) return;
	cookies.delete(name, cookieOptions(url, 0));
	if (sessionId) await signOut(app, { cookie, sessionId });
}

/** Long enough to create an account or to find one's password; the link itself stays valid. */
const LIEN_KEPT = 60 * 60 * 1000;

/** Keeps the token of a link out of addresses: the page that uses it reads it here. */
export function keepLien({ cookies, url }: RequestEvent, token: string): void {
	cookies.set(lienCookieName(url), token, cookieOptions(url, LIEN_KEPT));
}

export function keptLien({ cookies, url }: RequestEvent): string {
	return cookies.get(lienCookieName(url)) ?? '';
}

export function forgetLien({ cookies, url }: RequestEvent): void {
	cookies.delete(lienCookieName(url), cookieOptions(url, 0));
}
