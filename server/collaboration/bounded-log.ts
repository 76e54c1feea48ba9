import { counted } from '#lib/format.ts';

export interface BoundedLogOptions {
	write?: (line: string) => void;
	/** Lines in one period; more are counted. */
	most?: number;
	/** Milliseconds. */
	period?: number;
}

/**
 * Lines that anyone may cause by what they send: a few are written, the others are counted and said in one. No line holds
 * content, nor anything that could make two lines of it or move the cursor of whoever reads it.
 */
export class BoundedLog {
	readonly #write: (line: string) => void;
	readonly #most: number;
	readonly #period: number;
	#written = 0;
	#unwritten = 0;
	#timer: NodeJS.Timeout | null = null;

	constructor({ write = (line) => console.error(line), most = 20, period = 60_000 }: BoundedLogOptions = {}) {
		this.#write = write;
		this.#most = most;
		this.#period = period;
	}

	say(line: string): void {
		this.#timer ??= setTimeout(() => this.#summarise(), this.#period).unref();
		if (this.#written++ < this.#most) this.#write(oneLine(line));
		else this.#unwritten++;
	}

	/** The period is over. */
	#summarise(): void {
		this.#timer = null;
		const others = this.#unwritten;
		this.#written = 0;
		this.#unwritten = 0;
		if (others > 0)
			this.#write(`Collaboration : ${counted(others, 'autre message écarté', 'autres messages écartés')}.`);
	}
}

const LONGEST_LINE = 300;

/** One line, whatever came in: control and direction characters are shown, not obeyed. */
export function oneLine(text: string): string {
	return text
		.slice(0, LONGEST_LINE)
		.replace(
			/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu,
			(sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
		);
}
