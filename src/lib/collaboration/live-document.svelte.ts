import {
	HocuspocusProvider,
	WebSocketStatus,
	type HocuspocusProviderWebsocket,
	type onMessageParameters
} from '@hocuspocus/provider';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { parseDocumentName, VERSIONS, type DocumentName } from '#lib/documents/document.ts';
import { DeviceRescues, type LostWords } from './device-rescues.ts';
import { LocalCopy } from './local-copy.ts';
import { holdsOnlyOwnText } from './own-undo.ts';
import { readableText } from './readable-text.ts';
import { readAnswer, writeRescue, writeUnseen } from './rescue-note.ts';
import type { Rescue } from './rescue.ts';
import { SaveLedger } from './save-ledger.ts';
import { Unseen } from './unseen.ts';

/** Someone else who looks at a document, as the server knows them. */
export interface Presence {
	clientId: number;
	compteId: string;
	nom: string;
	organisme: string;
	/** Where they write: 'objectifs', 'noeud:<id>'… */
	champ: string | null;
}

/** `panne`: the server is there, and cannot store anything. */
export type SaveState = 'enregistre' | 'attente' | 'panne' | 'hors_ligne' | 'connexion';

export interface LiveDocumentOptions {
	compteId: string;
	/** Shared by all documents; null where there is no browser. */
	socket: HocuspocusProviderWebsocket | null;
	/** Something changed that the whole must know (state, pending edits, presence). */
	onChange(document: LiveDocument): void;
	/** Nobody uses it any more. */
	onReleased(document: LiveDocument): void;
}

const READ_WRITE = 'read-write';
const RIGHT_WITHDRAWN = 'Vos droits ont changé\u00a0: vous pouvez lire ce texte, mais plus le modifier.';

/** Marks one's own edits: what undo takes back. */
const LOCAL = { local: true };

const SYNC = 0;
const SYNC_REPLY = 4;
const SYNC_STATUS = 8;
const SYNC_STEP_1 = 0;
const SYNC_STEP_2 = 1;

/**
 * One document that several people write at once. Works without network, and keeps a copy on the device. What it says of
 * its saving is true: durable means that the server has said so.
 */
export class LiveDocument {
	readonly name: DocumentName;
	readonly doc = new Y.Doc();
	/** Takes back one's own edits only. */
	readonly undo: Y.UndoManager;
	readonly #options: LiveDocumentOptions;
	readonly #ledger = new SaveLedger();
	readonly #copy: LocalCopy | null = null;
	readonly #provider: HocuspocusProvider | null = null;
	readonly #awareness: Awareness | null = null;
	#champ: string | null = null;
	#users = 1;
	#isDestroyed = false;
	#wasWriter = false;

	#ready = $state(false);
	#scope = $state<string | null>(null);
	#refusal = $state<string | null>(null);
	#isRefused = $state(false);
	/** Nothing of it waits any more: the page may go. */
	#isAside = $state(false);
	#pending = $state(0);
	#isSettled = $state(false);
	#isConnected = $state(false);
	#hasFailed = $state(false);
	#storeFails = $state(false);
	#isKept = $state(false);
	#others = $state.raw<Presence[]>([]);
	readonly #rescues = new DeviceRescues({
		keep: (rescues) => this.#copy?.keepRescues(rescues),
		drop: (rescues) => this.#copy?.dropRescues(rescues),
		post: (rescue) => this.#provider?.sendStateless(writeRescue(rescue))
	});
	readonly #unseen = new Unseen({
		keep: (ranges) => this.#copy?.keepUnseen(ranges),
		drop: (ranges) => this.#copy?.dropUnseen(ranges)
	});
	/** What the server sent last of the text. */
	#incoming: readonly Uint8Array[] = [];
	#lost = $state.raw<readonly LostWords[]>([]);

	constructor(name: DocumentName, options: LiveDocumentOptions) {
		this.name = name;
		this.#options = options;
		this.undo = new Y.UndoManager(this.doc, { trackedOrigins: new Set([LOCAL]), deleteFilter: holdsOnlyOwnText });
		if (!options.socket) return;
		this.#copy = new LocalCopy(`copacte:${options.compteId}:${name}`, this.doc, {
			pending: () => this.#ledger.pending,
			onChange: () => this.#update()
		});
		this.doc.on('afterTransaction', (transaction: Y.Transaction) => this.#watchDeletions(transaction));
		this.#awareness = new Awareness(this.doc);
		this.#awareness.setLocalState({ champ: null });
		this.#awareness.on('change', () => this.#readOthers());
		this.#provider = this.#connectThrough(options.socket, this.#awareness);
		void this.#start();
	}

	/** Whether there is content to show: the local copy's, or the server's. */
	get ready(): boolean {
		return this.#ready;
	}

	/** From the server; without network, what it said last time. */
	get canWrite(): boolean {
		return this.#scope === READ_WRITE && this.#refusal === null;
	}

	/** Why the server refused or withdrew the document, or an edit, in French. */
	get refusal(): string | null {
		return this.#refusal;
	}

	/** Whether the server refused something that was written here: from then on nothing more is written. */
	get isRefused(): boolean {
		return this.#isRefused;
	}

	/** What is written in it, as plain text, what was refused included. */
	readable(): string {
		return readableText(this.doc);
	}

	/** Leaves on this device, apart, what the server refused: the next visit begins with what is saved. */
	async setAside(): Promise<void> {
		await this.#copy?.setAside();
		this.#isAside = true;
		this.#options.onChange(this);
	}

	/** One's own edits that nobody has acknowledged, words that went with their passage included. */
	get pending(): number {
		return this.#isAside ? 0 : this.#pending;
	}

	get state(): SaveState {
		if (!this.#isConnected) return this.#hasFailed ? 'hors_ligne' : 'connexion';
		if (this.#storeFails) return 'panne';
		if (this.#isSettled) return 'enregistre';
		return this.#pending > 0 ? 'attente' : 'connexion';
	}

	/** Whether this device really holds everything. */
	get isKept(): boolean {
		return this.#isKept;
	}

	/** One's own words that went with a passage which someone else deleted, and that only this device has. */
	get lost(): readonly LostWords[] {
		return this.#lost;
	}

	/** They are back in the text, or not needed. */
	forgetLost(words: Rescue): void {
		this.#rescues.forget(words);
		this.#update();
	}

	/** The other people who have it open. */
	get others(): Presence[] {
		return this.#others;
	}

	/** Makes an edit of one's own, in one go. Does nothing for someone who may only read. */
	edit(change: () => void): void {
		if (this.canWrite) this.doc.transact(change, LOCAL);
	}

	/** Shows others where one writes; null when nowhere. */
	setChamp(champ: string | null): void {
		if (champ === this.#champ) return;
		this.#champ = champ;
		this.#awareness?.setLocalState({ champ });
	}

	/** Shows oneself again, after the page came back from the browser's cache. */
	showPresence(): void {
		this.#awareness?.setLocalState({ champ: this.#champ });
	}

	/** One more user of this document. */
	retain(): this {
		this.#users++;
		return this;
	}

	/** One user less. It leaves for good once nobody uses it and all is acknowledged. */
	close(): void {
		if (--this.#users === 0) this.#options.onReleased(this);
	}

	get isUsed(): boolean {
		return this.#users > 0;
	}

	/** The server closed the socket for good, and said why. */
	refuse(reason: string): void {
		this.#refusal = reason;
		this.#onCut();
	}

	/** Takes it off the socket. The local copy stays. */
	destroy(): void {
		if (this.#isDestroyed) return;
		this.#isDestroyed = true;
		// Without network the provider would keep its « I leave » for later, when another may have the same document open.
		const { socket } = this.#options;
		if (socket?.status !== WebSocketStatus.Connected) socket?.configuration.providerMap.delete(this.name);
		this.#provider?.destroy();
		this.#copy?.close();
		this.undo.destroy();
		this.doc.destroy();
	}

	#connectThrough(socket: HocuspocusProviderWebsocket, awareness: Awareness): HocuspocusProvider {
		const provider = new HocuspocusProvider({
			name: this.name,
			// Who is here, the cookie tells; this says which shapes the page knows.
			token: String(VERSIONS[parseDocumentName(this.name)?.kind ?? 'fiche']),
			document: this.doc,
			websocketProvider: socket,
			awareness,
			onOpen: () => this.#ledger.cut(),
			onMessage: (parameters) => this.#onMessage(parameters),
			onAuthenticated: ({ scope }) => this.#onAuthenticated(scope),
			onAuthenticationFailed: ({ reason }) => this.refuse(reason),
			onStateless: ({ payload }) => this.#onNote(payload),
			onClose: () => this.#onCut()
		});
		// What leaves, and when, is decided here: the provider would also queue what the next answer covers.
		this.doc.off('update', provider.boundDocumentUpdateHandler);
		this.doc.on('update', (update: Uint8Array, origin: unknown) => this.#onUpdate(update, origin));
		return provider;
	}

	/** The local copy first: what it brings back then goes with the first answer, and is shown without waiting. */
	async #start(): Promise<void> {
		const restored = await this.#copy?.load();
		if (this.#isDestroyed) return;
		if (restored) {
			this.#ledger.restore(restored.pending);
			this.#rescues.restore(restored.rescues);
			this.#unseen.restore(restored.unseen);
			this.#scope ??= restored.scope;
			this.#ready ||= restored.hasContent;
		}
		this.#provider?.attach();
		this.#update();
	}

	#onUpdate(update: Uint8Array, origin: unknown): void {
		if (origin === this.#provider) return;
		// What another tab left in the local copy is not one's edit, and must leave all the same.
		if (origin !== this.#copy) this.#ledger.edit();
		if (this.#ledger.isAnswered) {
			this.#ledger.send();
			this.#provider?.documentUpdateHandler(update, origin);
		}
		this.#update();
	}

	/** Before the provider does its part with it. */
	#onMessage({ message }: onMessageParameters): void {
		message.readVarString();
		const type: number = message.readVarUint();
		if (type === SYNC || type === SYNC_REPLY) {
			const step: number = message.readVarUint();
			if (step === SYNC_STEP_1) this.#beforeAnswer();
			else this.#incoming = [message.readVarUint8Array()];
			if (step === SYNC_STEP_2) this.#ready = true;
		} else if (type === SYNC_STATUS) {
			this.#ledger.acknowledge(message.readVarUint() === 1);
		} else return;
		this.#update();
		if (this.#ledger.isSettled) this.#copy?.forgetPending();
	}

	#beforeAnswer(): void {
		const { ranges } = this.#unseen;
		if (ranges.length > 0) this.#provider?.sendStateless(writeUnseen(ranges));
		this.#ledger.answer();
	}

	#onAuthenticated(scope: string): void {
		this.#isConnected = true;
		if (!this.#isRefused) this.#refusal = this.#wasWriter && scope !== READ_WRITE ? RIGHT_WITHDRAWN : null;
		this.#wasWriter ||= scope === READ_WRITE;
		this.#scope = scope;
		this.#copy?.rememberScope(scope);
		void this.#copy?.refresh().catch(() => undefined);
		this.#update();
	}

	#onNote(payload: string): void {
		const answer = readAnswer(payload);
		if (answer) this.#rescues.hear(answer);
		const note: unknown = JSON.parse(payload);
		if (typeof note !== 'object' || note === null || !('type' in note)) return;
		if (note.type === 'refus' && 'raison' in note && typeof note.raison === 'string') this.#onRefused(note.raison);
		if (note.type === 'ancienne' && 'raison' in note && typeof note.raison === 'string') this.#refusal = note.raison;
		if (note.type === 'stockage' && 'enPanne' in note) this.#storeFails = note.enPanne === true;
		this.#update();
	}

	/** The first reason counts: what was written after what is refused cannot be taken either. */
	#onRefused(reason: string): void {
		if (!this.#isRefused) this.#refusal = reason;
		this.#isRefused = true;
	}

	/** Before Yjs lets go of what was deleted. Where all is saved, nothing can be lost. */
	#watchDeletions(transaction: Y.Transaction): void {
		const isFromServer = transaction.origin === this.#provider;
		if (this.#ledger.isSettled || !(isFromServer || transaction.origin === this.#copy)) return;
		const updates = isFromServer ? this.#incoming : (this.#copy?.reading ?? []);
		if (isFromServer) this.#unseen.watch(transaction, updates);
		this.#rescues.watch(transaction, { updates, isFromServer, isSent: this.#ledger.isAnswered });
	}

	#onCut(): void {
		this.#ledger.cut();
		this.#rescues.cut();
		this.#isConnected = false;
		this.#hasFailed = true;
		this.#storeFails = false;
		this.#update();
	}

	#update(): void {
		if (this.#ledger.isSettled) {
			this.#unseen.settle();
			this.#rescues.settle();
		}
		this.#pending = this.#ledger.pending + this.#rescues.pending;
		this.#isSettled = this.#ledger.isSettled && this.#rescues.pending === 0;
		this.#lost = this.#rescues.lost;
		this.#isKept = this.#copy?.isComplete ?? false;
		this.#options.onChange(this);
	}

	#readOthers(): void {
		const others: Presence[] = [];
		for (const [clientId, state] of this.#awareness?.getStates() ?? []) {
			const { compteId, nom, organisme, champ } = state as Partial<Presence>;
			if (!compteId || compteId === this.#options.compteId) continue;
			others.push({ clientId, compteId, nom: nom ?? '', organisme: organisme ?? '', champ: champ ?? null });
		}
		this.#others = others.sort((a, b) => a.clientId - b.clientId);
		this.#options.onChange(this);
	}
}
