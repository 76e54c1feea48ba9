import type * as Y from 'yjs';
import { LONGEST_RESCUE, type RescueAnswer } from './rescue-note.ts';
import { deletedIn, joinRescues, keyOf, newIn, partOf, Ranges, textGone, type Rescue } from './rescue.ts';

export interface DeviceRescuesOptions {
	/** Writes them on the device. */
	keep(rescues: readonly Rescue[]): void;
	/** They are safe, or not wanted: the device needs them no more. */
	drop(rescues: readonly Rescue[]): void;
	/** Sends one to the server. */
	post(rescue: Rescue): void;
}

/** Words that only this device still has. */
export interface LostWords extends Rescue {
	/** Why the server does not take them, in French. */
	refusal: string | null;
}

/** Changes that come in. */
export interface Arrival {
	updates: readonly Uint8Array[];
	/** What is new in them the server has. */
	isFromServer: boolean;
	/** Whether what the document held before them is on its way, on this connection. */
	isSent: boolean;
}

interface Found {
	rescue: Rescue;
	/** `sent`: before their passage went, so that they may still arrive; `posted`: apart, and not answered yet. */
	state: 'sent' | 'lost' | 'posted' | 'later' | 'refused';
	refusal: string | null;
}

/**
 * Words of this device that went with a passage which someone else deleted, before the server has said that it holds them. Yjs lets
 * go of them: from here on they are kept here, and sent apart, until the server has them, whatever becomes of the network and the page.
 * What the server had when it heard of a deletion, the deletion names; so it is what no deletion names that may be lost.
 */
export class DeviceRescues {
	readonly #options: DeviceRescuesOptions;
	#found: Found[] = [];
	#lost: readonly LostWords[] = [];
	/** Whether the server has, on this connection, all that the document holds: it then knows whose client ids are whose. */
	#isSettled = false;

	constructor(options: DeviceRescuesOptions) {
		this.#options = options;
	}

	/** Those that an earlier visit left. */
	restore(rescues: readonly Rescue[]): void {
		this.#add(rescues, 'lost');
	}

	/** Someone else's changes were applied, and Yjs has not let go yet of what they deleted. */
	watch(transaction: Y.Transaction, { updates, isFromServer, isSent }: Arrival): void {
		if (textGone(transaction, new Ranges([])).length === 0) return;
		const known = [...updates.flatMap(deletedIn), ...(isFromServer ? newIn(transaction) : [])];
		const gone = joinRescues(textGone(transaction, new Ranges(known)));
		const rescues = gone.filter(({ texte }) => texte.trim() !== '').flatMap(inPieces);
		if (rescues.length === 0) return;
		this.#options.keep(rescues);
		this.#add(rescues, isSent ? 'sent' : 'lost');
	}

	/** All that was sent has arrived. */
	settle(): void {
		this.#isSettled = true;
		this.#drop(this.#found.filter(({ state }) => state === 'sent'));
		this.#postNext();
	}

	/** The connection is gone: what became of what was on its way, nobody knows. */
	cut(): void {
		this.#isSettled = false;
		for (const found of this.#found) Object.assign(found, { state: 'lost', refusal: null });
		this.#refresh();
	}

	/** What the server says of the one that was posted. */
	hear({ client, from, sort, raison }: RescueAnswer): void {
		const posted = this.#found.find(({ state }) => state === 'posted');
		if (posted?.rescue.client !== client || posted.rescue.from !== from) return;
		if (sort === 'garde') this.#drop([posted]);
		else Object.assign(posted, { state: sort === 'refus' ? 'refused' : 'later', refusal: raison ?? null });
		this.#refresh();
		if (this.#isSettled) this.#postNext();
	}

	/** They are back in the text, or not needed. */
	forget({ client, from }: Rescue): void {
		this.#drop(this.#found.filter(({ rescue }) => rescue.client === client && rescue.from === from));
	}

	/** Those to show: not what is on its way. */
	get lost(): readonly LostWords[] {
		return this.#lost;
	}

	/** How many the server has yet to take. */
	get pending(): number {
		return this.#found.filter(({ state }) => state !== 'sent' && state !== 'refused').length;
	}

	/** One at a time. */
	#postNext(): void {
		if (this.#found.some(({ state }) => state === 'posted')) return;
		const next = this.#found.find(({ state }) => state === 'lost');
		if (!next) return;
		next.state = 'posted';
		this.#refresh();
		this.#options.post(next.rescue);
	}

	#add(rescues: readonly Rescue[], state: 'sent' | 'lost'): void {
		const known = new Set(this.#found.map(({ rescue }) => keyOf(rescue)));
		const news = rescues.filter((rescue) => !known.has(keyOf(rescue)));
		this.#found.push(...news.map((rescue) => ({ rescue, state, refusal: null })));
		this.#refresh();
	}

	#drop(dropped: readonly Found[]): void {
		if (dropped.length === 0) return;
		this.#found = this.#found.filter((found) => !dropped.includes(found));
		this.#options.drop(dropped.map(({ rescue }) => rescue));
		this.#refresh();
	}

	#refresh(): void {
		const shown = this.#found.filter(({ state }) => state !== 'sent' && state !== 'posted');
		if (shown.length + this.#lost.length > 0) this.#lost = shown.map(({ rescue, refusal }) => ({ ...rescue, refusal }));
	}
}

function inPieces(rescue: Rescue): Rescue[] {
	const pieces: Rescue[] = [];
	for (let from = rescue.from; from < rescue.to;) {
		const end = Math.min(rescue.to, from + LONGEST_RESCUE);
		const to = end < rescue.to && isHighSurrogate(rescue.texte.charCodeAt(end - 1 - rescue.from)) ? end - 1 : end;
		pieces.push(partOf(rescue, { client: rescue.client, from, to }));
		from = to;
	}
	return pieces;
}

/** The first half of a character that counts for two. */
function isHighSurrogate(code: number): boolean {
	return code >= 0xd800 && code <= 0xdbff;
}
