import type { FluxEvent } from '#lib/collaboration/flux-event.ts';

type Listener = (event: FluxEvent) => void;

/** Tells the pages that look at a pacte that something changed. Carries no content. */
export class Flux {
	readonly #listeners = new Map<string, Set<Listener>>();
	readonly #watchers: Listener[] = [];

	/** Gives the function that unsubscribes. */
	subscribe(pacteId: string, listener: Listener): () => void {
		const listeners = this.#listeners.get(pacteId) ?? new Set();
		this.#listeners.set(pacteId, listeners.add(listener));
		return () => {
			listeners.delete(listener);
			if (listeners.size === 0 && this.#listeners.get(pacteId) === listeners) this.#listeners.delete(pacteId);
		};
	}

	/** Hears of every pacte. */
	watch(watcher: Listener): void {
		this.#watchers.push(watcher);
	}

	/** One listener that fails does not keep the others from hearing. */
	publish(pacteId: string, event: FluxEvent): void {
		for (const listener of [...this.#watchers, ...(this.#listeners.get(pacteId) ?? [])]) {
			try {
				listener(event);
			} catch (error) {
				console.error('Flux : un abonné a échoué.', error);
			}
		}
	}
}
