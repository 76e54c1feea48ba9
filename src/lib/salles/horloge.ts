/** How far what is heard may be from what is believed before the clock is measured again, in milliseconds. */
const DOUTE = 1_000;

/**
 * The server's clock on a device whose own may be wrong by hours, or be changed meanwhile: it is kept as a distance to something that
 * only goes on (`performance.now`), between two bounds. A round trip gives both; what the server sends by itself gives the lower one.
 */
export class Horloge {
	readonly #ecoule: () => number;
	#bas: number;
	#haut: number;

	/** `maintenant`: the server's clock when it made the page. */
	constructor(ecoule: () => number, maintenant: number) {
		this.#ecoule = ecoule;
		this.#bas = this.#haut = maintenant - ecoule();
	}

	/** Milliseconds since 1970, by the server's clock. */
	maintenant(): number {
		return this.#ecoule() + (this.#bas + this.#haut) / 2;
	}

	/** The server read its clock somewhere between what left and what came back. Exact to half of that. */
	mesurer(maintenant: number, parti: number, revenu: number): void {
		const [bas, haut] = [maintenant - revenu, maintenant - parti];
		const [low, high] = [Math.max(bas, this.#bas), Math.min(haut, this.#haut)];
		[this.#bas, this.#haut] = low <= high ? [low, high] : [bas, haut];
	}

	/** The server sent this when its clock said `maintenant`. True: what is believed can no longer be, and is to be measured. */
	entendre(maintenant: number): boolean {
		const bas = maintenant - this.#ecoule();
		const doute = bas > this.#haut || bas < this.#bas - DOUTE;
		if (bas > this.#haut) this.#bas = this.#haut = bas;
		else this.#bas = Math.max(this.#bas, bas);
		return doute;
	}
}
