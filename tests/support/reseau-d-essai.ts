// A network that loses, repeats and delays what is sent, from a seed.
import type { Random } from './random.ts';

/** Something that waits to happen. */
type Suite = () => void | Promise<void>;

/** What was sent and set aside happens when, and in the order in which, the seed says. */
export class ReseauDEssai {
	readonly #random: Random;
	readonly #suites: Suite[] = [];
	/** Nothing is lost any more. */
	isCalm = false;

	constructor(random: Random) {
		this.#random = random;
	}

	plusTard(run: Suite): () => void {
		this.#suites.push(run);
		return () => {
			const place = this.#suites.indexOf(run);
			if (place >= 0) this.#suites.splice(place, 1);
		};
	}

	/** A request: it may be lost, arrive twice, arrive after what was sent later, and its answer may be lost. */
	envoyer<T>(arrive: () => Promise<T>): Promise<T> {
		return new Promise<T>((resolve, reject) => {
			const random = this.#random;
			const lost = () => reject(new Error('The network lost it'));
			if (!this.isCalm && random.chance(0.25)) return void this.plusTard(lost);
			const copies = !this.isCalm && random.chance(0.3) ? 2 : 1;
			for (let copy = 0; copy < copies; copy++)
				this.plusTard(async () => {
					const answer = await arrive();
					this.plusTard(!this.isCalm && random.chance(0.25) ? lost : () => resolve(answer));
				});
			// The device gave up waiting: what it sent is still on its way.
			if (!this.isCalm && random.chance(0.2)) this.plusTard(lost);
		});
	}

	/** Lets one thing happen, chosen by the seed; false: nothing is waiting. */
	async step(): Promise<boolean> {
		const [suite] = this.#suites.splice(this.#random.int(Math.max(1, this.#suites.length)), 1);
		if (!suite) return false;
		await suite();
		// What follows from it at once comes first.
		await new Promise<void>((resolve) => setImmediate(resolve));
		return true;
	}
}
