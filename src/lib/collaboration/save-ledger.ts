/**
 * Which of one's own edits the server has said to be durable. Moved by acknowledgements alone: nothing here guesses.
 *
 * On each connection the server asks what it lacks, and our answer covers everything written so far, also without a
 * network or in an earlier visit. From then on each edit travels by itself. Acknowledgements come in the order of what
 * was sent. What is counted by the standard provider (`unsyncedChanges`) reaches zero too early after a reconnection.
 */
export class SaveLedger {
	/** Edits made here, or found in the local copy. */
	#edits = 0;
	/** How many of them, the first ones, are durable. */
	#durable = 0;
	/** What was sent on this connection and not acknowledged: up to which edit each message goes. */
	#inFlight: number[] = [];
	#answered = false;
	#refused = false;

	get pending(): number {
		return this.#edits - this.#durable;
	}

	/** Whether the server has told us, on this connection, that it holds everything that we have. */
	get isSettled(): boolean {
		return this.#answered && !this.#refused && this.#inFlight.length === 0;
	}

	/** Whether an edit made now travels by itself; else the answer to come will carry it. */
	get isAnswered(): boolean {
		return this.#answered;
	}

	/** The local copy holds so many edits of an earlier visit that nobody had acknowledged. */
	restore(count: number): void {
		this.#edits += count;
	}

	edit(): void {
		this.#edits++;
	}

	/** The answer to the server's question leaves. */
	answer(): void {
		this.#answered = true;
		this.#inFlight.push(this.#edits);
	}

	/** A message of its own leaves. */
	send(): void {
		this.#inFlight.push(this.#edits);
	}

	acknowledge(saved: boolean): void {
		const upTo = this.#inFlight.shift();
		if (upTo === undefined) return;
		if (!saved) this.#refused = true;
		else if (!this.#refused) this.#durable = Math.max(this.#durable, upTo);
	}

	/** The connection is gone: what was in flight may or may not have arrived, the next one will tell. */
	cut(): void {
		this.#answered = false;
		this.#refused = false;
		this.#inFlight = [];
	}
}
