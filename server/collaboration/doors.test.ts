import { request as httpRequest } from 'node:http';
import { afterEach, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { CLOSE, isFinal, REASONS } from '#lib/collaboration/close-codes.ts';
import { texteOf } from '#lib/fiches/fiche.ts';
import { describeOnEachEngine } from '../../tests/support/engines.ts';
import { LiveWorld, type LiveWorldOptions, type Someone } from '../../tests/support/live-world.ts';
import { refusing, safely } from './hocuspocus.ts';
import { Line } from './line.ts';
import { NO_ACCESS } from './socket.ts';

function textIn(doc: Y.Doc): string {
	return texteOf(doc, 'echeance')?.toString() ?? '';
}

/** The status of an upgrade that is refused before there is a socket. */
function statusOfUpgrade(world: LiveWorld, headers: Record<string, string>, path = '/collaboration'): Promise<number> {
	return new Promise((resolve, reject) => {
		const ask = httpRequest(`${world.origin}${path}`, {
			headers: {
				connection: 'Upgrade',
				upgrade: 'websocket',
				'sec-websocket-version': '13',
				'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
				...headers
			}
		});
		ask.on('response', (response) => resolve(response.statusCode ?? 0));
		ask.on('upgrade', (_response, socket) => {
			socket.destroy();
			resolve(101);
		});
		ask.on('error', reject);
		ask.end();
	});
}

afterEach(() => vi.restoreAllMocks());

describeOnEachEngine('the doors', (world) => {
	async function open(role: 'equipe_projet' | 'redacteur' | 'lecteur' = 'redacteur') {
		const pacte = await world().addPacte();
		const someone = await world().addSomeone('Amina', pacte.pacteId, role);
		return { ...pacte, someone };
	}

	async function setRole(someone: Someone, pacteId: string, role: 'redacteur' | 'lecteur' | null) {
		const { db } = world();
		if (role === null) await db.deleteFrom('participations').where('compte_id', '=', someone.compteId).execute();
		else {
			const participation = db.updateTable('participations').set({ role }).where('compte_id', '=', someone.compteId);
			await participation.where('pacte_id', '=', pacteId).execute();
		}
	}

	it('R9. a socket opens only from our own pages: another origin, none, or « null » is refused with 403', async () => {
		const { someone } = await open();
		const cookie = someone.cookie;
		expect(await statusOfUpgrade(world(), { cookie, origin: world().origin })).toBe(101);
		expect(await statusOfUpgrade(world(), { cookie, origin: 'https://ailleurs.example' })).toBe(403);
		expect(await statusOfUpgrade(world(), { cookie, origin: 'null' })).toBe(403);
		expect(await statusOfUpgrade(world(), { cookie })).toBe(403);
		expect(await statusOfUpgrade(world(), { cookie, origin: world().origin }, '/autre')).toBe(404);
	});

	it('R9. without session, or with one that has expired or never was, the socket is closed with its reason, for good', async () => {
		const { fiche, someone } = await open();
		const { db } = world();
		const expired = await world().addSession(someone.compteId);
		await db.updateTable('sessions').set({ expires_at: 1 }).where('id', '=', expired.sessionId).execute();
		for (const cookie of [undefined, 'copacte_session=invente', expired.cookie]) {
			const client = world().client(null, fiche, { cookie });
			await client.until(() => client.closed !== null);
			expect(client.closed).toEqual({ code: CLOSE.sessionTerminee, reason: REASONS.sessionTerminee });
			expect(client.synced).toBe(false);
		}
		expect(isFinal(CLOSE.sessionTerminee)).toBe(true);
	});

	it('R10. a document that is not there and one that is not theirs are the same answer', async () => {
		const { someone } = await open();
		const other = await world().addPacte();
		for (const name of [other.fiche, 'fiche.jamais-vue-ici', 'fiche.x', '../../etc/passwd', '__proto__']) {
			const client = world().client(someone, name);
			await client.until(() => client.denied !== null);
			expect(client.denied).toBe(NO_ACCESS);
			expect(client.received).toEqual([]);
		}
	});

	it('R10. the tree is written by the équipe projet only; a rédacteur reads it and writes the fiches', async () => {
		const { orientations, fiche, someone } = await open('redacteur');
		const tree = world().client(someone, orientations);
		const text = world().client(someone, fiche);
		await Promise.all([tree.ready(), text.ready()]);
		expect([tree.scope, text.scope]).toEqual(['readonly', 'read-write']);
	});

	it('R11. what comes before the person is let in waits, in its order, and is kept', async () => {
		const { fiche, someone } = await open();
		const first = world().client(someone, fiche);
		await first.ready();
		const copy = new Y.Doc();
		Y.applyUpdate(copy, Y.encodeStateAsUpdate(first.doc));
		const updates: Uint8Array[] = [];
		copy.on('update', (update: Uint8Array) => updates.push(update));
		for (const letter of ['a', 'b', 'c']) texteOf(copy, 'echeance')?.insert(0, letter);
		const eager = world().client(someone, fiche);
		// Right behind the first frames: nobody has let this person in yet.
		await eager.opened();
		expect(eager.scope).toBeNull();
		for (const update of updates) eager.sendUpdate(update);
		await eager.ready();
		await first.until(() => textIn(first.doc) === 'cba');
	});

	it('R11. what waits is bounded: someone who sends without being let in is closed, and may come back', async () => {
		const { fiche, someone } = await open();
		const eager = world().client(someone, fiche, { silent: true });
		await eager.opened();
		for (let i = 0; i < 151; i++) eager.sendUpdate(Uint8Array.of(0, 0));
		await eager.until(() => eager.closed !== null);
		expect(eager.closed?.code).toBe(CLOSE.indisponible);
		expect(isFinal(CLOSE.indisponible)).toBe(false);
	});

	it('R12. what a reader sends is refused and never applied; a reader who has nothing new is not told off', async () => {
		const { fiche, someone } = await open('lecteur');
		const reader = world().client(someone, fiche);
		await reader.until(() => reader.answers.length === 1);
		expect(reader.scope).toBe('readonly');
		texteOf(reader.doc, 'echeance')?.insert(0, 'interdit');
		reader.ask();
		await reader.until(() => reader.answers.length >= 3);
		expect(reader.answers[0]).toBe(true);
		expect(reader.answers.slice(1)).not.toContain(true);
		expect(JSON.parse(reader.notes[0] ?? '{}')).toMatchObject({
			type: 'refus',
			raison: expect.stringContaining('lire')
		});
		expect(await world().collaboration.read(fiche, textIn)).toBe('');
		const log = await world().db.selectFrom('mises_a_jour').select('id').where('document', '=', fiche).execute();
		expect(log).toEqual([]);
	});

	it('R13. a frame that is none, and types that are not for browsers, change nothing and reach nobody', async () => {
		const { fiche, someone, pacteId } = await open();
		const other = await world().addSomeone('Bruno', pacteId, 'lecteur');
		const witness = world().client(other, fiche);
		await witness.ready();
		const client = world().client(someone, fiche);
		await client.ready();
		for (const type of [3, 6, 8, 9, 10]) client.send(type, () => undefined);
		for (const word of ['', 'pas du JSON', 'null', '{"type":"stockage","enPanne":true}']) client.say(word);
		texteOf(client.doc, 'echeance')?.insert(0, 'encore là');
		await client.saved();
		await witness.until(() => textIn(witness.doc) === 'encore là');
		expect(witness.notes).toEqual([]);
		vi.spyOn(console, 'error').mockImplementation(() => undefined);
		client.sendBytes(Uint8Array.of(255, 255, 255));
		await client.until(() => client.closed !== null);
		expect(client.closed?.code).toBe(CLOSE.messageIllisible);
	});

	it('R14. an update that is not one is refused with its reason, and the document is as before', async () => {
		const { fiche, someone } = await open();
		const client = world().client(someone, fiche);
		await client.until(() => client.answers.length === 1);
		const bad = [Uint8Array.of(9, 9, 9), Uint8Array.of(1, 255, 255, 255, 127, 7, 0), Uint8Array.of()];
		for (const update of bad) client.sendUpdate(update);
		await client.until(() => client.answers.length === 4);
		expect(client.answers.slice(1)).toEqual([false, false, false]);
		expect(client.notes.length).toBe(3);
		texteOf(client.doc, 'echeance')?.insert(0, 'intact');
		await client.until(() => client.answers.length === 5);
		expect(await world().collaboration.read(fiche, textIn)).toBe('intact');
	});

	it('R14. a frame over 1 MiB closes the socket', async () => {
		const { fiche, someone } = await open();
		const client = world().client(someone, fiche);
		await client.ready();
		client.sendBytes(new Uint8Array(1024 * 1024 + 1));
		await client.until(() => client.closed !== null);
		expect(client.closed?.code).toBe(1009);
	});

	it('R16. signing out closes the sockets of that session at once, for good, and says so; others stay', async () => {
		const { fiche, someone } = await open();
		const elsewhere = await world().addSession(someone.compteId);
		const here = world().client(someone, fiche);
		const there = world().client(elsewhere, fiche);
		await Promise.all([here.ready(), there.ready()]);
		world().collaboration.closeSession(someone.sessionId);
		await here.until(() => here.closed !== null);
		expect(here.closed).toEqual({ code: CLOSE.sessionTerminee, reason: REASONS.sessionTerminee });
		expect(there.isOpen).toBe(true);
		world().collaboration.closeCompte(someone.compteId);
		await there.until(() => there.closed !== null);
	});

	it('R16. a session that ends in the database ends its sockets within 5 s, without anyone saying so', async () => {
		const { fiche, someone } = await open();
		const client = world().client(someone, fiche);
		await client.ready();
		await world().db.deleteFrom('sessions').where('id', '=', someone.sessionId).execute();
		const start = performance.now();
		await client.until(() => client.closed !== null);
		expect(client.closed?.code).toBe(CLOSE.sessionTerminee);
		expect(performance.now() - start).toBeLessThan(5_000);
	});

	it('R17. a writer who becomes a reader is reset at once and comes back as one; their text is not taken any more', async () => {
		const { fiche, someone, pacteId } = await open();
		const client = world().client(someone, fiche, { reconnect: true });
		await client.ready();
		expect(client.scope).toBe('read-write');
		await setRole(someone, pacteId, 'lecteur');
		const closed = client.until(() => client.closed?.code === CLOSE.droitsChanges);
		await world().collaboration.refreshRights();
		await closed;
		expect(client.closed?.reason).toBe(REASONS.droitsChanges);
		expect(isFinal(CLOSE.droitsChanges)).toBe(false);
		await client.until(() => client.scope === 'readonly');
		texteOf(client.doc, 'echeance')?.insert(0, 'trop tard');
		await client.until(() => client.answers.includes(false));
		expect(await world().collaboration.read(fiche, textIn)).toBe('');
	});

	it('R17. someone who leaves a pacte loses its documents within 5 s, and reads why', async () => {
		const { fiche, someone, pacteId } = await open();
		const client = world().client(someone, fiche, { reconnect: true });
		await client.ready();
		await setRole(someone, pacteId, null);
		await client.until(() => client.denied !== null);
		expect(client.denied).toBe(NO_ACCESS);
	});

	it('R7. the people of a pacte that is deleted are told, and it does not come back', async () => {
		const { fiche, someone, pacteId } = await open();
		const client = world().client(someone, fiche);
		await client.ready();
		await world().db.deleteFrom('pactes').where('id', '=', pacteId).execute();
		world().collaboration.forget(pacteId);
		await client.until(() => client.denied !== null);
		expect(client.denied).toMatch(/supprimé/);
		texteOf(client.doc, 'echeance')?.insert(0, 'revenant');
		const again = world().client(someone, fiche, { doc: client.doc });
		await again.until(() => again.denied !== null);
		expect(again.denied).toBe(NO_ACCESS);
		await expect(world().collaboration.read(fiche, textIn)).rejects.toMatchObject({ code: 'introuvable' });
	});

	it('R18. presence says who the server knows, whatever the browser claims, and readers are seen too', async () => {
		const { fiche, someone, pacteId } = await open('lecteur');
		const bruno = await world().addSomeone('Bruno', pacteId, 'redacteur');
		const watcher = world().client(bruno, fiche);
		const client = world().client(someone, fiche);
		await Promise.all([watcher.ready(), client.ready()]);
		client.sendPresence({ compteId: bruno.compteId, nom: 'Quelqu’un d’autre', secret: 1, champ: 'objectifs' });
		const id = client.doc.clientID;
		await watcher.until(() => watcher.presence.has(id));
		expect(watcher.presence.get(id)).toEqual({
			compteId: someone.compteId,
			nom: 'Amina',
			organisme: 'Département de la Haute-Rivière',
			champ: 'objectifs'
		});
	});

	it('R19. one state per socket: another person’s cannot be taken or removed, one’s own goes when asked and on leaving', async () => {
		const { fiche, someone, pacteId } = await open();
		const bruno = await world().addSomeone('Bruno', pacteId, 'redacteur');
		const watcher = world().client(bruno, fiche);
		const client = world().client(someone, fiche);
		await Promise.all([watcher.ready(), client.ready()]);
		watcher.sendPresence({ champ: 'finalite' });
		client.sendPresence({ champ: 'objectifs' });
		const [mine, theirs] = [client.doc.clientID, watcher.doc.clientID];
		await client.until(() => client.presence.has(theirs));
		await watcher.until(() => watcher.presence.has(mine));
		client.sendPresence({ champ: 'faux' }, theirs, 50);
		client.sendPresence(null, theirs, 51);
		client.sendPresence({ champ: 'modalites' });
		await watcher.until(() => watcher.presence.get(mine)?.champ === 'modalites');
		expect(watcher.presence.get(theirs)?.champ).toBe('finalite');
		client.sendPresence(null);
		await watcher.until(() => !watcher.presence.has(mine));
		client.sendPresence({ champ: 'objectifs' });
		await watcher.until(() => watcher.presence.has(mine));
		client.close();
		await watcher.until(() => !watcher.presence.has(mine));
	});

	it('R19. someone who comes back with the same client id and an old clock is seen at once', async () => {
		const { fiche, someone, pacteId } = await open();
		const bruno = await world().addSomeone('Bruno', pacteId, 'redacteur');
		const watcher = world().client(bruno, fiche);
		const client = world().client(someone, fiche);
		await Promise.all([watcher.ready(), client.ready()]);
		client.sendPresence({ champ: 'a' }, client.doc.clientID, 7);
		await watcher.until(() => watcher.presence.has(client.doc.clientID));
		client.close();
		await watcher.until(() => !watcher.presence.has(client.doc.clientID));
		const back = world().client(someone, fiche, { doc: client.doc });
		await back.ready();
		back.sendPresence({ champ: 'b' }, client.doc.clientID, 7);
		await watcher.until(() => watcher.presence.get(client.doc.clientID)?.champ === 'b');
	});
});

it('R9. behind a proxy the origin is the public address', async () => {
	const world = await LiveWorld.open({ adressePublique: 'https://pacte.haute-riviere.example' });
	try {
		const { pacteId } = await world.addPacte();
		const { cookie } = await world.addSomeone('Amina', pacteId, 'lecteur');
		expect(await statusOfUpgrade(world, { cookie, origin: 'https://pacte.haute-riviere.example' })).toBe(101);
		expect(await statusOfUpgrade(world, { cookie, origin: 'http://pacte.haute-riviere.example' })).toBe(403);
	} finally {
		await world.remove();
	}
});

it('R56. over HTTPS only the cookie that no neighbouring site can plant opens; over HTTP only the plain one, on this machine or in MODE_SALLE', async () => {
	const https = 'https://pacte.haute-riviere.example';
	const salle = 'http://192.168.1.20:3000';
	const opensWith = async (options: LiveWorldOptions, origin: string | undefined, prefix: string) => {
		const world = await LiveWorld.open(options);
		try {
			const { pacteId, fiche } = await world.addPacte();
			const { cookie } = await world.addSomeone('Amina', pacteId, 'lecteur');
			const client = world.client(null, fiche, { cookie: `autre=1; ${prefix}${cookie}`, ...(origin && { origin }) });
			await client.until(() => client.synced || client.closed !== null);
			return client.closed?.code ?? 'open';
		} finally {
			await world.remove();
		}
	};
	expect(await opensWith({ adressePublique: https }, https, '__Host-')).toBe('open');
	expect(await opensWith({ adressePublique: https }, https, '')).toBe(CLOSE.sessionTerminee);
	expect(await opensWith({}, undefined, '__Host-')).toBe(CLOSE.sessionTerminee);
	expect(await opensWith({ adressePublique: salle }, salle, '')).toBe(CLOSE.sessionTerminee);
	expect(await opensWith({ adressePublique: salle, modeSalle: true }, salle, '')).toBe('open');
});

it('R13. a step that throws is said once and ends nothing; only an expected refusal is passed on', async () => {
	const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
	await safely('connected', () => {
		throw new Error('on purpose');
	});
	await expect(refusing('onAuthenticate', () => Promise.reject(new Error('secret detail')))).rejects.toMatchObject({
		message: '',
		reason: expect.stringMatching(/pas être ouvert/)
	});
	expect(errors).toHaveBeenCalledTimes(2);
});

it('R13. a document that could not be opened at the last step closes its socket, which comes back and opens it', async () => {
	vi.spyOn(console, 'error').mockImplementation(() => undefined);
	const world = await LiveWorld.open();
	const { pacteId, fiche } = await world.addPacte();
	const someone = await world.addSomeone('Amina', pacteId, 'redacteur');
	vi.spyOn(Line.prototype, 'opened').mockImplementationOnce(() => {
		throw new Error('on purpose');
	});
	const client = world.client(someone, fiche, { reconnect: true });
	await client.until(() => client.closed?.code === CLOSE.indisponible);
	await client.ready();
	texteOf(client.doc, 'echeance')?.insert(0, 'malgré tout');
	await client.saved();
	await world.remove();
});

it('R9. each reason of a close fits in a close frame', () => {
	for (const reason of Object.values(REASONS)) expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(123);
});
