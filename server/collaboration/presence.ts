import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Connection, Document } from '@hocuspocus/server';
import { applyAwarenessUpdate } from 'y-protocols/awareness';

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

const MOST_STATES = 200;
const LONGEST_STATE = 2_000;
const LONGEST_CHAMP = 200;

/** One person's presence in one document: one state per socket, under the first client id that it brings. */
export class Presence {
	readonly #document: Document;
	readonly #connection: Connection;
	readonly #identity: Identity;
	#client: number | null = null;

	constructor(document: Document, connection: Connection, identity: Identity) {
		this.#document = document;
		this.#connection = connection;
		this.#identity = identity;
	}

	/** Takes what the browser says of itself; what it says of others (gone, for instance) is not its business. */
	receive(update: Uint8Array): void {
		for (const claimed of readStates(update)) {
			if (!this.#isOwn(claimed)) continue;
			if (claimed.state && this.#client !== claimed.client) this.#change(claimed.client);
			this.#apply(claimed);
		}
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

/** Throws when the frame is not one, with nothing of its content in the message. */
function readStates(update: Uint8Array): ClaimedState[] {
	try {
		return decodeStates(update);
	} catch {
		throw new Error('A presence that cannot be read');
	}
}

function decodeStates(update: Uint8Array): ClaimedState[] {
	const decoder = decoding.createDecoder(update);
	const count = decoding.readVarUint(decoder);
	if (count > MOST_STATES) return [];
	const states: ClaimedState[] = [];
	for (let i = 0; i < count; i++) {
		const client = decoding.readVarUint(decoder);
		const clock = decoding.readVarUint(decoder);
		const json = decoding.readVarString(decoder);
		if (json.length <= LONGEST_STATE) states.push({ client, clock, state: readState(JSON.parse(json)) });
	}
	return states;
}

function readState(state: unknown): ClaimedState['state'] {
	if (typeof state !== 'object' || state === null) return null;
	const champ = 'champ' in state && typeof state.champ === 'string' ? state.champ.slice(0, LONGEST_CHAMP) : null;
	return { champ };
}
