import * as Y from 'yjs';
import { holdsOnlyOwnText } from '#lib/collaboration/own-undo.ts';
import { corpsOf } from './prose.ts';

/**
 * « Mode calme »: a copy of a shared text in which one writes undisturbed. What one writes goes to the shared text at once, and to
 * everyone; what the others write there waits until it is asked for.
 */
export class CalmBranch {
	readonly doc = new Y.Doc();
	readonly undo: Y.UndoManager;
	readonly #live: Y.Doc;
	readonly #onWaiting: (count: number) => void;
	#held: Uint8Array[] = [];
	#waiting = 0;

	constructor(live: Y.Doc, onWaiting: (count: number) => void) {
		this.#live = live;
		this.#onWaiting = onWaiting;
		Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(live), this);
		this.undo = new Y.UndoManager(corpsOf(this.doc), { deleteFilter: holdsOnlyOwnText });
		this.doc.on('update', this.#send);
		live.on('update', this.#hold);
		live.on('afterTransaction', this.#count);
	}

	/** How many changes of others wait. */
	get waiting(): number {
		return this.#waiting;
	}

	/** Lets in what waited. */
	takeIn(): void {
		const held = this.#held;
		this.#held = [];
		this.#waiting = 0;
		if (held.length > 0) Y.applyUpdate(this.doc, Y.mergeUpdates(held), this);
		this.#onWaiting(0);
	}

	destroy(): void {
		this.#live.off('update', this.#hold);
		this.#live.off('afterTransaction', this.#count);
		this.undo.destroy();
		this.doc.destroy();
	}

	readonly #send = (update: Uint8Array, origin: unknown): void => {
		if (origin !== this) Y.applyUpdate(this.#live, update, this);
	};

	readonly #hold = (update: Uint8Array, origin: unknown): void => {
		if (origin !== this) this.#held.push(update);
	};

	readonly #count = (transaction: Y.Transaction): void => {
		const corps = corpsOf(this.#live);
		const isChanged = [...transaction.changedParentTypes.keys()].some((type: unknown) => type === corps);
		if (transaction.origin === this || !isChanged) return;
		this.#onWaiting(++this.#waiting);
	};
}
