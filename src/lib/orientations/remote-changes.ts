import * as Y from 'yjs';
import { changementsDesAutres } from './textes.ts';

/** Between two announcements of what others do: enough to be told, not to be interrupted. */
export const PAUSE_MS = 10_000;
const GATHER_MS = 1_000;

type Nature = 'ajouts' | 'retraits' | 'deplacements' | 'titres';

/** What other people do to the tree, gathered and said at most once in ten seconds. */
export class RemoteChanges {
	/** The nodes that somebody else added, moved, renamed, or hung something under. */
	readonly touched = new Set<string>();
	readonly #announce: (sentence: string) => void;
	readonly #seen: Record<Nature, Set<string>> = {
		ajouts: new Set(),
		retraits: new Set(),
		deplacements: new Set(),
		titres: new Set()
	};
	#timer: ReturnType<typeof setTimeout> | undefined;
	#lastSaid = -Infinity;

	constructor(announce: (sentence: string) => void) {
		this.#announce = announce;
	}

	add(events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void {
		for (const event of events) this.#note(event);
		if (this.#timer === undefined && Object.values(this.#seen).some(({ size }) => size > 0)) {
			this.#timer = setTimeout(() => this.#say(), Math.max(GATHER_MS, this.#lastSaid + PAUSE_MS - Date.now()));
		}
	}

	close(): void {
		clearTimeout(this.#timer);
	}

	#note(event: Y.YEvent<Y.AbstractType<unknown>>): void {
		const [id, key] = event.path;
		if (event instanceof Y.YTextEvent) {
			if (key === 'titre') this.#see('titres', String(id));
			return;
		}
		if (id !== undefined) return this.#see('deplacements', String(id));
		for (const [noeud, { action }] of event.changes.keys) {
			this.#see(action === 'delete' ? 'retraits' : 'ajouts', noeud);
			const parent = (event.target as Y.Map<Y.Map<unknown>>).get(noeud)?.get('parent');
			if (typeof parent === 'string') this.touched.add(parent);
		}
	}

	#see(nature: Nature, id: string): void {
		this.#seen[nature].add(id);
		this.touched.add(id);
	}

	#say(): void {
		this.#timer = undefined;
		this.#lastSaid = Date.now();
		const { ajouts, retraits, deplacements, titres } = this.#seen;
		this.#announce(
			changementsDesAutres({
				ajouts: ajouts.size,
				retraits: retraits.size,
				deplacements: deplacements.size,
				titres: titres.size
			})
		);
		for (const ids of Object.values(this.#seen)) ids.clear();
	}
}
