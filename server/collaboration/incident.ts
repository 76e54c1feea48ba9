/**
 * Something that fails again and again until it works: the operator reads one line when it begins and one when it is over,
 * not one per attempt. Lines hold no content: of an error, only its code and message.
 */
export class Incident {
	readonly #begins: string;
	readonly #over: string;
	#since: number | null = null;

	constructor(begins: string, over: string) {
		this.#begins = begins;
		this.#over = over;
	}

	get isUnderWay(): boolean {
		return this.#since !== null;
	}

	failed(error: unknown): void {
		if (this.#since !== null) return;
		this.#since = performance.now();
		console.error(`${this.#begins} (${reasonOf(error)})`);
	}

	worked(): void {
		if (this.#since === null) return;
		const seconds = Math.round((performance.now() - this.#since) / 1000);
		this.#since = null;
		console.error(`${this.#over} (après ${seconds} s)`);
	}
}

export function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const code = 'code' in error && typeof error.code === 'string' ? `${error.code} : ` : '';
	return `${code}${error.message}`;
}
