import type { TextChange } from './text-diff.ts';

/** An event of a Y.Text, as the lengths that matter here. */
export type Delta = readonly { retain?: number; delete?: number; insert?: string | object }[];

/** A run of units that are in both texts, only in the one shown, or only in the shared one. */
interface Run {
	kind: 'both' | 'shown' | 'shared';
	length: number;
}

/**
 * How what an input shows corresponds to the shared text, unit by unit. They differ while remote changes wait for the
 * end of a composition (an input must not be touched then), and where an input cannot show a sign (« \r »). A change of
 * either side is carried over exactly, without comparing the texts.
 */
export class ShownText {
	#runs: Run[];

	constructor(runs: Run[]) {
		this.#runs = runs;
	}

	/** A shared text as an input shows it. Inputs of one line drop newlines; all of them turn « \r » into a newline. */
	static of(content: Delta, multiline: boolean): { value: string; shown: ShownText } {
		const runs: Run[] = [];
		let value = '';
		for (const { insert } of content) {
			if (typeof insert !== 'string') {
				pushRun(runs, 'shared', 1);
				continue;
			}
			for (const piece of insert.split(/(\r\n|\r|\n)/)) {
				if (!/[\r\n]/.test(piece)) {
					pushRun(runs, 'both', piece.length);
					value += piece;
				} else {
					if (!multiline || piece.length > 1) pushRun(runs, 'shared', multiline ? 1 : piece.length);
					if (multiline) {
						pushRun(runs, 'both', 1);
						value += '\n';
					}
				}
			}
		}
		return { value, shown: new ShownText(runs) };
	}

	/** A change of what is shown, as the changes to make to the shared text, in this order. */
	write({ index, remove, insert }: TextChange): TextChange[] {
		const changes: TextChange[] = [];
		let at = this.#cut(index);
		let shared = this.#sharedBefore(at);
		if (insert !== '') {
			changes.push({ index: shared, remove: 0, insert });
			this.#runs.splice(at++, 0, { kind: 'both', length: insert.length });
			shared += insert.length;
		}
		for (let rest = remove; rest > 0;) {
			const run = this.#runs[at];
			if (!run) break;
			if (run.kind === 'shared') {
				shared += run.length;
				at++;
				continue;
			}
			const length = Math.min(rest, run.length);
			if (run.kind === 'both') changes.push({ index: shared, remove: length, insert: '' });
			rest -= length;
			run.length -= length;
			if (run.length === 0) this.#runs.splice(at, 1);
		}
		return changes;
	}

	/** A change of the shared text that is not shown yet. What comes beside what goes keeps the order that it has there. */
	receive(delta: Delta): void {
		let at = 0;
		for (const { retain, delete: removed, insert } of delta) {
			if (retain !== undefined) at = this.#walk(at, retain, false);
			else if (removed !== undefined) at = this.#walk(at, removed, true);
			else if (insert !== undefined) {
				const length = typeof insert === 'string' ? insert.length : 1;
				this.#runs.splice(at++, 0, { kind: 'shared', length });
			}
		}
	}

	/** Passes `count` units of the shared text from a run on, removing them or not; gives the run after them. */
	#walk(from: number, count: number, remove: boolean): number {
		let at = from;
		for (let rest = count; rest > 0;) {
			const run = this.#runs[at];
			if (!run) break;
			if (run.kind === 'shown') {
				at++;
				continue;
			}
			const length = Math.min(rest, run.length);
			if (length < run.length) this.#cutRun(at, length);
			rest -= length;
			if (remove && run.kind === 'shared') this.#runs.splice(at, 1);
			else this.#runs[at++] = { kind: remove ? 'shown' : run.kind, length };
		}
		return at;
	}

	/**
	 * Where a place of what is shown is in the shared text. What came in exactly there stays after it, or before it
	 * (`side: 'right'`): the end and the start of a selection do not grow.
	 */
	toShared(index: number, side: 'left' | 'right' = 'left'): number {
		let shown = 0;
		let shared = 0;
		for (const { kind, length } of this.#runs) {
			if (kind === 'shared') {
				if (shown < index || (shown === index && side === 'right')) shared += length;
				else return shared;
				continue;
			}
			if (shown + length > index || (shown + length === index && side === 'left')) {
				return shared + (kind === 'both' ? index - shown : 0);
			}
			shown += length;
			if (kind === 'both') shared += length;
		}
		return shared;
	}

	/** Where a place of the shared text is in what is shown. */
	toShown(index: number): number {
		let shown = 0;
		let shared = 0;
		for (const { kind, length } of this.#runs) {
			if (kind === 'shown') {
				shown += length;
				continue;
			}
			if (shared + length >= index) return shown + (kind === 'both' ? index - shared : 0);
			shared += length;
			if (kind === 'both') shown += length;
		}
		return shown;
	}

	/** Makes a boundary between two runs at a place of what is shown, before whatever only the shared text has there. */
	#cut(index: number): number {
		let passed = 0;
		for (let at = 0; at < this.#runs.length; at++) {
			if (passed === index) return at;
			const run = this.#runs[at] as Run;
			if (run.kind === 'shared') continue;
			if (passed + run.length > index) {
				this.#cutRun(at, index - passed);
				return at + 1;
			}
			passed += run.length;
		}
		return this.#runs.length;
	}

	#cutRun(at: number, length: number): void {
		const run = this.#runs[at] as Run;
		this.#runs.splice(at, 1, { kind: run.kind, length }, { kind: run.kind, length: run.length - length });
	}

	#sharedBefore(at: number): number {
		return this.#runs.slice(0, at).reduce((sum, { kind, length }) => sum + (kind === 'shown' ? 0 : length), 0);
	}
}

function pushRun(runs: Run[], kind: Run['kind'], length: number): void {
	const last = runs.at(-1);
	if (length === 0) return;
	if (last?.kind === kind) last.length += length;
	else runs.push({ kind, length });
}
