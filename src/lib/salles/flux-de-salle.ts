import type { Changements } from './changements.ts';

/** What the server sends to a page: `server/salles/salles.ts` says when. */
export type Envoi<V> =
	| { type: 'debut'; revision: number; maintenant: number; vue: V }
	| { type: 'suite'; revision: number; maintenant: number; changements: Changements }
	| { type: 'rien'; revision: number; maintenant: number }
	| { type: 'fin' };

/** What a stream of events is to us; a browser's `EventSource` is one. */
export interface Source {
	onmessage: ((event: { data: string }) => void) | null;
	onopen: (() => void) | null;
	onerror: (() => void) | null;
	/** 2: the browser does not try again by itself. */
	readonly readyState: number;
	close(): void;
}

/** What a page stands in: tests make their own. */
export interface Monde {
	ouvrir: (url: string) => Source;
	demander: (url: string, signal: AbortSignal) => Promise<{ ok: boolean; status: number; json(): Promise<unknown> }>;
	plusTard: (milliseconds: number, run: () => void) => () => void;
}

export interface FluxOptions<V> {
	/** Where the feed is, with what says who looks. */
	url: string;
	onEnvoi: (envoi: Envoi<V>) => void;
	onLigne: (enLigne: boolean) => void;
	monde: Monde;
}

/** A stream that opens and says nothing for so long is held back by a proxy: its first event is sent at once. */
const MUET = 6_000;
/** The server is heard every 25 seconds, whatever happens. */
const SILENCE = 60_000;
const PREMIERE_PAUSE = 2_000;
const PLUS_LONGUE_PAUSE = 15_000;
/** Between two questions, so that a view that always changes is no storm. */
const ENTRE_DEUX = 1_000;
const CLOSED = 2;

/**
 * The feed of a room on one device: a stream of events, watched, since a network that changed leaves it open and dead; where a proxy
 * holds it back or refuses it, questions that the server answers when there is something to say.
 */
export class FluxDeSalle<V> {
	readonly #options: FluxOptions<V>;
	#revision: number | null = null;
	#source: Source | null = null;
	#question: AbortController | null = null;
	#cancel: () => void = () => {};
	#pause = PREMIERE_PAUSE;
	#isOver = false;

	constructor(options: FluxOptions<V>) {
		this.#options = options;
	}

	/** From now on; also after `stop()`, and in the place of what may be dead. */
	start(): void {
		if (this.#isOver) return;
		this.stop();
		const source = this.#options.monde.ouvrir(this.#url());
		this.#source = source;
		this.#wait(MUET, () => this.#ask());
		source.onmessage = ({ data }) => {
			this.#wait(SILENCE, () => this.start());
			this.#receive(JSON.parse(data) as Envoi<V>);
		};
		source.onerror = () => {
			this.#options.onLigne(false);
			if (source.readyState === CLOSED) this.#ask();
			// The browser tries again by itself; a stream that comes back must be heard again.
			else this.#wait(SILENCE, () => this.start());
		};
	}

	stop(): void {
		this.#cancel();
		this.#source?.close();
		this.#source = null;
		this.#question?.abort();
		this.#question = null;
	}

	/** Questions from now on, until the next `start()`. */
	#ask(): void {
		this.stop();
		const question = new AbortController();
		this.#question = question;
		void this.#askOnce(question.signal).then((pause) => {
			if (!question.signal.aborted && !this.#isOver) this.#wait(pause, () => this.#ask());
		});
	}

	/** Gives how long to wait before the next. */
	async #askOnce(signal: AbortSignal): Promise<number> {
		try {
			const response = await this.#options.monde.demander(this.#url({ attendre: '1' }), signal);
			if (signal.aborted) return 0;
			if (response.ok) {
				this.#pause = PREMIERE_PAUSE;
				this.#receive((await response.json()) as Envoi<V>);
				return ENTRE_DEUX;
			}
			if ([401, 403, 404].includes(response.status)) this.#receive({ type: 'fin' });
		} catch {
			// The network is away.
		}
		if (!signal.aborted) this.#options.onLigne(false);
		const pause = this.#pause;
		this.#pause = Math.min(PLUS_LONGUE_PAUSE, pause * 2);
		return pause;
	}

	#receive(envoi: Envoi<V>): void {
		if (envoi.type === 'fin') {
			this.#isOver = true;
			this.stop();
		} else {
			this.#revision = envoi.revision;
			this.#options.onLigne(true);
		}
		this.#options.onEnvoi(envoi);
	}

	#url(more: Record<string, string> = {}): string {
		const search = new URLSearchParams(more);
		if (this.#revision !== null) search.set('revision', String(this.#revision));
		return search.size > 0 ? `${this.#options.url}&${search}` : this.#options.url;
	}

	/** One thing is waited for at a time. */
	#wait(milliseconds: number, run: () => void): void {
		this.#cancel();
		this.#cancel = this.#options.monde.plusTard(milliseconds, run);
	}
}

/** A real page. */
export const NAVIGATEUR: Monde = {
	ouvrir: (url) => new EventSource(url) as Source,
	demander: (url, signal) => fetch(url, { signal }),
	plusTard(milliseconds, run) {
		const timer = setTimeout(run, milliseconds);
		return () => clearTimeout(timer);
	}
};
