import { HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { createContext } from 'svelte';
import type { DocumentName } from '#lib/documents/document.ts';
import { isFinal } from './close-codes.ts';
import { LiveDocument, type Presence, type SaveState } from './live-document.svelte.ts';

export interface CollaborationOptions {
	/** Whose copies this device keeps: an account's, or a seat's. */
	compte: { id: string };
	/** A seat in the room of this séance, and no account. */
	seanceId?: string;
}

export type PersonHere = Pick<Presence, 'compteId' | 'nom' | 'organisme'>;

/** A document that is opened again within this time has not left. */
const LINGER = 1_000;

/** The live documents of a pacte that this tab has open, over one socket. */
export class Collaboration {
	readonly #options: CollaborationOptions;
	readonly #byName = new Map<DocumentName, LiveDocument>();
	readonly #leaving = new Map<LiveDocument, ReturnType<typeof setTimeout>>();
	#socket: HocuspocusProviderWebsocket | null = null;
	#warns = false;
	#isClosed = false;
	#refusal = $state<string | null>(null);
	#documents = $state.raw<LiveDocument[]>([]);

	constructor(options: CollaborationOptions) {
		this.#options = options;
	}

	/** Opens a document, or shares the one that is open. Whoever opens it closes it. */
	open(name: DocumentName): LiveDocument {
		const open = this.#byName.get(name);
		if (open) {
			clearTimeout(this.#leaving.get(open));
			this.#leaving.delete(open);
			return open.retain();
		}
		const document = new LiveDocument(name, {
			compteId: this.#options.compte.id,
			socket: this.#connect(),
			onChange: () => this.#onChange(),
			onReleased: (released) => this.#onReleased(released)
		});
		this.#byName.set(name, document);
		this.#documents = [...this.#byName.values()];
		return document;
	}

	/** The least favourable of the open documents. */
	get state(): SaveState {
		const states = new Set(this.#documents.map(({ state }) => state));
		for (const state of ['hors_ligne', 'panne', 'attente', 'connexion'] as const) if (states.has(state)) return state;
		return 'enregistre';
	}

	get pending(): number {
		return this.#documents.reduce((sum, { pending }) => sum + pending, 0);
	}

	/** Whether this device really holds everything that is open. */
	get isKept(): boolean {
		return this.#documents.every(({ isKept }) => isKept);
	}

	/** Why the server refused, for all documents or for one, in French. */
	get refusal(): string | null {
		return this.#refusal ?? this.#documents.find(({ refusal }) => refusal !== null)?.refusal ?? null;
	}

	/** Those that hold text which the server refused. */
	get refused(): LiveDocument[] {
		return this.#documents.filter(({ isRefused }) => isRefused);
	}

	get isRefused(): boolean {
		return this.refused.length > 0;
	}

	/** The other people here, each once. */
	get present(): PersonHere[] {
		const people = new Map<string, PersonHere>();
		for (const { others } of this.#documents)
			for (const { compteId, nom, organisme } of others) people.set(compteId, { compteId, nom, organisme });
		return [...people.values()].sort((a, b) => a.nom.localeCompare(b.nom, 'fr'));
	}

	/** Leaves the pacte. What is not acknowledged yet still goes. */
	close(): void {
		this.#isClosed = true;
		for (const document of this.#documents) this.#leave(document);
		this.#endWhenEmpty();
	}

	#connect(): HocuspocusProviderWebsocket | null {
		if (typeof window === 'undefined') return null;
		if (this.#socket) return this.#socket;
		const { protocol, host } = window.location;
		const search = this.#options.seanceId ? `?salle=${this.#options.seanceId}` : '';
		this.#socket = new HocuspocusProviderWebsocket({
			url: `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/collaboration${search}`,
			delay: 500,
			minDelay: 500,
			maxDelay: 8_000,
			messageReconnectTimeout: 20_000,
			onClose: ({ event }) => this.#onSocketClosed(event.code, event.reason)
		});
		window.addEventListener('online', this.#comeBack);
		window.addEventListener('pageshow', this.#showPresence);
		document.addEventListener('visibilitychange', this.#comeBack);
		return this.#socket;
	}

	/** Called before the socket decides whether to try again. */
	#onSocketClosed(code: number, reason: string): void {
		if (!isFinal(code) || !this.#socket) return;
		this.#socket.shouldConnect = false;
		this.#refusal = reason;
		for (const document of this.#documents) document.refuse(reason);
	}

	/** Someone who looks again does not wait for the next attempt. */
	readonly #comeBack = (): void => {
		if (this.#refusal === null && document.visibilityState === 'visible') void this.#socket?.connect();
	};

	readonly #showPresence = (event: PageTransitionEvent): void => {
		if (event.persisted) for (const document of this.#documents) document.showPresence();
	};

	#onChange(): void {
		const isUnsaved = this.#documents.some(({ pending }) => pending > 0);
		if (isUnsaved !== this.#warns && typeof window !== 'undefined') {
			this.#warns = isUnsaved;
			// Only while it is needed: a page that listens to it is not kept by the browser for « back ».
			if (isUnsaved) window.addEventListener('beforeunload', warn);
			else window.removeEventListener('beforeunload', warn);
		}
		for (const document of this.#documents)
			if (!document.isUsed && document.pending === 0 && !this.#leaving.has(document)) this.#onReleased(document);
	}

	#onReleased(document: LiveDocument): void {
		if (document.pending > 0 && document.refusal === null) return; // It leaves once all is acknowledged.
		clearTimeout(this.#leaving.get(document));
		this.#leaving.set(
			document,
			setTimeout(() => this.#remove(document), LINGER)
		);
	}

	#leave(document: LiveDocument): void {
		while (document.isUsed) document.close();
		if (document.pending === 0 || document.refusal !== null) this.#remove(document);
	}

	#remove(document: LiveDocument): void {
		clearTimeout(this.#leaving.get(document));
		this.#leaving.delete(document);
		this.#byName.delete(document.name);
		this.#documents = [...this.#byName.values()];
		document.destroy();
		this.#onChange();
		this.#endWhenEmpty();
	}

	#endWhenEmpty(): void {
		if (!this.#isClosed || this.#byName.size > 0 || !this.#socket) return;
		this.#socket.destroy();
		this.#socket = null;
		window.removeEventListener('online', this.#comeBack);
		window.removeEventListener('pageshow', this.#showPresence);
		document.removeEventListener('visibilitychange', this.#comeBack);
	}
}

function warn(event: BeforeUnloadEvent): void {
	event.preventDefault();
}

const [get, set] = createContext<Collaboration>();

/** The collaboration of the pacte that is open. */
export const getCollaboration = get;
export const setCollaboration = set;
