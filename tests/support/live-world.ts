// A pacte with its people, its documents and its collaboration socket, in this process, on either engine.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import { documentName, type DocumentName } from '#lib/documents/document.ts';
import type { Role } from '#lib/documents/rights.ts';
import { corpsOf, writeProse, type Prose } from '#lib/editor/prose.ts';
import { prepareFiche, SHAPE_FICHE } from '#lib/fiches/fiche.ts';
import { addNoeud, SHAPE_ORIENTATIONS } from '#lib/orientations/arbre.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { SHAPE_REDACTION } from '#lib/sections/section.ts';
import { createCollaboration, type Collaboration } from '#server/collaboration/collaboration.ts';
import { insertDocument } from '#server/collaboration/documents.ts';
import type { Limits } from '#server/collaboration/limits.ts';
import type { RecoveryWindow } from '#server/collaboration/recovery-window.ts';
import { engineOf, migrate, openDatabase, type Database } from '#server/database/open.ts';
import { projectFiche } from '#server/fiches/fiche-projection.ts';
import { hashToken, newId, newToken } from '#server/ids.ts';
import { projectOrientations } from '#server/orientations/orientations-projection.ts';
import { projectRedaction } from '#server/sections/redaction-projection.ts';
import { LiveClient, type LiveClientOptions } from './live-client.ts';

export interface Someone {
	compteId: string;
	sessionId: string;
	cookie: string;
}

export interface LiveWorldOptions {
	databaseUrl?: string | null;
	/** An existing folder: the world of an earlier process. */
	dataDir?: string;
	now?: () => number;
	adressePublique?: string | null;
	modeSalle?: boolean;
	limits?: Partial<Limits>;
	/** Until when other people's text may come back. */
	recovery?: RecoveryWindow;
}

const A_YEAR = 365 * 24 * 3600 * 1000;

export class LiveWorld {
	readonly db: Database;
	readonly collaboration: Collaboration;
	readonly dataDir: string;
	readonly now: () => number;
	readonly isPostgres: boolean;
	readonly #server: Server;
	readonly #clients = new Set<LiveClient>();
	#port = 0;

	private constructor(options: LiveWorldOptions, db: Database) {
		const { databaseUrl = null, dataDir = '', now = Date.now, adressePublique = null, limits, recovery } = options;
		this.db = db;
		this.dataDir = dataDir;
		this.now = now;
		const engine = engineOf({ databaseUrl, dataDir });
		this.isPostgres = engine === 'postgres';
		this.collaboration = createCollaboration({
			db,
			engine,
			now,
			adressePublique,
			modeSalle: options.modeSalle,
			// Tests write faster than anyone does.
			limits: { framesPerSecond: 1_000_000, ...limits },
			recovery
		});
		this.#server = createServer((_request, response) => response.writeHead(404).end());
		this.#server.on('upgrade', (request, socket, head) => this.collaboration.handleUpgrade(request, socket, head));
	}

	static async open(options: LiveWorldOptions = {}): Promise<LiveWorld> {
		const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'copacte-vivant-'));
		const databaseUrl = options.databaseUrl ?? null;
		const db = openDatabase({ databaseUrl, dataDir });
		await migrate(db, engineOf({ databaseUrl, dataDir }));
		const world = new LiveWorld({ ...options, dataDir }, db);
		world.#server.listen(0, '127.0.0.1');
		await once(world.#server, 'listening');
		world.#port = (world.#server.address() as AddressInfo).port;
		return world;
	}

	get url(): string {
		return `ws://127.0.0.1:${this.#port}/collaboration`;
	}

	get origin(): string {
		return `http://127.0.0.1:${this.#port}`;
	}

	/** A pacte of the fictitious département, with one axe and one fiche. */
	async addPacte(): Promise<{ pacteId: string; orientations: DocumentName; fiche: DocumentName }> {
		const pacteId = newId();
		const ficheId = newId();
		const axe = newId();
		const now = this.now();
		const context = { pacteId, modele: MODELE_ORNE, now };
		const tree = new Y.Doc();
		addNoeud(tree, { id: axe, parent: null, niveau: 'axe', titre: 'Aller vers' });
		addNoeud(tree, { id: ficheId, parent: axe, niveau: 'action', titre: 'Ouvrir un lieu à Valmorin' });
		const fiche = new Y.Doc();
		prepareFiche(fiche, MODELE_ORNE);
		const orientations = documentName('orientations', pacteId);
		const ficheName = documentName('fiche', ficheId);
		await this.db.transaction().execute(async (trx) => {
			await trx
				.insertInto('pactes')
				.values({
					id: pacteId,
					intitule: 'Pacte de la Haute-Rivière',
					territoire: 'Haute-Rivière',
					debut: 2027,
					fin: 2031,
					modele: JSON.stringify(MODELE_ORNE),
					demo: 0,
					created_at: now
				})
				.execute();
			await trx.insertInto('fiches').values({ id: ficheId, pacte_id: pacteId, created_at: now }).execute();
			const birth = { pacteId, now };
			await insertDocument(trx, { ...birth, name: ficheName, kind: 'fiche', shape: SHAPE_FICHE, doc: fiche });
			await projectFiche(trx, fiche, { ...context, id: ficheId });
			await insertDocument(trx, {
				...birth,
				name: orientations,
				kind: 'orientations',
				shape: SHAPE_ORIENTATIONS,
				doc: tree
			});
			await projectOrientations(trx, tree, { ...context, id: pacteId });
		});
		return { pacteId, orientations, fiche: ficheName };
	}

	/** One more fiche of a pacte, which no node carries. */
	async addFiche(pacteId: string, modele: Modele = MODELE_ORNE): Promise<DocumentName> {
		const id = newId();
		const now = this.now();
		const name = documentName('fiche', id);
		const doc = new Y.Doc();
		prepareFiche(doc, modele);
		await this.db.transaction().execute(async (trx) => {
			await trx.insertInto('fiches').values({ id, pacte_id: pacteId, created_at: now }).execute();
			await insertDocument(trx, { pacteId, now, name, kind: 'fiche', shape: SHAPE_FICHE, doc });
			await projectFiche(trx, doc, { id, pacteId, modele: MODELE_ORNE, now });
		});
		return name;
	}

	/** A section of a pacte's document, with what is written in it. */
	async addSection(pacteId: string, prose: Prose = []): Promise<DocumentName> {
		const id = newId();
		const now = this.now();
		const name = documentName('redaction', id);
		const doc = new Y.Doc();
		writeProse(corpsOf(doc), prose);
		await this.db.transaction().execute(async (trx) => {
			await trx
				.insertInto('sections')
				.values({
					id,
					pacte_id: pacteId,
					parent_id: null,
					rang: 0,
					genre: 'texte',
					titre: 'Les habitants',
					organisme_id: null,
					noeud_id: null,
					etat: 'brouillon',
					longueur: '',
					created_at: now,
					retiree_at: null
				})
				.execute();
			await insertDocument(trx, { pacteId, now, name, kind: 'redaction', shape: SHAPE_REDACTION, doc });
			await projectRedaction(trx, doc, { id, pacteId, modele: MODELE_ORNE, now });
		});
		return name;
	}

	/** Someone with an open session, and a role if one is given. */
	async addSomeone(nom: string, pacteId?: string, role?: Role): Promise<Someone> {
		const compteId = newId();
		const created_at = this.now();
		await this.db
			.insertInto('comptes')
			.values({
				id: compteId,
				email: `${compteId}@haute-riviere.example`,
				nom,
				organisme: 'Département de la Haute-Rivière',
				mot_de_passe: null,
				administrateur: 0,
				demo: 0,
				created_at
			})
			.execute();
		if (pacteId && role) await this.addRole(compteId, pacteId, role);
		return this.addSession(compteId);
	}

	async addRole(compteId: string, pacteId: string, role: Role): Promise<void> {
		const row = { pacte_id: pacteId, compte_id: compteId, role, created_at: this.now() };
		await this.db.insertInto('participations').values(row).execute();
	}

	async addSession(compteId: string): Promise<Someone> {
		const token = newToken();
		const sessionId = hashToken(token);
		const now = this.now();
		await this.db
			.insertInto('sessions')
			.values({ id: sessionId, compte_id: compteId, expires_at: now + A_YEAR, created_at: now })
			.execute();
		return { compteId, sessionId, cookie: `copacte_session=${token}` };
	}

	/** A tab of someone on a document. */
	client(someone: Someone | null, name: string, options: Partial<LiveClientOptions> = {}): LiveClient {
		const client = new LiveClient({ url: this.url, name, cookie: someone?.cookie, ...options });
		this.#clients.add(client);
		return client;
	}

	async close(): Promise<void> {
		for (const client of this.#clients) client.close();
		await this.collaboration.close();
		this.#server.close();
		this.#server.closeAllConnections();
		await this.db.destroy();
	}

	/** Closes, and removes what it left on the disk. */
	async remove(): Promise<void> {
		await this.close();
		rmSync(this.dataDir, { recursive: true, force: true });
	}
}
