import { networkInterfaces } from 'node:os';
import type { Config } from '../config.ts';
import { isLoopback } from '../comptes/transport.ts';

/** Where the people of a room find it. */
export interface Adresses {
	/** `https://pacte.example.fr`, what a QR code holds. */
	base: string;
	/** The same without its protocol, as people type it: `pacte.example.fr`. */
	courte: string;
	/** Other addresses of this machine on its networks, when it is reached by none of them. */
	autres: string[];
}

/**
 * ADRESSE_PUBLIQUE, else the host of the request. On the machine itself, « localhost » leads nobody here: its addresses on its networks
 * do, unless it listens to itself alone.
 */
export function adressesOf(
	{ adressePublique, host }: Pick<Config, 'adressePublique' | 'host'>,
	url: URL,
	lan: () => string[] = lanAddresses
): Adresses {
	if (adressePublique) return { base: adressePublique, courte: withoutProtocol(adressePublique), autres: [] };
	const reachable = isLoopback(url.hostname) && !isLoopback(host) ? lan().map((address) => onPortOf(url, address)) : [];
	const [base = url.origin, ...autres] = reachable;
	return { base, courte: withoutProtocol(base), autres: autres.map(withoutProtocol) };
}

function onPortOf(url: URL, address: string): string {
	return `${url.protocol}//${address}${url.port && `:${url.port}`}`;
}

function withoutProtocol(address: string): string {
	return address.replace(/^https?:\/\//, '');
}

/** IPv4: what people can type. A real network before what programs made up on this machine. */
function lanAddresses(): string[] {
	const isMadeUp = (name: string) => /^(docker|br-|veth|virbr|vmnet|vboxnet|tun|tap|utun)/.test(name);
	return Object.entries(networkInterfaces())
		.sort(([a], [b]) => Number(isMadeUp(a)) - Number(isMadeUp(b)))
		.flatMap(([, addresses = []]) => addresses)
		.filter(({ family, internal }) => family === 'IPv4' && !internal)
		.map(({ address }) => address);
}
