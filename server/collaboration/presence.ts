import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Connection, Document } from '@hocuspocus/server';
import { applyAwarenessUpdate } from 'y-protocols/awareness';
import type { Limits } from './limits.ts';

/** What others see of someone. Who it is comes from the session, whatever the browser says. */
export interface PresenceState {
	compteId: string;
	nom: string;
	organisme: string;
	/** Where they write: the browser's own words. */
	champ: string | null;
}

type Identity = Pick<PresenceState, 'compteId' | 'nom' | 'organisme'>;

interface ClaimedState {
	client: number;
	clock: number;
	/** null: withdrawn. */
	state: { champ: string | null } | null;
}

const MOST_STATES = 1_000;
const LONGEST_CHAMP = 200;

/** One person's presence in one document: one state per socket, under the first client id that it brings. */
export class Presence {
	readonly #document: Document;
	readonly #connection: Connection;
	readonly #identity: Identity;
	readonly #limits: Limits;
	#client: number | null = null;
	/** The newest state that came too soon after the one before. */
	#next: ClaimedState | null = null;
	#timer: NodeJS.Timeout | null = null;
	#shownAt = -Infinity;

	constructor(document: Document, connection: Connection, identity: Identity, limits: Limits) {
		this.#document = document;
		this.#connection = connection;
		this.#identity = identity;
		this.#limits = limits;
	}

	/** Takes what the browser says of itself; what it says of others (gone, for instance) is not its business. */
	receive(update: Uint8Array): void {
		if (update.length > this.#limits.update) return;
		const states = readStates(update, this.#limits.presence);
		const claimed = states.find(({ client }) => client === this.#client) ?? states.find((state) => this.#isOwn(state));
		if (!claimed) return;
		this.#next = claimed;
		const pause = this.#shownAt + 1_000 / this.#limits.presencePerSecond - performance.now();
		// Who wants to be gone is gone at once.
		if (claimed.state === null || pause <= 0) this.#show();
		else this.#timer ??= setTimeout(() => this.#show(), pause).unref();
	}

	/** The socket leaves the document. */
	close(): void {
		if (this.#timer) clearTimeout(this.#timer);
		this.#timer = null;
		this.#next = null;
	}

	#show(): void {
		const claimed = this.#next;
		this.close();
		if (!claimed || !this.#isOwn(claimed)) return;
		if (claimed.state && this.#client !== claimed.client) this.#change(claimed.client);
		else if (claimed.state && this.#isShown(claimed)) return;
		this.#shownAt = performance.now();
		this.#apply(claimed);
	}

	/** A renewal of what everyone sees already is nobody's news: the beat renews all of them at once. */
	#isShown({ client, state }: ClaimedState): boolean {
		const shown = this.#document.awareness.states.get(client);
		return shown !== undefined && shown.champ === state?.champ;
	}

	#isOwn({ client, state }: ClaimedState): boolean {
		if (client === this.#client) return true;
		if (state === null) return false;
		for (const [connection, { clients }] of this.#document.connections)
			if (connection !== this.#connection && clients.has(client)) return false;
		return true;
	}

	/** Yjs gives a document another client id when it meets its own elsewhere: the former one leaves. */
	#change(client: number): void {
		if (this.#client !== null) this.#apply({ client: this.#client, clock: 0, state: null });
		this.#client = client;
	}

	/** Frames of a socket come in order: the newest always wins, also after a return with an old clock. */
	#apply({ client, clock, state }: ClaimedState): void {
		const { awareness } = this.#document;
		if (state === null && !awareness.states.has(client)) return;
		const known = awareness.meta.get(client)?.clock ?? 0;
		const full: PresenceState | null = state && { ...this.#identity, champ: state.champ };
		const encoder = encoding.createEncoder();
		encoding.writeVarUint(encoder, 1);
		encoding.writeVarUint(encoder, client);
		encoding.writeVarUint(encoder, Math.max(clock, known + 1));
		encoding.writeVarString(encoder, JSON.stringify(full));
		const origin = { source: 'connection', connection: this.#connection };
		applyAwarenessUpdate(awareness, encoding.toUint8Array(encoder), origin);
		// Hocuspocus forgets whose a client id is when it comes back after having left.
		const clients = this.#document.connections.get(this.#connection)?.clients;
		if (state === null) clients?.delete(client);
		else clients?.add(client);
	}
}

/** A sign of life of everyone in a document: one message for all, in place of one of each to each. */
export function renewPresences({ awareness }: Document): void {
	const clients = [...awareness.states.keys()];
	if (clients.length === 0) return;
	for (const client of clients) {
		const clock = (awareness.meta.get(client)?.clock ?? 0) + 1;
		awareness.meta.set(client, { clock, lastUpdated: Date.now() });
	}
	awareness.emit('update', [{ added: [], updated: clients, removed: [] }, 'renewal']);
}

/** Throws when the frame is not one, with nothing of its content in the message. */
function readStates(update: Uint8Array, longest: number): ClaimedState[] {
	try {
		return decodeStates(update, longest);
	} catch {
		throw new Error('A presence that cannot be read');
	}
}

function decodeStates(update: Uint8Array, longest: number): ClaimedState[] {
	const decoder = decoding.createDecoder(update);
	const count = decoding.readVarUint(decoder);
	if (count > MOST_STATES) return [];
	const states: ClaimedState[] = [];
	for (let i = 0; i < count; i++) {
		const client = decoding.readVarUint(decoder);
		const clock = decoding.readVarUint(decoder);
		const json = decoding.readVarString(decoder);
		if (json.length <= longest) states.push({ client, clock, state: readState(JSON.parse(json)) });
	}
	return states;
}

function readState(state: unknown): ClaimedState['state'] {
	if (typeof state !== 'object' || state === null) return null;
	const champ = 'champ' in state && typeof state.champ === 'string' ? state.champ.slice(0, LONGEST_CHAMP) : null;
	return { champ };
}
