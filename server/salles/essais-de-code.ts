import { setTimeout as sleep } from 'node:timers/promises';

/** Failures that cost nothing: a room mistypes. */
const LIBRES = 5;
const PAR_ECHEC = 300;
/** Proxies cut an answer that takes longer than half a minute. */
const ATTENTE_AU_PLUS = 25_000;
/** One failure is forgotten every ten seconds. */
const OUBLI = 10_000;
/** Wrong codes of one address that are being answered at the same time; the next ones wait for their turn. */
const A_LA_FOIS = 20;
const ADRESSES_AU_PLUS = 10_000;

interface Adresse {
	echecs: number;
	/** When `echecs` was counted. */
	at: number;
	answering: number;
	line: (() => void)[];
}

export interface EssaisOptions {
	now: () => number;
	wait?: (milliseconds: number) => Promise<unknown>;
}

/**
 * Tries at the six digits of a room, by address, in memory only. A right code is answered at once, whatever the others of the same
 * network typed; a wrong one after a delay that grows with the failures. A whole room shares one address.
 */
export class EssaisDeCode {
	readonly #now: () => number;
	readonly #wait: (milliseconds: number) => Promise<unknown>;
	readonly #adresses = new Map<string, Adresse>();

	constructor({ now, wait = sleep }: EssaisOptions) {
		this.#now = now;
		this.#wait = wait;
	}

	/** What `find` finds; null once the delay is over when it finds nothing. */
	async find<T>(address: string, find: () => Promise<T | null>): Promise<T | null> {
		const adresse = this.#adresseOf(networkOf(address));
		await takeTurn(adresse);
		try {
			const found = await find();
			if (found === null) await this.#wait(this.#countFailure(adresse));
			return found;
		} finally {
			endTurn(adresse);
		}
	}

	#adresseOf(network: string): Adresse {
		const known = this.#adresses.get(network);
		if (known) return known;
		if (this.#adresses.size >= ADRESSES_AU_PLUS) this.#forgetOldest();
		const adresse: Adresse = { echecs: 0, at: this.#now(), answering: 0, line: [] };
		this.#adresses.set(network, adresse);
		return adresse;
	}

	#forgetOldest(): void {
		for (const [network, { answering }] of this.#adresses)
			if (answering === 0) {
				this.#adresses.delete(network);
				return;
			}
	}

	/** Gives the delay of this failure. */
	#countFailure(adresse: Adresse): number {
		const now = this.#now();
		adresse.echecs = Math.max(0, adresse.echecs - Math.max(0, now - adresse.at) / OUBLI) + 1;
		adresse.at = now;
		return Math.min(ATTENTE_AU_PLUS, Math.max(0, Math.floor(adresse.echecs) - LIBRES) * PAR_ECHEC);
	}
}

async function takeTurn(adresse: Adresse): Promise<void> {
	if (adresse.answering >= A_LA_FOIS) await new Promise<void>((resolve) => adresse.line.push(resolve));
	else adresse.answering++;
}

/** Hands the turn over to the next in line. */
function endTurn(adresse: Adresse): void {
	const next = adresse.line.shift();
	if (next) next();
	else adresse.answering--;
}

/** An IPv6 network is given whole to one subscriber. */
function networkOf(address: string): string {
	const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
	if (!plain.includes(':')) return plain;
	const [head = '', tail] = plain.split('::');
	const groups = head.split(':');
	const full = tail === undefined ? groups : [...groups, ...Array<string>(8 - groups.length).fill('0')];
	return full.slice(0, 4).join(':');
}
