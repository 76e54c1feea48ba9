import { sql } from 'kysely';
import { afterEach, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { documentName, type DocumentName } from '#lib/documents/document.ts';
import { addPuce, texteOf } from '#lib/fiches/fiche.ts';
import { addNoeud, moveNoeud, removeNoeud, titreOf } from '#lib/orientations/arbre.ts';
import type { FluxEvent } from '#lib/collaboration/flux-event.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { describeOnEachEngine } from '../../tests/support/engines.ts';
import { LiveWorld } from '../../tests/support/live-world.ts';
import type { App } from '../app.ts';
import { newId } from '../ids.ts';
import { readAccueil } from '../pactes/accueil.ts';
import { createCollaboration } from './collaboration.ts';
import { ROWS_PER_SNAPSHOT } from './projector.ts';
import { appendRows } from './update-log.ts';

function textIn(doc: Y.Doc): string {
	return texteOf(doc, 'echeance')?.toString() ?? '';
}

/** On a busy machine too. */
const eventually = (look: () => unknown) => vi.waitFor(look, { timeout: 10_000 });

afterEach(() => vi.restoreAllMocks());

describeOnEachEngine('storage and what is derived', (world, engine) => {
	async function open() {
		const pacte = await world().addPacte();
		const someone = await world().addSomeone('Amina', pacte.pacteId, 'equipe_projet');
		return { ...pacte, someone, ficheId: pacte.fiche.slice('fiche.'.length) };
	}

	const countRows = async (document: string) =>
		(await world().db.selectFrom('mises_a_jour').select('id').where('document', '=', document).execute()).length;

	/** A log as typing leaves it: one row per key. */
	async function typeIntoLog(name: DocumentName, compteId: string | null, count: number) {
		const doc = new Y.Doc();
		await world().collaboration.read(name, (durable) => Y.applyUpdate(doc, Y.encodeStateAsUpdate(durable)));
		const updates: Uint8Array[] = [];
		doc.on('update', (update: Uint8Array) => updates.push(update));
		for (let i = 0; i < count; i++) texteOf(doc, 'echeance')?.insert(i, 'x');
		for (let i = 0; i < count; i += 1_000) {
			const rows = updates.slice(i, i + 1_000).map((data) => ({ document: name, compteId, data }));
			const clients = [{ document: name, clientId: doc.clientID, owner: compteId }];
			await appendRows(world().db, rows, clients, 0);
		}
		return doc;
	}

	it('R20. newcomers wait for the whole load, get the document once, and all get the same', async () => {
		const { fiche, someone } = await open();
		const doc = await typeIntoLog(fiche, someone.compteId, 400);
		const clients = Array.from({ length: 5 }, () => world().client(someone, fiche));
		await Promise.all(clients.map((client) => client.ready()));
		const size = Y.encodeStateAsUpdate(doc).length;
		for (const client of clients) {
			expect(textIn(client.doc)).toBe('x'.repeat(400));
			expect(client.received.filter((bytes) => bytes > size / 2).length).toBe(1);
		}
	});

	it('R21. what is read after everyone left is what they left: snapshot, log, and the edits of people and server', async () => {
		const { fiche, someone } = await open();
		for (let round = 0; round < 6; round++) {
			const client = world().client(someone, fiche);
			await client.ready();
			texteOf(client.doc, 'echeance')?.insert(0, `${round},`);
			await client.saved();
			client.close();
			if (round % 2) await world().collaboration.edit(fiche, (doc) => texteOf(doc, 'echeance')?.insert(0, 's,'), null);
		}
		expect(await world().collaboration.read(fiche, textIn)).toBe('s,5,4,s,3,2,s,1,0,');
	});

	it('R21. a tab that leaves as another comes finds everything there, two hundred times', async () => {
		const { fiche, someone } = await open();
		let last = world().client(someone, fiche);
		await last.ready();
		for (let round = 0; round < 200; round++) {
			texteOf(last.doc, 'echeance')?.insert(0, 'x');
			await last.saved();
			const next = world().client(someone, fiche);
			if (round % 3 === 0) await next.opened();
			last.close();
			await next.ready();
			expect(textIn(next.doc).length).toBe(round + 1);
			last = next;
		}
	});

	// SQLite’s load is one stretch: nobody can come in the middle of it.
	if (engine === 'postgres')
		it('R20. people who come while a load takes 2 s get the whole document, once', async () => {
			const { fiche, someone } = await open();
			const doc = await typeIntoLog(fiche, someone.compteId, 50);
			let release = () => {};
			const held = new Promise<void>((resolve) => (release = resolve));
			const lock = world()
				.db.transaction()
				.execute(async (trx) => {
					await sql`lock table mises_a_jour in access exclusive mode`.execute(trx);
					await held;
				});
			const clients = [world().client(someone, fiche), world().client(someone, fiche)];
			await Promise.all(clients.map((client) => client.until(() => client.scope !== null)));
			setTimeout(release, 2_000);
			await Promise.all([lock, ...clients.map((client) => client.ready())]);
			for (const client of clients) {
				expect(textIn(client.doc)).toBe(textIn(doc));
				expect(client.received.length).toBe(1);
			}
		});

	it('R22. after so many rows the log becomes a snapshot; what is written meanwhile stays in the log', async () => {
		const { fiche, someone } = await open();
		await typeIntoLog(fiche, someone.compteId, ROWS_PER_SNAPSHOT + 20);
		const client = world().client(someone, fiche);
		await client.ready();
		expect(await countRows(fiche)).toBe(ROWS_PER_SNAPSHOT + 20);
		texteOf(client.doc, 'echeance')?.insert(0, 'fin ');
		await client.saved();
		const settled = world().collaboration.settle();
		texteOf(client.doc, 'echeance')?.insert(0, 'toute ');
		await Promise.all([settled, client.saved()]);
		expect(await countRows(fiche)).toBeLessThanOrEqual(1);
		expect(await world().collaboration.read(fiche, textIn)).toMatch(/^toute fin x+$/);
		client.close();
		await eventually(async () => expect(await countRows(fiche)).toBe(0));
		expect(await world().collaboration.read(fiche, textIn)).toMatch(/^toute fin x+$/);
	});

	it('R22. a document that nobody opens any more is left as a snapshot, with its rows up to date', async () => {
		const { fiche, ficheId } = await open();
		await world().collaboration.edit(fiche, (doc) => texteOf(doc, 'echeance')?.insert(0, '2029'), null);
		expect(await countRows(fiche)).toBe(1);
		await world().collaboration.settle();
		expect(await countRows(fiche)).toBe(0);
		const row = await world()
			.db.selectFrom('fiche_champs')
			.select('texte')
			.where('fiche_id', '=', ficheId)
			.where('champ', '=', 'echeance')
			.executeTakeFirstOrThrow();
		expect(row.texte).toBe('2029');
	});

	it('R23. compaction keeps who wrote and who deleted what, as ranges without content', async () => {
		const { fiche, pacteId, someone } = await open();
		const bruno = await world().addSomeone('Bruno', pacteId, 'redacteur');
		const a = world().client(someone, fiche);
		await a.ready();
		texteOf(a.doc, 'echeance')?.insert(0, 'secret à dire');
		await a.saved();
		const b = world().client(bruno, fiche);
		await b.ready();
		texteOf(b.doc, 'echeance')?.delete(0, 6);
		await b.saved();
		await a.until(() => textIn(a.doc) === ' à dire');
		// Someone who comes back tells all the deletions that they know of: they are not theirs.
		a.close();
		texteOf(a.doc, 'echeance')?.insert(0, 'à redire ou');
		const back = world().client(someone, fiche, { doc: a.doc });
		await back.saved();
		back.close();
		b.close();
		await eventually(async () => expect(await countRows(fiche)).toBe(0));
		const writings = await world()
			.db.selectFrom('ecritures')
			.select(['nature', 'compte_id', 'client_id', 'debut', 'fin'])
			.where('document', '=', fiche)
			.execute();
		const of = (nature: string) =>
			writings
				.filter((writing) => writing.nature === nature)
				.map(({ compte_id, client_id, debut, fin }) => [compte_id, client_id, debut, fin])
				.sort((x, y) => Number(x[2]) - Number(y[2]));
		expect(of('efface')).toEqual([[bruno.compteId, a.doc.clientID, 0, 6]]);
		expect(of('ecrit').map(([compte]) => compte)).not.toContain(bruno.compteId);
		expect(of('ecrit').at(-1)?.[3]).toBe(13 + 11);
	});

	it('R24. rows follow a commit within 2 s, and the live feed says so', async () => {
		const { orientations, pacteId, someone, ficheId } = await open();
		const client = world().client(someone, orientations);
		await client.ready();
		const told = new Promise<FluxEvent>((resolve) => world().collaboration.flux.subscribe(pacteId, resolve));
		const start = performance.now();
		titreOf(client.doc, ficheId)?.insert(0, 'Bien ');
		await client.saved();
		expect(await told).toEqual({ type: 'projection', kind: 'orientations', id: pacteId });
		expect(performance.now() - start).toBeLessThan(2_000);
		const row = await world()
			.db.selectFrom('noeuds')
			.select('titre')
			.where('id', '=', ficheId)
			.executeTakeFirstOrThrow();
		expect(row.titre).toMatch(/^Bien /);
	});

	it('R25. rebuilding gives exactly the rows that were there, document by document', async () => {
		const { orientations, fiche, someone } = await open();
		const tree = world().client(someone, orientations);
		const text = world().client(someone, fiche);
		await Promise.all([tree.ready(), text.ready()]);
		const axe = newId();
		addNoeud(tree.doc, { id: axe, parent: null, niveau: 'axe', titre: 'Loger' });
		for (let i = 0; i < 4; i++)
			addNoeud(tree.doc, { id: newId(), parent: axe, niveau: 'action', titre: `Action ${i}` });
		addPuce(text.doc, 'objectifs', 'p1', 'Accueillir');
		addPuce(text.doc, 'objectifs', 'p2', 'Orienter\0');
		await Promise.all([tree.saved(), text.saved()]);
		await world().collaboration.settle();
		const before = await derivedRows(world());
		const { documents } = await world().collaboration.rebuild();
		expect(await derivedRows(world())).toEqual(before);
		const all = await world().db.selectFrom('documents').select('name').execute();
		expect(documents).toBe(all.length);
		await world().db.deleteFrom('noeuds').execute();
		await world().db.deleteFrom('fiche_champs').execute();
		await world().collaboration.rebuild();
		expect(await derivedRows(world())).toEqual(before);
	});

	it('R26. what the last process committed and could not project any more is projected at the start', async () => {
		const { fiche, ficheId } = await open();
		await typeIntoLog(fiche, null, 3);
		const { db } = world();
		const next = createCollaboration({ db, engine: world().isPostgres ? 'postgres' : 'sqlite', now: world().now });
		await next.settle();
		await next.close();
		const rows = await db.selectFrom('fiche_champs').select('texte').where('fiche_id', '=', ficheId).execute();
		expect(rows.map(({ texte }) => texte)).toContain('xxx');
	});

	it('R27. a node that carries a fiche gets it, with its document, once; removing the node keeps both', async () => {
		const { orientations, pacteId, someone } = await open();
		const client = world().client(someone, orientations);
		await client.ready();
		const [axe, action] = [newId(), newId()];
		addNoeud(client.doc, { id: axe, parent: null, niveau: 'axe', titre: 'Se soigner' });
		addNoeud(client.doc, { id: action, parent: axe, niveau: 'action', titre: 'Aller vers les soins' });
		await client.saved();
		await world().collaboration.settle(pacteId);
		const text = world().client(someone, documentName('fiche', action));
		await text.ready();
		expect(texteOf(text.doc, 'echeance')).toBeDefined();
		texteOf(text.doc, 'echeance')?.insert(0, '2030');
		await text.saved();
		removeNoeud(client.doc, axe, MODELE_ORNE);
		await client.saved();
		await world().collaboration.settle();
		moveNoeud(client.doc, action, null);
		await client.saved();
		await world().collaboration.settle();
		expect(await world().collaboration.read(documentName('fiche', action), textIn)).toBe('2030');
		const fiches = await world().db.selectFrom('fiches').select('id').where('pacte_id', '=', pacteId).execute();
		expect(fiches.length).toBe(2);
	});

	it('R27. a node under the id of another pacte’s fiche, or under no id at all, takes nothing from anyone', async () => {
		const theirs = await open();
		const mine = await open();
		await world().collaboration.edit(theirs.fiche, (doc) => texteOf(doc, 'echeance')?.insert(0, 'à eux'), null);
		await world().collaboration.edit(
			mine.orientations,
			(doc) => {
				addNoeud(doc, { id: theirs.ficheId, parent: null, niveau: 'action', titre: 'Pris' });
				addNoeud(doc, { id: '../\0', parent: null, niveau: 'action', titre: 'Sans nom\0' });
			},
			mine.someone.compteId
		);
		await world().collaboration.settle();
		const fiche = await world()
			.db.selectFrom('fiches')
			.select('pacte_id')
			.where('id', '=', theirs.ficheId)
			.executeTakeFirstOrThrow();
		expect(fiche.pacte_id).toBe(theirs.pacteId);
		const noeuds = await world().db.selectFrom('noeuds').select('titre').where('pacte_id', '=', mine.pacteId).execute();
		expect(noeuds.map(({ titre }) => titre)).toEqual(expect.arrayContaining(['Pris', 'Sans nom']));
		const client = world().client(mine.someone, theirs.fiche);
		await client.until(() => client.denied !== null);
	});

	it('R39. rows of the log that cannot be read are set aside; the rest opens, and the équipe projet is told', async () => {
		const { fiche, someone, pacteId } = await open();
		const before = await typeIntoLog(fiche, someone.compteId, 9);
		const { db } = world();
		const rows = await db.selectFrom('mises_a_jour').select('id').where('document', '=', fiche).orderBy('id').execute();
		const last = rows.at(-1)?.id as number;
		await db
			.updateTable('mises_a_jour')
			.set({ data: Uint8Array.of(7, 7, 7) })
			.where('id', '=', last)
			.execute();
		const lines = vi.spyOn(console, 'error').mockImplementation(() => undefined);
		const client = world().client(someone, fiche);
		await client.ready();
		expect(textIn(client.doc)).toBe('x'.repeat(8));
		expect(lines.mock.calls.flat()).toEqual([expect.stringMatching(`${fiche}, lignes illisibles.*${last}`)]);
		const aside = await db.selectFrom('quarantaine').selectAll().where('document', '=', fiche).execute();
		expect(aside).toMatchObject([{ origine: 'journal', compte_id: someone.compteId }]);
		expect([...(aside[0]?.data ?? [])]).toEqual([7, 7, 7]);
		expect(await countRows(fiche)).toBe(8);
		const app = { db, now: Date.now } as App;
		expect((await readAccueil(app, pacteId, someone.compteId, MODELE_ORNE)).misDeCote).toBe(1);
		// Whoever still has what the row held brings it back.
		const back = world().client(someone, fiche, { doc: before });
		await back.saved();
		await client.until(() => textIn(client.doc) === 'x'.repeat(9));
	});

	it('R40. a document that is damaged as a whole says so, is not emptied, and opens once it is mended', async () => {
		const { fiche, orientations, someone } = await open();
		await typeIntoLog(fiche, someone.compteId, 3);
		const { db } = world();
		const { snapshot } = await db
			.selectFrom('documents')
			.select('snapshot')
			.where('name', '=', fiche)
			.executeTakeFirstOrThrow();
		const setSnapshot = (bytes: Uint8Array) =>
			db.updateTable('documents').set({ snapshot: bytes }).where('name', '=', fiche).execute();
		await setSnapshot(Uint8Array.of(7, 7, 7));
		const lines = vi.spyOn(console, 'error').mockImplementation(() => undefined);
		for (let times = 0; times < 2; times++) {
			const client = world().client(someone, fiche);
			await client.until(() => client.denied !== null);
			expect([client.denied, client.closed, client.synced]).toEqual([expect.stringMatching(/abîmé/), null, false]);
		}
		expect(lines.mock.calls.flat().filter((line) => /est abîmé/.test(String(line)))).toHaveLength(1);
		const other = world().client(someone, orientations);
		await other.ready();
		expect(await countRows(fiche)).toBe(3);
		await setSnapshot(new Uint8Array(snapshot as Uint8Array));
		const client = world().client(someone, fiche);
		await client.ready();
		expect(textIn(client.doc)).toBe('xxx');
	});

	it('R13. rights that cannot be read let nobody in, end nothing, and are read again when one comes back', async () => {
		const { fiche, someone } = await open();
		const { db } = world();
		const here = world().client(someone, fiche);
		await here.ready();
		vi.spyOn(console, 'error').mockImplementation(() => undefined);
		await sql`alter table participations rename to ailleurs`.execute(db);
		const client = world().client(someone, fiche, { reconnect: true });
		await client.until(() => client.closed?.code === 1013);
		await expect(world().collaboration.refreshRights()).rejects.toThrow();
		expect([client.synced, here.closed]).toEqual([false, null]);
		await sql`alter table ailleurs rename to participations`.execute(db);
		await client.ready();
		texteOf(here.doc, 'echeance')?.insert(0, 'toujours là');
		await client.until(() => textIn(client.doc) === 'toujours là');
	});

	it('R4. a load that fails once, and then a thousand times, empties nothing and leaves nothing behind', async () => {
		const { fiche, someone } = await open();
		await typeIntoLog(fiche, someone.compteId, 3);
		const { db } = world();
		vi.spyOn(console, 'error').mockImplementation(() => undefined);
		await sql`alter table mises_a_jour rename to ailleurs`.execute(db);
		const failing = async () => {
			const client = world().client(someone, fiche);
			await client.until(() => client.closed !== null);
			expect([client.closed?.code, client.synced]).toEqual([1013, false]);
		};
		await failing();
		const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
		const before = timers();
		for (let round = 0; round < 40; round++) await Promise.all(Array.from({ length: 25 }, failing));
		expect(timers()).toBeLessThan(before + 20);
		await sql`alter table ailleurs rename to mises_a_jour`.execute(db);
		const client = world().client(someone, fiche);
		await client.ready();
		expect(textIn(client.doc)).toBe('xxx');
	}, 60_000);
});

it('R28. closing tells the people, makes everything that came in durable, and leaves snapshots and rows', async () => {
	const world = await LiveWorld.open();
	const { pacteId, fiche } = await world.addPacte();
	const someone = await world.addSomeone('Amina', pacteId, 'redacteur');
	const client = world.client(someone, fiche);
	await client.ready();
	texteOf(client.doc, 'echeance')?.insert(0, 'avant la fin');
	await client.saved();
	const closed = client.until(() => client.closed !== null);
	const edit = world.collaboration.edit(fiche, (doc) => texteOf(doc, 'echeance')?.insert(0, 'et '), null);
	await Promise.all([edit, world.collaboration.close(), closed]);
	expect(client.closed).toEqual({ code: 1012, reason: 'Le serveur redémarre.' });
	expect(await world.db.selectFrom('mises_a_jour').selectAll().execute()).toEqual([]);
	const rows = await world.db.selectFrom('fiche_champs').select('texte').execute();
	expect(rows.map(({ texte }) => texte)).toContain('et avant la fin');
	await world.remove();
});

it('R21. a clock that is set back an hour changes neither the order of what is written nor what is read', async () => {
	let clock = Date.UTC(2026, 10, 21, 9);
	const world = await LiveWorld.open({ now: () => clock });
	const { pacteId, fiche } = await world.addPacte();
	const someone = await world.addSomeone('Amina', pacteId, 'redacteur');
	const client = world.client(someone, fiche);
	await client.ready();
	const write = async (word: string) => {
		texteOf(client.doc, 'echeance')?.insert(textIn(client.doc).length, word);
		await client.saved();
	};
	await write('un ');
	clock -= 3600_000;
	await write('deux ');
	const rows = await world.db.selectFrom('mises_a_jour').select('created_at').orderBy('id').execute();
	expect(rows.map(({ created_at }) => created_at)).toEqual([clock + 3600_000, clock]);
	await world.close();
	const next = await LiveWorld.open({ dataDir: world.dataDir, now: () => clock });
	expect(await next.collaboration.read(fiche, textIn)).toBe('un deux ');
	const writings = await next.db
		.selectFrom('ecritures')
		.select(['debut', 'fin'])
		.where('compte_id', '=', someone.compteId)
		.execute();
	expect(writings).toEqual([{ debut: 0, fin: 8 }]);
	await next.remove();
});

/** Everything that is derived, in one order. */
async function derivedRows({ db }: LiveWorld) {
	return {
		noeuds: await db.selectFrom('noeuds').selectAll().orderBy('pacte_id').orderBy('ordre').execute(),
		fiches: await db.selectFrom('fiches').selectAll().orderBy('id').execute(),
		champs: await db
			.selectFrom('fiche_champs')
			.selectAll()
			.orderBy('fiche_id')
			.orderBy('champ')
			.orderBy('ordre')
			.execute(),
		organismes: await db
			.selectFrom('fiche_organismes')
			.selectAll()
			.orderBy('fiche_id')
			.orderBy('champ')
			.orderBy('ordre')
			.execute()
	};
}
