import type { DocumentName } from '#lib/documents/document.ts';
import { Ground } from './ground.ts';
import type { Limits } from './limits.ts';
import type { OpenDocument } from './open-document.ts';
import type { Line } from './line.ts';
import type { Id } from './update-reader.ts';

/** A message that came before its predecessors. */
export interface Early {
	line: Line;
	update: Uint8Array;
}

interface Held<T extends Early> {
	message: T;
	missing: Id;
	limit: NodeJS.Timeout;
}

export interface GapsOptions<T extends Early> {
	limits: Limits;
	/** What it waited for is known. */
	onFilled(message: T): void;
	/** It did not come. */
	onExpired(message: T): void;
}

/**
 * Updates whose predecessors are missing: a key that overtook the sync after a cut, or an attempt to leave something for
 * ever pending. They wait outside the document, few of them and not for long, while their sender is asked for what is missing.
 */
export class Gaps<T extends Early> {
	readonly #options: GapsOptions<T>;
	readonly #held = new Map<DocumentName, Held<T>[]>();

	constructor(options: GapsOptions<T>) {
		this.#options = options;
	}

	/** Whether there is room for it. Its sender is then asked for what is missing. */
	hold(message: T, missing: Id, open: OpenDocument): boolean {
		const { limits } = this.#options;
		const held = this.#held.get(open.name) ?? [];
		const own = held.filter(({ message: { line } }) => line === message.line);
		const bytes = own.reduce((sum, { message: { update } }) => sum + update.length, message.update.length);
		if (own.length >= limits.heldUpdates || bytes > limits.heldBytes) return false;
		const entry = { message, missing, limit: setTimeout(() => this.#expire(open.name, entry), limits.heldFor).unref() };
		this.#held.set(open.name, [...held, entry]);
		message.line.ask(open.document);
		return true;
	}

	/** Something was let in: what waited for it goes on, in the order in which it came. */
	fill(open: OpenDocument): void {
		const held = this.#held.get(open.name);
		if (!held) return;
		const ground = new Ground(open);
		const filled = held.filter(({ missing: { client, clock } }) => ground.clockOf(client) > clock);
		if (filled.length === 0) return;
		this.#keep(
			open.name,
			held.filter((entry) => !filled.includes(entry))
		);
		for (const { message, limit } of filled) {
			clearTimeout(limit);
			this.#options.onFilled(message);
		}
	}

	#expire(name: DocumentName, entry: Held<T>): void {
		this.#keep(name, this.#held.get(name)?.filter((other) => other !== entry) ?? []);
		this.#options.onExpired(entry.message);
	}

	#keep(name: DocumentName, held: Held<T>[]): void {
		if (held.length === 0) this.#held.delete(name);
		else this.#held.set(name, held);
	}
}
