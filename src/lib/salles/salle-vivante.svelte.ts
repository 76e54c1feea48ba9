import { appliquer } from './changements.ts';
import { FileDActes, type ActeEnAttente, type ReponseDActe } from './file-d-actes.ts';
import { FluxDeSalle, NAVIGATEUR, type Envoi } from './flux-de-salle.ts';
import { gardeDe } from './garde.ts';
import { Horloge } from './horloge.ts';

export interface SalleVivanteOptions<V> {
	seanceId: string;
	comme: 'siege' | 'mur' | 'animateur';
	/** What the server rendered. */
	vue: V;
	/** The server's clock when it did. */
	maintenant?: number;
	/** A facilitator looks as this seat. */
	siege?: string;
	/** What the server answered to an act that is done. */
	onFait?: (acte: ActeEnAttente, resultat: unknown) => void;
	/** Each that is refused: what it said is not lost. */
	onRefus?: (acte: ActeEnAttente, message: string) => void;
}

/** The clock is not measured more often: where the network is slow, what it says would always be doubted. */
const ENTRE_DEUX_MESURES = 10_000;
/** A page that nobody sees keeps its feed for so long. */
const EN_FOND = 30_000;

/** A room as one device sees it: its view, that follows the server; its clock, that is the server's; its acts, that wait here. */
export class SalleVivante<V extends object> {
	vue: V;
	/** The feed is open. */
	enLigne = $state(false);
	/** Acts that the server has not answered. */
	enAttente = $state(0);
	/** Those acts, in order. */
	actes = $state.raw<readonly ActeEnAttente[]>([]);
	/** What was refused last, and why. */
	refus = $state<{ acte: ActeEnAttente; message: string } | null>(null);
	/** There is nothing to show here any more: the seat or the séance is gone. */
	finie = $state(false);
	/** Acts are no longer taken from here: one signed out, or has lost the seat. They are kept. */
	exclu = $state(false);
	readonly #options: SalleVivanteOptions<V>;
	readonly #file: FileDActes;
	readonly #horloge: Horloge;
	#mesureeA = Number.NEGATIVE_INFINITY;

	constructor(options: SalleVivanteOptions<V>) {
		this.vue = $state.raw(options.vue);
		this.#options = options;
		this.#horloge = new Horloge(() => performance.now(), options.maintenant ?? Date.now());
		this.#file = new FileDActes({
			garde: gardeDe(`${options.seanceId} ${options.comme}`, () => localStorage),
			envoyer: (actes) => this.#post(actes),
			onAttente: (actes) => {
				this.actes = actes;
				this.enAttente = actes.length;
			},
			onRefus: (acte, message) => {
				this.refus = { acte, message };
				options.onRefus?.(acte, message);
			},
			onFait: options.onFait,
			plusTard: (milliseconds, run) => {
				const timer = setTimeout(run, milliseconds);
				return () => clearTimeout(timer);
			}
		});
	}

	/** Follows the room; gives the way to stop. A page that nobody sees gives its feed up after a while: browsers allow few. */
	follow(): () => void {
		const { seanceId, comme, siege } = this.#options;
		const search = new URLSearchParams({ comme, ...(siege && { siege }) });
		const flux = new FluxDeSalle<V>({
			url: `/salle/${seanceId}/flux?${search}`,
			onEnvoi: (envoi) => this.#receive(envoi),
			onLigne: (enLigne) => this.#changeLigne(enLigne),
			monde: NAVIGATEUR
		});
		let leave: () => void = () => {};
		const shown = () => {
			leave();
			leave = () => {};
			if (document.visibilityState === 'visible') this.#comeBack(flux);
			// A wall that its own machine believes covered may well be projected.
			else if (comme !== 'mur') leave = NAVIGATEUR.plusTard(EN_FOND, () => flux.stop());
		};
		const back = () => this.#comeBack(flux);
		addEventListener('online', back);
		document.addEventListener('visibilitychange', shown);
		flux.start();
		return () => {
			leave();
			flux.stop();
			removeEventListener('online', back);
			document.removeEventListener('visibilitychange', shown);
		};
	}

	/** The screen was locked, or the network changed: what looks open may be dead. */
	#comeBack(flux: FluxDeSalle<V>): void {
		flux.start();
		void this.#file.send();
		void this.#mesurer();
	}

	#changeLigne(enLigne: boolean): void {
		if (enLigne && !this.enLigne) {
			void this.#file.send();
			void this.#mesurer();
		}
		this.enLigne = enLigne;
	}

	/** Asks for an act: kept here until the server has answered. Gives its key. */
	faire(acte: string, donnees: Record<string, unknown> = {}): string {
		this.refus = null;
		return this.#file.add(acte, donnees);
	}

	/** The server's clock, in milliseconds since 1970. */
	maintenant(): number {
		return this.#horloge.maintenant();
	}

	#receive(envoi: Envoi<V>): void {
		if ('maintenant' in envoi && this.#horloge.entendre(envoi.maintenant)) void this.#mesurer();
		switch (envoi.type) {
			case 'debut':
				this.vue = envoi.vue;
				return;
			case 'suite':
				this.vue = appliquer(this.vue, envoi.changements);
				return;
			case 'rien':
				return;
			case 'fin':
				this.finie = true;
				return;
			default:
				envoi satisfies never;
		}
	}

	async #mesurer(): Promise<void> {
		const parti = performance.now();
		if (parti - this.#mesureeA < ENTRE_DEUX_MESURES) return;
		this.#mesureeA = parti;
		try {
			const response = await fetch(`/salle/${this.#options.seanceId}/heure`);
			const revenu = performance.now();
			const { maintenant } = (await response.json()) as { maintenant: number };
			this.#horloge.mesurer(maintenant, parti, revenu);
		} catch {
			this.#mesureeA = Number.NEGATIVE_INFINITY; // The network is away: once it is back.
		}
	}

	async #post(actes: readonly ActeEnAttente[]): Promise<ReponseDActe[]> {
		const { seanceId, comme } = this.#options;
		const response = await fetch(`/salle/${seanceId}/actes`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ comme, actes })
		});
		this.exclu = response.status === 401 || response.status === 403;
		if (!response.ok) throw new Error(`Acts were not answered: ${response.status}`);
		return ((await response.json()) as { reponses: ReponseDActe[] }).reponses;
	}
}
