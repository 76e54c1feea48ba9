import type * as Y from 'yjs';
import { deletedIn, newIn, partsOf, Ranges, type Range } from './rescue.ts';

export interface UnseenOptions {
	/** Writes them on the device. */
	keep(ranges: readonly Range[]): void;
	drop(ranges: readonly Range[]): void;
}

/**
 * Words of others that came from the server into a passage which is deleted here, before the server has said that it knows: nobody here
 * has seen them. Yjs counts them among what is deleted. The answer to the server's next question would say so too, as if someone had meant
 * it; so the server is told which they are.
 */
export class Unseen {
	readonly #options: UnseenOptions;
	#ranges: readonly Range[] = [];

	constructor(options: UnseenOptions) {
		this.#options = options;
	}

	get ranges(): readonly Range[] {
		return this.#ranges;
	}

	/** Those of an earlier visit. */
	restore(ranges: readonly Range[]): void {
		this.#ranges = [...this.#ranges, ...ranges];
	}

	/** The server's changes were applied. */
	watch(transaction: Y.Transaction, updates: readonly Uint8Array[]): void {
		if (transaction.beforeState.size === 0) return;
		const gone = newIn(transaction).flatMap((range) => partsOf(transaction.doc, range, ({ deleted }) => deleted));
		if (gone.length === 0) return;
		const named = new Ranges(updates.flatMap(deletedIn));
		const ranges = gone.flatMap((range) => named.without(range));
		if (ranges.length === 0) return;
		this.#options.keep(ranges);
		this.#ranges = [...this.#ranges, ...ranges];
	}

	/** The server knows what is deleted here. */
	settle(): void {
		if (this.#ranges.length === 0) return;
		this.#options.drop(this.#ranges);
		this.#ranges = [];
	}
}
