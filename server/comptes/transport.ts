import type { Config } from '../config.ts';

/** Where accounts may be used, and the cookies that hold what opens them. */

/**
 * Accounts need a channel that nobody else reads: HTTPS, or this very machine. MODE_SALLE=oui accepts the private
 * network of a room, with a warning on every page.
 */
export function accountsAllowed(url: URL, { modeSalle }: Pick<Config, 'modeSalle'>): boolean {
	return isConfidential(url) || modeSalle;
}

export function isConfidential(url: URL): boolean {
	return isSecure(url) || isLoopback(url.hostname);
}

export function isSecure(url: URL): boolean {
	return url.protocol === 'https:';
}

export function isLoopback(hostname: string): boolean {
	return (
		hostname === 'localhost' ||
		hostname.endsWith('.localhost') ||
		hostname === '[::1]' ||
		/^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
	);
}

export interface CookieOptions {
	path: '/';
	httpOnly: true;
	secure: boolean;
	sameSite: 'lax';
	/** Seconds. */
	maxAge: number;
}

export function cookieOptions(url: URL, maxAgeMs: number): CookieOptions {
	return {
		path: '/',
		httpOnly: true,
		secure: isSecure(url),
		sameSite: 'lax',
		maxAge: Math.max(0, Math.floor(maxAgeMs / 1000))
	};
}

/** `__Host-`: no neighbouring site can plant it, and it leaves this host only over HTTPS. */
function cookieName(url: URL, name: string): string {
	return isSecure(url) ? `__Host-${name}` : name;
}

export function sessionCookieName(url: URL): string {
	return cookieName(url, 'copacte_session');
}

/** Holds the token of a link between the address where it was and the page that uses it. */
export function lienCookieName(url: URL): string {
	return cookieName(url, 'copacte_lien');
}

/** Holds a seat in the room of one séance. */
export function siegeCookieName(url: URL, seanceId: string): string {
	return cookieName(url, `copacte_siege_${seanceId}`);
}

/** Holds the wall of one séance. */
export function murCookieName(url: URL, seanceId: string): string {
	return cookieName(url, `copacte_mur_${seanceId}`);
}

/** Holds what a QR code said, from the address where it was to the first page that shows the seat. */
export function entreeCookieName(url: URL, seanceId: string): string {
	return cookieName(url, `copacte_entree_${seanceId}`);
}
