import type { Network } from './live-client.ts';
import type { Random } from './random.ts';

/** A network that keeps frames as long as it likes: each direction in order, as TCP does, and at its own pace. */
export class SlowNetwork implements Network {
	readonly #random: Random;
	readonly #held = { out: [] as (() => void)[], in: [] as (() => void)[] };
	/** How many turns a direction stands still. */
	readonly #stalled = { out: 0, in: 0 };
	#isSlow = true;

	constructor(random: Random) {
		this.#random = random;
	}

	carry(direction: 'out' | 'in', deliver: () => void): void {
		if (this.#isSlow) this.#held[direction].push(deliver);
		else deliver();
	}

	/** What is under way arrives nowhere. */
	cut(): void {
		this.#held.out = [];
		this.#held.in = [];
	}

	/** A turn goes by: some frames arrive, or none for a while. */
	turn(): void {
		for (const direction of ['out', 'in'] as const) {
			if (this.#stalled[direction]-- > 0) continue;
			this.#stalled[direction] = this.#random.chance(0.05) ? this.#random.int(40) : 0;
			for (const deliver of this.#held[direction].splice(0, this.#random.int(6))) deliver();
		}
	}

	/** From now on frames arrive at once. */
	heal(): void {
		this.#isSlow = false;
		for (const direction of ['out', 'in'] as const) for (const deliver of this.#held[direction].splice(0)) deliver();
	}
}
