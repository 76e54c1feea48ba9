/** So many in a second on average, and so many at once after a calm. */
export class Pace {
	readonly #perSecond: number;
	readonly #burst: number;
	readonly #now: () => number;
	#left: number;
	#at: number;

	constructor(perSecond: number, burst: number, now = () => performance.now()) {
		this.#perSecond = perSecond;
		this.#burst = burst;
		this.#now = now;
		this.#left = burst;
		this.#at = now();
	}

	/** Whether one more may go now. */
	take(): boolean {
		const now = this.#now();
		this.#left = Math.min(this.#burst, this.#left + ((now - this.#at) / 1000) * this.#perSecond);
		this.#at = now;
		if (this.#left < 1) return false;
		this.#left--;
		return true;
	}

	/** Milliseconds until one more may go. */
	get pause(): number {
		return Math.max(0, Math.ceil(((1 - this.#left) / this.#perSecond) * 1000));
	}
}
