/** Where to go after signing in: a page of this site, or the home page. */
export function safeSuite(suite: string | null | undefined): string {
	if (!suite || !/^\/(?![/\\])[^\\\p{Cc}\s]*$/u.test(suite)) return '/';
	const base = 'http://copacte.invalid';
	if (!URL.canParse(suite, base)) return '/';
	const url = new URL(suite, base);
	if (url.origin !== base || url.pathname.startsWith('//')) return '/';
	if (/^\/(connexion|deconnexion|lien)(\/|$)/.test(url.pathname)) return '/';
	return `${url.pathname}${url.search}${url.hash}`;
}
