import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Document, Hocuspocus } from '@hocuspocus/server';
import * as Y from 'yjs';
import { KINDS, type DocumentKind, type DocumentName } from '#lib/documents/document.ts';
import type { Database, Engine } from '../database/open.ts';
import { DomainError } from '../errors.ts';
import { accessTo, forPage } from './access.ts';
import { Damage, isDamage } from './damage.ts';
import { BoundedLog } from './bounded-log.ts';
import { DeviceRescues } from './device-rescues.ts';
import { Doors } from './doors.ts';
import { Flux } from './flux.ts';
import { createHocuspocus, Refusal } from './hocuspocus.ts';
import { Incident, reasonOf } from './incident.ts';
import { Intake } from './intake.ts';
import { LIMITS, type Limits } from './limits.ts';
import type { Line } from './line.ts';
import { Memory } from './memory.ts';
import { renewPresences } from './presence.ts';
import { Projector } from './projector.ts';
import { Quarantine } from './quarantine.ts';
import { RecoveryWindow } from './recovery-window.ts';
import { NO_ACCESS, type Socket, type SocketContext } from './socket.ts';
import { appendRows } from './update-log.ts';
import { UnsavedChanges } from './unsaved-changes.ts';
import { WriteQueue, type CommittedDocument } from './write-queue.ts';

export interface CollaborationOptions {
	db: Database;
	engine: Engine;
	/** Milliseconds since 1970. */
	now: () => number;
	/** The origin that browsers show; null: only the request's own host. */
	adressePublique?: string | null;
	/** Accounts over plain HTTP on a room's own network. */
	modeSalle?: boolean | undefined;
	/** Closed, unless a restoration opened it. */
	recovery?: RecoveryWindow | undefined;
	/** Where a recovery file is left and found; without it there is none. */
	dataDir?: string;
	/** How many rows of the log make a snapshot due. */
	rowsPerSnapshot?: number;
	/** Where they differ from `LIMITS`. */
	limits?: Partial<Limits> | undefined;
}

/** The live documents of this process: everything that people write together passes through here. */
export interface Collaboration {
	/** The socket of a browser, on /collaboration: its Origin and session are checked here. */
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	/** Reads the durable state of a document, whether someone has it open or not. */
	read<T>(name: DocumentName, fn: (doc: Y.Doc) => T): Promise<T>;
	/** Changes a document as the server, on someone's behalf or its own (null). Resolves when it is durable. */
	edit(name: DocumentName, change: (doc: Y.Doc) => void, compteId: string | null): Promise<void>;
	/** Resolves when all that is committed is projected. */
	settle(pacteId?: string): Promise<void>;
	/** Rebuilds every derived row from the documents. */
	rebuild(): Promise<{ documents: number }>;
	/** Derives again the rows of a pacte's texts of some kinds: what they are read by has changed. */
	reproject(pacteId: string, kinds: readonly DocumentKind[]): Promise<void>;
	/** The session ended: its sockets are closed at once. */
	closeSession(sessionId: string): void;
	closeCompte(compteId: string): void;
	/** Checks again the sessions and roles of open sockets, after one changed. */
	refreshRights(): Promise<void>;
	/** The pacte is deleted: nobody writes there any more. */
	forget(pacteId: string): void;
	readonly flux: Flux;
	/**
	 * Stops accepting, makes what came in durable, and leaves the documents as snapshots. Resolves to false when something
	 * could not be stored: it is in a recovery file then. `hurry` says that nobody waits any more.
	 */
	close(hurry?: AbortSignal): Promise<boolean>;
}

export function createCollaboration(options: CollaborationOptions): Collaboration {
	return new LiveCollaboration(options);
}

const UNLOAD_EVERY = 4_000;
/** Both together stay under the 10 s that whoever stops us may give. */
const DRAIN_LIMIT = 6_000;
const SNAPSHOTS_LIMIT = 2_500;
const DELETED = 'Ce pacte a été supprimé.';
const DAMAGED = 'Ce texte est abîmé sur le serveur et ne peut pas être ouvert : demandez à qui administre Copacte.';
const OUTDATED = JSON.stringify({
	type: 'ancienne',
	raison: 'Copacte a été mis à jour\u00a0: rechargez la page pour continuer à écrire. Ce que vous avez écrit est gardé.'
});
const STORE_FAILS = JSON.stringify({ type: 'stockage', enPanne: true });
const STORE_WORKS = JSON.stringify({ type: 'stockage', enPanne: false });

class LiveCollaboration implements Collaboration {
	readonly flux = new Flux();
	readonly #db: Database;
	readonly #hocuspocus: Hocuspocus<SocketContext>;
	readonly #doors: Doors;
	readonly #damage: Damage;
	readonly #memory: Memory;
	readonly #queue: WriteQueue;
	readonly #quarantine: Quarantine;
	readonly #projector: Projector;
	readonly #storeIncident = new Incident(
		'Enregistrement impossible : les modifications attendent et seront enregistrées dès que possible.',
		'Enregistrement : tout ce qui attendait est enregistré.'
	);
	/** One server edit at a time per document. */
	readonly #edits = new Map<DocumentName, Promise<void>>();
	readonly #unloading: NodeJS.Timeout;
	readonly #beating: NodeJS.Timeout;
	readonly #recovered: Promise<void>;
	readonly #unsaved: UnsavedChanges;
	#closing: Promise<boolean> | null = null;

	constructor({ db, now, adressePublique = null, dataDir, rowsPerSnapshot, ...options }: CollaborationOptions) {
		const limits = { ...LIMITS, ...options.limits };
		this.#db = db;
		this.#damage = new Damage(db, now);
		this.#memory = new Memory(db, this.#damage);
		const open = (name: DocumentName) => this.#memory.get(name);
		this.#projector = new Projector({ db, flux: this.flux, now, open, rowsPerSnapshot });
		this.#queue = new WriteQueue({
			append: (rows, clients) => appendRows(db, rows, clients, now()),
			existing: (names) => this.#existing(names),
			onCommitted: (committed) => this.#apply(committed),
			onTrouble: (error) => this.#onTrouble(error)
		});
		this.#unsaved = new UnsavedChanges({ queue: this.#queue, dataDir, now });
		this.#hocuspocus = createHocuspocus({
			authenticate: ({ documentName, context, connectionConfig, token }) =>
				this.#authorize(documentName as DocumentName, context.socket, { connection: connectionConfig, token }),
			load: ({ documentName, document }) => this.#load(documentName as DocumentName, document),
			connected: ({ connection, documentName, context }) => {
				const line = context.socket.line(documentName as DocumentName);
				if (!line) return connection.close();
				line.opened(connection);
				if (this.#queue.failing) line.note(STORE_FAILS);
				if (line.access?.isOutdated) line.note(OUTDATED);
			},
			beforeUnload: ({ documentName, document }) => this.#beforeUnload(documentName as DocumentName, document)
		});
		const log = new BoundedLog();
		const { recovery = RecoveryWindow.CLOSED } = options;
		this.#quarantine = new Quarantine({ db, now, limits });
		const intake = new Intake({
			memory: this.#memory,
			queue: this.#queue,
			quarantine: this.#quarantine,
			recovery,
			limits,
			log,
			now
		});
		const receive = (line: Line, update: Uint8Array, isAnswer: boolean) => intake.receive(line, update, isAnswer);
		const rescues = new DeviceRescues({
			db,
			memory: this.#memory,
			projector: this.#projector,
			flux: this.flux,
			limits,
			log,
			now
		});
		const hear = (line: Line, payload: string) => rescues.receive(line, payload);
		const { modeSalle = false } = options;
		const hocuspocus = this.#hocuspocus;
		this.#doors = new Doors({ db, now, adressePublique, modeSalle, hocuspocus, limits, log, receive, hear });
		this.#unloading = setInterval(() => this.#unloadUnused(), UNLOAD_EVERY).unref();
		this.#beating = setInterval(() => this.#renewPresences(), limits.presenceBeat).unref();
		this.#recovered = this.#takeUp();
	}

	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		this.#doors.handleUpgrade(request, socket, head);
	}

	/** The right of a person on a document, as they open it. */
	async #authorize(
		name: DocumentName,
		socket: Socket,
		{ connection, token }: { connection: { readOnly: boolean }; token: string }
	): Promise<void> {
		const line = socket.line(name);
		const access = await accessTo(this.#db, socket.person.compteId, name).catch((error: unknown) => {
			socket.close('indisponible'); // It comes back, when the store may be there again.
			throw error;
		});
		if (!line || !access || access.right === 'none') {
			// Once Hocuspocus has said so and forgotten this attempt.
			setImmediate(() => line?.refused());
			throw new Refusal(NO_ACCESS);
		}
		const forThisPage = forPage(access, Number(token) || 1);
		line.access = forThisPage;
		connection.readOnly = forThisPage.right !== 'write';
	}

	async #load(name: DocumentName, document: Document): Promise<void> {
		try {
			const open = await this.#memory.load(name, document);
			this.#damage.mended(name);
			if (open.rows.size > 0) this.#projector.schedule(name, open.pacteId);
		} catch (error) {
			document.destroy(); // Hocuspocus leaves it, and its timer, behind.
			this.#refuseToOpen(name, error);
		}
	}

	/** A damaged document is shut alone; when it is the store that is away, everyone comes back later. */
	#refuseToOpen(name: DocumentName, error: unknown): never {
		const sockets = this.#doors.opening(name);
		if (!isDamage(error)) {
			for (const socket of sockets) socket.close('indisponible');
			throw error;
		}
		this.#damage.say(name, error);
		setImmediate(() => sockets.forEach((socket) => socket.line(name)?.refused()));
		throw new Refusal(DAMAGED);
	}

	/** Everyone who has a text open knows whether what they write can be stored. */
	#onTrouble(error: unknown): void {
		if (error !== null) {
			this.#storeIncident.failed(error);
			return this.#doors.noteAll(STORE_FAILS);
		}
		this.#storeIncident.worked();
		this.#doors.noteAll(STORE_WORKS);
		this.#projector.retry();
	}

	#apply(committed: CommittedDocument): void {
		const { name, pacteId } = committed;
		try {
			this.#memory.apply(committed);
		} catch (error) {
			// Everyone leaves it, and the next reader loads it again from the log.
			console.error(`Collaboration : ${name} n’a pas pu suivre son journal ; il sera rechargé.`, error);
			for (const socket of this.#doors.on(name)) socket.close('indisponible');
		}
		this.#projector.schedule(name, pacteId);
	}

	/** Nobody looks any more: the log becomes a snapshot. If that fails the log is still there. */
	async #beforeUnload(name: DocumentName, document: Document): Promise<void> {
		const open = this.#memory.get(name);
		if (open?.document === document && open.rows.size > 0 && !this.#closing) {
			const later = (error: unknown) => this.#projector.postpone(name, open.pacteId, error);
			await this.#projector.run(name, { snapshot: true }).catch(later);
		}
		// Someone came meanwhile. Nothing may be awaited after this look.
		if (this.#doors.opening(name).length > 0) throw new Refusal('');
	}

	/** Those that someone was about to open, and did not. */
	#unloadUnused(): void {
		for (const { document } of this.#memory.all())
			if (document.getConnectionsCount() === 0) void this.#hocuspocus.unloadDocument(document);
	}

	#renewPresences(): void {
		for (const { document } of this.#memory.all()) renewPresences(document);
	}

	async read<T>(name: DocumentName, fn: (doc: Y.Doc) => T): Promise<T> {
		return (await this.#memory.read(name, fn)).result;
	}

	async edit(name: DocumentName, change: (doc: Y.Doc) => void, compteId: string | null): Promise<void> {
		const before = this.#edits.get(name) ?? Promise.resolve();
		const edit = before.then(() => this.#edit(name, change, compteId));
		const settled = edit.catch(() => undefined);
		this.#edits.set(name, settled);
		try {
			await edit;
		} finally {
			if (this.#edits.get(name) === settled) this.#edits.delete(name);
		}
	}

	async #edit(name: DocumentName, change: (doc: Y.Doc) => void, compteId: string | null): Promise<void> {
		const { result: edit, pacteId } = await this.#memory.read(name, (doc) => editOf(doc, change));
		if (!edit) return;
		await new Promise<void>((resolve, reject) =>
			this.#queue.push({
				document: name,
				pacteId,
				compteId,
				update: edit.update,
				newClients: [edit.client],
				owner: null,
				done: (outcome) => (outcome === 'committed' ? resolve() : reject(new DomainError('introuvable', NO_ACCESS)))
			})
		);
	}

	async settle(pacteId?: string): Promise<void> {
		await this.#recovered;
		await this.#projector.settle(pacteId);
	}

	async rebuild(): Promise<{ documents: number }> {
		let documents = 0;
		// Trees first, as in the list of kinds: they give birth to the fiches that are missing.
		for (const kind of KINDS) {
			const rows = await this.#db.selectFrom('documents').select('name').where('kind', '=', kind).execute();
			for (const { name } of rows) if (await this.#project(name as DocumentName)) documents++;
		}
		return { documents };
	}

	async reproject(pacteId: string, kinds: readonly DocumentKind[]): Promise<void> {
		for (const kind of KINDS.filter((each) => kinds.includes(each))) {
			const rows = await this.#db
				.selectFrom('documents')
				.select('name')
				.where('kind', '=', kind)
				.where('pacte_id', '=', pacteId)
				.execute();
			for (const { name } of rows) await this.#project(name as DocumentName);
		}
	}

	/** One that is damaged is said, and the others go on. */
	#project(name: DocumentName): Promise<boolean> {
		return this.#projector.run(name).catch((error: unknown) => {
			if (!isDamage(error)) throw error;
			this.#damage.say(name, error);
			return false;
		});
	}

	closeSession(sessionId: string): void {
		this.#doors.closeWhere((person) => person.sessionId === sessionId);
	}

	closeCompte(compteId: string): void {
		this.#doors.closeWhere((person) => person.compteId === compteId);
	}

	refreshRights(): Promise<void> {
		return this.#doors.refreshRights();
	}

	forget(pacteId: string): void {
		this.#projector.forget(pacteId);
		this.#doors.denyPacte(pacteId, DELETED);
	}

	close(hurry?: AbortSignal): Promise<boolean> {
		return (this.#closing ??= this.#close(hurry));
	}

	async #close(hurry?: AbortSignal): Promise<boolean> {
		clearInterval(this.#unloading);
		clearInterval(this.#beating);
		this.#doors.close();
		const isDrained = await within(DRAIN_LIMIT, this.#drain(), hurry);
		if (!isDrained) await this.#unsaved.leave();
		// What cannot be done here is done at the next start: the log has it.
		else await within(SNAPSHOTS_LIMIT, this.#leaveSnapshots(), hurry);
		this.#projector.stop();
		await this.#doors.end();
		this.#memory.clear();
		return isDrained;
	}

	async #drain(): Promise<void> {
		await this.#recovered;
		await Promise.all(this.#edits.values());
		await this.#queue.idle();
		await this.#quarantine.settled();
	}

	async #leaveSnapshots(): Promise<void> {
		const say = (error: unknown) => console.error(`Arrêt sans instantané, le journal reste. (${reasonOf(error)})`);
		for (const { name, rows } of this.#memory.all())
			if (rows.size > 0) await this.#projector.run(name, { snapshot: true }).catch(say);
		await this.#projector.settle().catch(say);
	}

	/** What the last process could not store or, having stored it, could not project any more. */
	async #takeUp(): Promise<void> {
		await this.#unsaved.takeUp();
		await this.#projectLeftovers();
	}

	async #existing(names: DocumentName[]): Promise<Set<DocumentName>> {
		const rows = await this.#db.selectFrom('documents').select('name').where('name', 'in', names).execute();
		return new Set(rows.map(({ name }) => name as DocumentName));
	}

	/** What the last process committed and could not project any more. */
	async #projectLeftovers(): Promise<void> {
		try {
			const rows = await this.#db
				.selectFrom('mises_a_jour')
				.innerJoin('documents', 'documents.name', 'mises_a_jour.document')
				.select(['name', 'pacte_id'])
				.distinct()
				.execute();
			for (const { name, pacte_id } of rows) this.#projector.schedule(name as DocumentName, pacte_id);
		} catch (error) {
			console.error('Collaboration : la reprise des projections a échoué.', error);
		}
	}
}

/** What a change does to a copy of a document; null when it does nothing. */
function editOf(doc: Y.Doc, change: (doc: Y.Doc) => void): { update: Uint8Array; client: number } | null {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	const updates: Uint8Array[] = [];
	copy.on('update', (update: Uint8Array) => updates.push(update));
	change(copy);
	const client = copy.clientID;
	copy.destroy();
	return updates.length === 0 ? null : { update: Y.mergeUpdates(updates), client };
}

/** Whether the work ended within the limit, and before someone was in a hurry. */
async function within(milliseconds: number, work: Promise<unknown>, hurry?: AbortSignal): Promise<boolean> {
	let timer: NodeJS.Timeout | undefined;
	const limit = new Promise<false>((resolve) => {
		timer = setTimeout(() => resolve(false), hurry?.aborted ? 0 : milliseconds);
		hurry?.addEventListener('abort', () => resolve(false), { once: true });
	});
	const done = await Promise.race([work.then(() => true), limit]);
	clearTimeout(timer);
	return done;
}
