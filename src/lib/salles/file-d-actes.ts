import { newLocalId } from '#lib/ids.ts';

/** What the server answers to one act. */
export type ReponseDActe =
	{ cle: string; fait: true; resultat: unknown } | { cle: string; fait: false; refus: string; statut: number };

/** An act that waits on the device until the server has answered it. */
export interface ActeEnAttente {
	cle: string;
	acte: string;
	donnees: Record<string, unknown>;
}

/** Where acts wait: they outlive the page. Another page of the same device may keep its own there. */
export interface Garde {
	/** In the order in which they were made. */
	read(): ActeEnAttente[];
	add(acte: ActeEnAttente): void;
	remove(cles: readonly string[]): void;
}

export interface FileOptions {
	garde: Garde;
	/** Sends acts; throws when they may not have arrived, and are to be sent again. */
	envoyer: (actes: readonly ActeEnAttente[]) => Promise<ReponseDActe[]>;
	/** Those that wait, whenever they change. */
	onAttente: (enAttente: readonly ActeEnAttente[]) => void;
	onRefus: (acte: ActeEnAttente, refus: string) => void;
	onFait?: (acte: ActeEnAttente, resultat: unknown) => void;
	/** Runs something later; gives the way not to. */
	plusTard: (milliseconds: number, run: () => void) => () => void;
}

const PER_SENDING = 20;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 15_000;

/**
 * The acts of one device, sent in order, one sending at a time, again and again until each is answered. A key of its own makes an
 * act count once, however often it is sent.
 */
export class FileDActes {
	readonly #options: FileOptions;
	#actes: ActeEnAttente[];
	#isSending = false;
	#pause = FIRST_PAUSE;
	#cancelRetry: (() => void) | null = null;

	constructor(options: FileOptions) {
		this.#options = options;
		this.#actes = options.garde.read();
		options.onAttente(this.#actes);
		void this.send();
	}

	get enAttente(): readonly ActeEnAttente[] {
		return this.#actes;
	}

	/** Keeps an act on the device first, then sends it. Gives its key. */
	add(acte: string, donnees: Record<string, unknown> = {}): string {
		const cle = newLocalId();
		const added = { cle, acte, donnees };
		this.#options.garde.add(added);
		this.#change([...this.#actes, added]);
		void this.send();
		return cle;
	}

	/** Now, and not after the pause: the network is back. */
	async send(): Promise<void> {
		if (this.#isSending || this.#actes.length === 0) return;
		this.#cancelRetry?.();
		this.#cancelRetry = null;
		this.#isSending = true;
		const sent = this.#actes.slice(0, PER_SENDING);
		try {
			this.#answer(sent, await this.#options.envoyer(sent));
			this.#pause = FIRST_PAUSE;
			this.#isSending = false;
			if (this.#actes.length > 0) await this.send();
		} catch {
			this.#isSending = false;
			this.#cancelRetry = this.#options.plusTard(this.#pause, () => void this.send());
			this.#pause = Math.min(LONGEST_PAUSE, this.#pause * 2);
		}
	}

	#answer(sent: readonly ActeEnAttente[], reponses: readonly ReponseDActe[]): void {
		const byCle = new Map(reponses.map((reponse) => [reponse.cle, reponse]));
		if (!sent.every(({ cle }) => byCle.has(cle))) throw new Error('An act has no answer');
		this.#options.garde.remove([...byCle.keys()]);
		this.#change(this.#actes.filter(({ cle }) => !byCle.has(cle)));
		for (const acte of sent) {
			const reponse = byCle.get(acte.cle);
			if (reponse?.fait) this.#options.onFait?.(acte, reponse.resultat);
			else if (reponse) this.#options.onRefus(acte, reponse.refus);
		}
	}

	#change(actes: ActeEnAttente[]): void {
		this.#actes = actes;
		this.#options.onAttente(actes);
	}
}
