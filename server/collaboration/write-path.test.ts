import { sql } from 'kysely';
import { afterEach, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { texteOf } from '#lib/fiches/fiche.ts';
import { describeOnEachEngine } from '../../tests/support/engines.ts';
import type { LiveClient } from '../../tests/support/live-client.ts';
import type { LiveWorld } from '../../tests/support/live-world.ts';

function textIn(doc: Y.Doc): string {
	return texteOf(doc, 'echeance')?.toString() ?? '';
}

function type(client: LiveClient, text: string, at = 0): void {
	texteOf(client.doc, 'echeance')?.insert(at, text);
}

async function rowsOf(world: LiveWorld, document: string) {
	return world.db.selectFrom('mises_a_jour').selectAll().where('document', '=', document).orderBy('id').execute();
}

/** The log refuses every row, as a full disk does; reading still works. Gives what mends it. */
async function breakTheLog({ db, isPostgres }: LiveWorld): Promise<() => Promise<unknown>> {
	if (!isPostgres) {
		const body = sql`begin select raise(abort, 'the disk is full'); end`;
		await sql`create trigger plein before insert on mises_a_jour ${body}`.execute(db);
		return () => sql`drop trigger plein`.execute(db);
	}
	await sql`create or replace function plein() returns trigger as $$ begin raise 'the disk is full'; end $$ language plpgsql`.execute(
		db
	);
	await sql`create trigger plein before insert on mises_a_jour for each statement execute function plein()`.execute(db);
	return () => sql`drop trigger plein on mises_a_jour`.execute(db);
}

/** On a busy machine too. */
const eventually = (look: () => unknown) => vi.waitFor(look, { timeout: 10_000 });

afterEach(() => vi.restoreAllMocks());

describeOnEachEngine('the write path', (world) => {
	async function twoWriters() {
		const { pacteId, fiche, orientations } = await world().addPacte();
		const amina = await world().addSomeone('Amina', pacteId, 'redacteur');
		const bruno = await world().addSomeone('Bruno', pacteId, 'redacteur');
		const a = world().client(amina, fiche);
		const b = world().client(bruno, fiche);
		await Promise.all([a.ready(), b.ready()]);
		return { pacteId, fiche, orientations, amina, bruno, a, b };
	}

	it('R1. what is acknowledged is in the log, and reaches the others', async () => {
		const { fiche, amina, a, b } = await twoWriters();
		type(a, 'fin 2028');
		await a.saved();
		const rows = await rowsOf(world(), fiche);
		expect(rows.map((row) => row.compte_id)).toEqual([amina.compteId]);
		await b.until(() => textIn(b.doc) === 'fin 2028');
	});

	it('R2. each content message gets one answer, in order, also when it brings nothing', async () => {
		const { a } = await twoWriters();
		await a.until(() => a.answers.length === 1);
		a.sendUpdate(Y.encodeStateAsUpdate(a.doc));
		type(a, 'x');
		a.sendUpdate(Uint8Array.of(0, 0));
		await a.until(() => a.answers.length === 4);
		expect(a.answers).toEqual([true, true, true, true]);
	});

	it('R3. what several people write in one turn goes in one commit, a row per document and author', async () => {
		const { pacteId, fiche, amina, a, b } = await twoWriters();
		const again = world().client(amina, fiche);
		await again.ready();
		await Promise.all([a.until(() => a.answers.length > 0), b.until(() => b.answers.length > 0)]);
		for (const letter of 'abcdefgh') {
			type(a, letter);
			type(again, letter);
			type(b, letter);
		}
		await Promise.all([a.saved(), b.saved(), again.saved()]);
		const rows = await rowsOf(world(), fiche);
		expect(rows.length).toBeLessThan(24);
		const text = await world().collaboration.read(fiche, textIn);
		expect([...text].sort().join('')).toBe('aaabbbcccdddeeefffggghhh');
		expect(pacteId).toBeTruthy();
	});

	it('R4. while the store fails nothing is acknowledged, shown, read or given to a newcomer; then all of it is, without a new edit', async () => {
		const { pacteId, fiche, a, b } = await twoWriters();
		type(a, 'avant ');
		await a.saved();
		await b.until(() => textIn(b.doc) === 'avant ');
		const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
		const mend = await breakTheLog(world());
		const answersBefore = a.answers.length;
		type(a, 'pendant', 6);
		await eventually(() => expect(errors).toHaveBeenCalled());
		const carla = await world().addSomeone('Carla', pacteId, 'lecteur');
		const newcomer = world().client(carla, fiche);
		await newcomer.ready();
		expect(textIn(newcomer.doc)).toBe('avant ');
		expect(await world().collaboration.read(fiche, textIn)).toBe('avant ');
		b.ask();
		await b.until(() => b.received.length >= 3);
		expect(textIn(b.doc)).toBe('avant ');
		expect(a.answers.length).toBe(answersBefore);
		await mend();
		await a.saved();
		await b.until(() => textIn(b.doc) === 'avant pendant');
		await newcomer.until(() => textIn(newcomer.doc) === 'avant pendant');
	});

	it('R5. an update whose predecessors are missing waits for them outside the document: they are asked for, then both are acknowledged in order', async () => {
		const { fiche, a, b } = await twoWriters();
		await a.until(() => a.answers.length === 1);
		const offline = new Y.Doc();
		Y.applyUpdate(offline, Y.encodeStateAsUpdate(a.doc));
		const updates: Uint8Array[] = [];
		offline.on('update', (update: Uint8Array) => updates.push(update));
		texteOf(offline, 'echeance')?.insert(0, 'un');
		texteOf(offline, 'echeance')?.insert(2, ' deux');
		// The answer to the question that follows will not hold them either: this tab does not have them.
		const asked = a.asked;
		a.sendUpdate(updates[1] as Uint8Array);
		await a.until(() => a.asked > asked);
		await world().collaboration.read(fiche, (doc) => expect(doc.store.pendingStructs).toBeNull());
		expect(await rowsOf(world(), fiche)).toEqual([]);
		expect(a.answers).toEqual([true]);
		a.sendUpdate(updates[0] as Uint8Array);
		await a.until(() => a.answers.length === 4);
		expect(a.answers).toEqual([true, true, true, true]);
		await b.until(() => textIn(b.doc) === 'un deux');
	});

	it('R5. a key that overtook the sync of a tab that comes back is taken once that tab has answered', async () => {
		const { a, b, amina, fiche } = await twoWriters();
		a.close();
		type(a, 'hors ligne');
		const updates: Uint8Array[] = [];
		a.doc.on('update', (update: Uint8Array) => updates.push(update));
		type(a, 'et ');
		const back = world().client(amina, fiche, { doc: a.doc, beforeSync: updates });
		await back.saved();
		await b.until(() => textIn(b.doc) === 'et hors ligne');
		expect(back.answers).not.toContain(false);
	});

	it('R6. what is durable already is not logged again: a return without news, or with known deletions', async () => {
		const { fiche, amina, a, b } = await twoWriters();
		type(a, 'effacé');
		await a.saved();
		await b.until(() => textIn(b.doc) === 'effacé');
		texteOf(b.doc, 'echeance')?.delete(0, 6);
		await b.saved();
		await a.until(() => textIn(a.doc) === '');
		const before = await rowsOf(world(), fiche);
		const back = world().client(amina, fiche, { doc: a.doc });
		await back.until(() => back.answers.length === 1);
		expect(back.answers).toEqual([true]);
		expect(await rowsOf(world(), fiche)).toEqual(before);
	});

	it('R7. a document that was removed does not hold back the others, and its writers are told no', async () => {
		const { pacteId, a } = await twoWriters();
		const other = await twoWriters();
		await a.until(() => a.answers.length === 1);
		vi.spyOn(console, 'error').mockImplementation(() => undefined);
		await world().db.deleteFrom('pactes').where('id', '=', pacteId).execute();
		type(a, 'perdu');
		type(other.a, 'gardé');
		await other.a.saved();
		await a.until(() => a.answers.length === 2);
		expect(a.answers).toEqual([true, false]);
		expect(await world().collaboration.read(other.fiche, textIn)).toBe('gardé');
	});

	it('R8. an edit by the server takes the same way, open or not, and is durable when it resolves', async () => {
		const { collaboration } = world();
		const { fiche } = await world().addPacte();
		await collaboration.edit(fiche, (doc) => texteOf(doc, 'echeance')?.insert(0, 'fermé'), null);
		expect((await rowsOf(world(), fiche)).length).toBe(1);
		expect(await collaboration.read(fiche, textIn)).toBe('fermé');
		const open = await twoWriters();
		type(open.a, 'saisi');
		await collaboration.edit(open.fiche, (doc) => texteOf(doc, 'echeance')?.insert(0, 'serveur '), null);
		await open.a.saved();
		await open.b.until(() => textIn(open.b.doc).includes('saisi') && textIn(open.b.doc).includes('serveur '));
	});

	it('R8. two edits by the server at once both stay, and one that fails changes nothing', async () => {
		const { collaboration } = world();
		const { fiche } = await world().addPacte();
		const failing = collaboration.edit(
			fiche,
			(doc) => {
				texteOf(doc, 'echeance')?.insert(0, 'à moitié');
				throw new Error('on purpose');
			},
			null
		);
		await Promise.all([
			expect(failing).rejects.toThrow('on purpose'),
			collaboration.edit(fiche, (doc) => texteOf(doc, 'echeance')?.insert(0, 'a'), null),
			collaboration.edit(fiche, (doc) => texteOf(doc, 'echeance')?.insert(0, 'b'), null)
		]);
		expect(await collaboration.read(fiche, textIn)).toMatch(/^(ab|ba)$/);
		await expect(collaboration.edit('fiche.nulle-part-ici', () => undefined, null)).rejects.toMatchObject({
			code: 'introuvable'
		});
	});

	it('R15. a client id belongs to the account that first brought it to the document, for good', async () => {
		const { fiche, amina, bruno, a, b } = await twoWriters();
		type(a, 'à moi');
		await a.saved();
		await b.until(() => textIn(b.doc) === 'à moi');
		type(b, 'à lui');
		await b.saved();
		const rows = await world()
			.db.selectFrom('auteurs')
			.select(['client_id', 'compte_id'])
			.where('document', '=', fiche)
			.where('compte_id', 'is not', null)
			.execute();
		expect(new Map(rows.map(({ client_id, compte_id }) => [client_id, compte_id]))).toEqual(
			new Map([
				[a.doc.clientID, amina.compteId],
				[b.doc.clientID, bruno.compteId]
			])
		);
	});
});
