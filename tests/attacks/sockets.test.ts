import { afterEach, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { CLOSE, isFinal } from '#lib/collaboration/close-codes.ts';
import { texteOf } from '#lib/fiches/fiche.ts';
import type { Limits } from '#server/collaboration/limits.ts';
import type { LiveClient } from '../support/live-client.ts';
import { LiveWorld, type Someone } from '../support/live-world.ts';

let world: LiveWorld;

afterEach(async () => {
	vi.restoreAllMocks();
	await world.remove();
});

async function open(limits: Partial<Limits> = {}) {
	world = await LiveWorld.open({ limits });
	const { pacteId, fiche, orientations } = await world.addPacte();
	const amina = await world.addSomeone('Amina', pacteId, 'redacteur');
	const bruno = await world.addSomeone('Bruno', pacteId, 'redacteur');
	return { pacteId, fiche, orientations, amina, bruno };
}

async function tab(someone: Someone, name: string): Promise<LiveClient> {
	const client = world.client(someone, name);
	await client.until(() => client.answers.length === 1);
	return client;
}

function textIn(doc: Y.Doc): string {
	return texteOf(doc, 'echeance')?.toString() ?? '';
}

function type(client: LiveClient, written: string): void {
	texteOf(client.doc, 'echeance')?.insert(0, written);
}

const closed = (client: LiveClient) => client.until(() => client.closed !== null);

it('R57. who does not read is closed once 4 MiB wait for them, others do not feel it, and they resync on return (T9)', async () => {
	const { fiche, amina, bruno } = await open({ questionEvery: 0 });
	const writer = await tab(bruno, fiche);
	for (let i = 0; i < 5; i++) {
		type(writer, 'x'.repeat(200_000));
		await writer.saved();
	}
	const slow = await tab(amina, fiche);
	slow.pause();
	const before = process.memoryUsage().rss;
	const nothing = new Y.Doc();
	for (let i = 0; i < 60; i++) slow.ask(nothing);
	const start = performance.now();
	type(writer, 'paisible ');
	await writer.saved();
	expect(performance.now() - start).toBeLessThan(3_000);
	slow.resume();
	await closed(slow);
	expect(slow.closed?.code).toBe(CLOSE.tropLent);
	expect(isFinal(CLOSE.tropLent)).toBe(false);
	expect(slow.received.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(25 * 1024 * 1024);
	expect(process.memoryUsage().rss - before).toBeLessThan(96 * 1024 * 1024);
	const back = world.client(amina, fiche, { doc: slow.doc });
	await back.until(() => textIn(back.doc).startsWith('paisible '));
});

it('R57. one question a second is answered per document; the one that came too soon is answered later, not lost', async () => {
	const { fiche, amina } = await open({ questionEvery: 300 });
	const client = await tab(amina, fiche);
	const before = client.received.length;
	const start = performance.now();
	for (let i = 0; i < 50; i++) client.ask();
	await client.until(() => client.received.length > before);
	expect(performance.now() - start).toBeGreaterThan(150);
	type(client, 'ensuite');
	await client.saved();
	expect(client.received.length).toBeLessThan(before + 5);
});

it('R57. what comes too fast is read later, in order, and nothing of it is lost', async () => {
	const { fiche, amina, bruno } = await open({ framesPerSecond: 200, frameBurst: 20 });
	const other = await tab(bruno, fiche);
	const client = await tab(amina, fiche);
	const start = performance.now();
	for (let i = 0; i < 150; i++) type(client, String(i % 10));
	await client.saved();
	expect(performance.now() - start).toBeGreaterThan(400);
	expect(client.answers).not.toContain(false);
	await other.until(() => textIn(other.doc) === textIn(client.doc));
	expect(textIn(client.doc).length).toBe(150);
});

it('R57. a fast typist with several documents does not feel the default pace', async () => {
	const { fiche, amina } = await open({ framesPerSecond: 30 });
	const client = await tab(amina, fiche);
	const start = performance.now();
	for (let i = 0; i < 120; i++) type(client, 'x');
	await client.saved();
	expect(performance.now() - start).toBeLessThan(3_000);
});

it('R58. 500 documents by one socket: 20 stay, the others are refused with a reason, and those that are open go on (T11)', async () => {
	const { fiche, amina } = await open();
	const client = await tab(amina, fiche);
	for (let i = 0; i < 500; i++) client.sendContent(2, 0, new Uint8Array(), `fiche.inconnue-${i}-0000`);
	type(client, 'toujours là');
	await client.saved();
	expect(client.refusedAddresses.size).toBeGreaterThanOrEqual(480);
});

it('R58. sockets that open nothing are few in all, and closed after their time; sockets of one account are bounded (T11)', async () => {
	const { fiche, amina, bruno } = await open({ unusedSockets: 30, unusedFor: 300, socketsPerAccount: 10 });
	const silent = Array.from({ length: 10 }, () => world.client(amina, fiche, { silent: true }));
	await Promise.all(silent.map((client) => client.opened()));
	const eleventh = world.client(amina, fiche);
	await closed(eleventh);
	expect(eleventh.closed?.code).toBe(CLOSE.tropDePages);
	await tab(bruno, fiche);
	await Promise.all(silent.map(closed));
	expect(silent.map((client) => client.closed?.code)).toEqual(silent.map(() => CLOSE.tropTard));
	await tab(amina, fiche);
});

it('R58. 300 sockets that open nothing leave the server to its other people', async () => {
	const { fiche, amina, bruno } = await open({ unusedSockets: 50, socketsPerAccount: 1_000 });
	const here = await tab(bruno, fiche);
	const silent = Array.from({ length: 300 }, () => world.client(amina, fiche, { silent: true }));
	await Promise.allSettled(silent.map((client) => client.opened()));
	expect(silent.filter((client) => client.isOpen).length).toBe(50);
	type(here, 'je continue');
	await here.saved();
});

it('R58. text messages, empty ones, unknown types to 2^53, fragments without end and frames beyond 1 MiB harm only their socket', async () => {
	const { fiche, amina, bruno } = await open();
	const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
	const witness = await tab(bruno, fiche);
	const name = Buffer.from(fiche);
	const frame = (...rest: number[]) => Uint8Array.of(name.length, ...name, ...rest);
	const closing: [number, (client: LiveClient) => void][] = [
		[CLOSE.messageIllisible, (client) => client.sendRaw('{"text":"pas une trame"}')],
		[CLOSE.messageIllisible, (client) => client.sendRaw(new Uint8Array())],
		[CLOSE.messageIllisible, (client) => client.sendRaw(frame(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f))],
		[CLOSE.messageIllisible, (client) => client.sendRaw(frame(11))],
		[CLOSE.messageIllisible, (client) => client.sendRaw(frame(0, 0, 5, 0x80, 0x80, 0x80, 0x80, 0x10))],
		[1009, (client) => client.sendRaw(new Uint8Array(1024 * 1024 + 1))],
		[
			1009,
			(client) => {
				for (let i = 0; i < 1_200; i++) client.sendRaw(new Uint8Array(1_024), { fin: false });
			}
		]
	];
	for (const [code, attack] of closing) {
		for (const silent of [true, false]) {
			const client = silent ? world.client(amina, fiche, { silent }) : await tab(amina, fiche);
			await client.opened();
			attack(client);
			await closed(client);
			expect([code, client.closed?.code]).toEqual([code, code]);
		}
	}
	type(witness, 'paisible');
	await witness.saved();
	expect(witness.isOpen).toBe(true);
	expect(errors.mock.calls.join('\n')).not.toContain('pas une trame');
});

it('R59. a thousand bad frames give at most a hundred lines, without content', async () => {
	const { fiche, amina } = await open();
	const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
	const client = await tab(amina, fiche);
	for (let i = 0; i < 1_000; i++) client.sendUpdate(Uint8Array.of(9, 9, 9, i % 250));
	await client.until(() => client.answers.length === 1_001);
	for (let i = 0; i < 50; i++) {
		const bad = world.client(amina, fiche, { silent: true });
		await bad.opened();
		bad.sendRaw('secret');
		await closed(bad);
	}
	expect(errors.mock.calls.length).toBeGreaterThan(0);
	expect(errors.mock.calls.length).toBeLessThanOrEqual(100);
	expect(errors.mock.calls.join('\n')).not.toContain('secret');
});

it('R14. 1, 4, 12 and 101 MB, before and after being let in, close their socket, and nobody else’s (41)', async () => {
	const { fiche, amina, bruno } = await open();
	const witness = await tab(bruno, fiche);
	for (const megabytes of [1, 4, 12, 101]) {
		const huge = new Uint8Array(megabytes * 1024 * 1024 + 1);
		for (const silent of [true, false]) {
			const client = silent ? world.client(amina, fiche, { silent }) : await tab(amina, fiche);
			await client.opened();
			client.sendRaw(huge);
			await closed(client);
			expect(client.closed?.code, `${megabytes} MB`).toBe(1009);
		}
	}
	type(witness, 'paisible');
	await witness.saved();
});

it('R10. a socket that is let in to one document writes in no other by changing the address, known, unknown or of another pacte (62)', async () => {
	const { fiche, orientations, amina, bruno } = await open();
	const other = await world.addPacte();
	const neighbour = await world.addSomeone('Carla', other.pacteId, 'redacteur');
	const attacker = await tab(amina, fiche);
	const stolen = new Y.Doc();
	stolen.getMap('champs').set('note', 'glissé');
	const update = Y.encodeStateAsUpdate(stolen);
	const targets = [orientations, other.fiche, other.orientations, 'fiche.nulle-part', `${fiche}\0session`, `${fiche} `];
	for (const target of targets)
		for (const [type, step] of [
			[0, 2],
			[0, 1],
			[4, 1]
		] as const)
			attacker.sendContent(type, step, update, target);
	type(attacker, 'chez moi');
	await attacker.saved();
	const [mine, theirs] = [await tab(bruno, orientations), await tab(neighbour, other.fiche)];
	expect([mine.doc, theirs.doc].map((doc) => doc.getMap('champs').has('note'))).toEqual([false, false]);
	const logged = await world.db.selectFrom('mises_a_jour').select('document').distinct().execute();
	expect(logged.map(({ document }) => document)).toEqual([fiche]);
	expect(attacker.answers).not.toContain(false);
});
