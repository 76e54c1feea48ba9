import { changementsEntre, type VueJson } from '#lib/salles/changements.ts';
import type { Salle } from '#lib/salles/salle.ts';
import { vueAnimateur, type Connexion } from '#lib/salles/vue-animateur.ts';
import { vueMur } from '#lib/salles/vue-mur.ts';
import { vueSiege } from '#lib/salles/vue-siege.ts';
import type { Database } from '../database/open.ts';
import { readSalle } from './read-salle.ts';

/** Who looks at a room: what they are sent follows from it alone. */
export type Spectateur =
	/** `invite`: a facilitator who looks as this seat, and is not there. */
	{ genre: 'siege'; siegeId: string; invite?: true } | { genre: 'mur' } | { genre: 'animateur' };

/**
 * What is sent to a page. `debut`: the whole view, with the server's clock. `suite`: what changed. `rien`: nothing changed since the
 * revision that the page had. `fin`: there is nothing to show here any more.
 */
export type Envoi =
	| { type: 'debut'; revision: number; maintenant: number; vue: VueJson }
	| { type: 'suite'; revision: number; maintenant: number; changements: ReturnType<typeof changementsEntre> }
	| { type: 'rien'; revision: number; maintenant: number }
	| { type: 'fin' };

interface Page {
	spectateur: Spectateur;
	send: (envoi: Envoi) => void;
	/** As the page has it; null: to be sent whole. */
	vue: VueJson | null;
}

interface Suivie {
	pages: Set<Page>;
	connexions: Map<string, Connexion>;
	salle: Salle | null;
	reading: Promise<void> | null;
	isStale: boolean;
}

const RETRY = 1_000;

/** The rooms that someone looks at, in this process. Views are computed from rows after each act, and differ only by who looks. */
export class Salles {
	readonly #db: Database;
	readonly #now: () => number;
	readonly #suivies = new Map<string, Suivie>();

	constructor(db: Database, now: () => number) {
		this.#db = db;
		this.#now = now;
	}

	/** Follows a room; gives the way to stop. `revision`: what the page has already. */
	async follow(
		seanceId: string,
		spectateur: Spectateur,
		send: (envoi: Envoi) => void,
		revision: number | null = null
	): Promise<() => void> {
		const suivie = this.#suivies.get(seanceId) ?? {
			pages: new Set<Page>(),
			connexions: new Map<string, Connexion>(),
			salle: null,
			reading: null,
			isStale: true
		};
		this.#suivies.set(seanceId, suivie);
		const page: Page = { spectateur, send, vue: null };
		suivie.pages.add(page);
		suivie.isStale = true; // Another instance may have changed it.
		this.#count(suivie, spectateur, 1);
		const leave = () => {
			if (!suivie.pages.delete(page)) return;
			this.#count(suivie, spectateur, -1);
			if (suivie.pages.size === 0) this.#suivies.delete(seanceId);
			else this.#tellFacilitators(suivie);
		};
		try {
			await this.#read(seanceId, suivie);
		} catch (error) {
			leave();
			throw error;
		}
		const { salle } = suivie;
		const vue = salle && this.#vueOf(suivie, salle, spectateur);
		if (!salle || !vue) send({ type: 'fin' });
		else if (page.vue === null) {
			page.vue = vue;
			const maintenant = this.#now();
			if (salle.revision === revision && spectateur.genre !== 'animateur')
				send({ type: 'rien', revision: salle.revision, maintenant });
			else send({ type: 'debut', revision: salle.revision, maintenant, vue });
		}
		this.#tellFacilitators(suivie);
		return leave;
	}

	/** What someone would be shown now, for a page that the server renders. */
	async look(seanceId: string, spectateur: Spectateur): Promise<{ vue: VueJson; revision: number } | null> {
		const suivie = this.#suivies.get(seanceId);
		const salle = await readSalle(this.#db, seanceId);
		const vue = salle && vueFor(salle, spectateur, suivie?.connexions ?? new Map());
		return vue && { vue, revision: salle.revision };
	}

	/** After an act has been committed. */
	publish(seanceId: string): void {
		const suivie = this.#suivies.get(seanceId);
		if (!suivie) return;
		suivie.isStale = true;
		this.#read(seanceId, suivie).catch(() => {
			// The store is away: pages keep what they show, and are told what changed once it is back.
			setTimeout(() => this.publish(seanceId), RETRY).unref();
		});
	}

	/** What a table writes together has changed. */
	publishTable(tableId: string): void {
		for (const [seanceId, { salle }] of this.#suivies)
			if (salle?.tables.some(({ id }) => id === tableId)) this.publish(seanceId);
	}

	/** One reading at a time: acts that come during one are read together by the next. */
	#read(seanceId: string, suivie: Suivie): Promise<void> {
		return (suivie.reading ??= this.#readWhileStale(seanceId, suivie).finally(() => (suivie.reading = null)));
	}

	async #readWhileStale(seanceId: string, suivie: Suivie): Promise<void> {
		while (suivie.isStale) {
			suivie.isStale = false;
			suivie.salle = await readSalle(this.#db, seanceId);
			this.#send(suivie);
		}
	}

	#send(suivie: Suivie, pages: Iterable<Page> = suivie.pages): void {
		const maintenant = this.#now();
		for (const page of pages) {
			const vue = suivie.salle && this.#vueOf(suivie, suivie.salle, page.spectateur);
			if (page.vue === null) continue; // Its first view is on its way.
			if (!suivie.salle || !vue) page.send({ type: 'fin' });
			else {
				const changements = changementsEntre(page.vue, vue);
				page.vue = vue;
				if (changements) page.send({ type: 'suite', revision: suivie.salle.revision, maintenant, changements });
			}
		}
	}

	#vueOf({ connexions }: Suivie, salle: Salle, spectateur: Spectateur): VueJson | null {
		return vueFor(salle, spectateur, connexions);
	}

	#count({ connexions }: Suivie, spectateur: Spectateur, by: 1 | -1): void {
		if (spectateur.genre !== 'siege' || spectateur.invite) return;
		const pages = (connexions.get(spectateur.siegeId)?.pages ?? 0) + by;
		connexions.set(spectateur.siegeId, { pages, perdueAt: pages > 0 ? null : this.#now() });
	}

	/** Who is connected is no act: only the facilitators are told. */
	#tellFacilitators(suivie: Suivie): void {
		if (!suivie.salle) return;
		this.#send(
			suivie,
			[...suivie.pages].filter(({ spectateur }) => spectateur.genre === 'animateur')
		);
	}
}

function vueFor(salle: Salle, spectateur: Spectateur, connexions: ReadonlyMap<string, Connexion>): VueJson | null {
	switch (spectateur.genre) {
		case 'siege':
			return vueSiege(salle, spectateur.siegeId) as VueJson | null;
		case 'mur':
			return vueMur(salle) as unknown as VueJson;
		case 'animateur':
			return vueAnimateur(salle, connexions) as unknown as VueJson;
		default:
			return spectateur satisfies never;
	}
}
