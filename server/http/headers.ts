/**
 * What every answer carries. The content security policy comes with the pages themselves.
 *
 * `same-origin` and not `no-referrer`: under the latter, browsers send `Origin: null` with a form posted without
 * JavaScript, and the check against forged forms refuses it. Nothing goes to other sites in either case.
 */
export function securityHeaders(secure: boolean): Record<string, string> {
	return {
		'X-Content-Type-Options': 'nosniff',
		'X-Frame-Options': 'DENY',
		'Referrer-Policy': 'same-origin',
		'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
		'Cross-Origin-Opener-Policy': 'same-origin',
		...(secure && { 'Strict-Transport-Security': 'max-age=31536000' })
	};
}
