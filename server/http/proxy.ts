import type { IncomingMessage } from 'node:http';
import type { Config } from '../config.ts';

type Asked = Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } };

/** We speak plain HTTP; a proxy in front, told by ADRESSE_PUBLIQUE, may speak HTTPS to people. */
export function protocolOf({ headers }: Asked, { adressePublique }: Pick<Config, 'adressePublique'>): string {
	if (!adressePublique) return 'http';
	const { protocol, host } = new URL(adressePublique);
	return headers.host === host ? protocol.slice(0, -1) : 'http';
}

/**
 * Where a request comes from. What a proxy adds is believed only where there must be one, because ADRESSE_PUBLIQUE is HTTPS, and from
 * a machine beside us: anybody may write this header.
 */
export function addressOf({ headers, socket }: Asked, { adressePublique }: Pick<Config, 'adressePublique'>): string {
	const peer = socket.remoteAddress ?? '';
	const added = String(headers['x-forwarded-for'] ?? '')
		.split(',')
		.at(-1)
		?.trim();
	return adressePublique?.startsWith('https:') && added && isBeside(peer) ? added : peer || 'inconnue';
}

/** This machine, or its private networks. */
function isBeside(address: string): boolean {
	return /^(::1$|f[cd]|(::ffff:)?(127|10|192\.168|172\.(1[6-9]|2\d|3[01]))\.)/.test(address);
}
