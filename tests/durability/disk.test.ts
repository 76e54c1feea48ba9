import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { texteOf } from '#lib/fiches/fiche.ts';
import { LiveClient } from '../support/live-client.ts';
import { startLiveProcess, type LiveProcess } from '../support/live-process.ts';
import { LiveWorld } from '../support/live-world.ts';
import { missingStrace, trace, type Tracing } from '../support/strace.ts';

const EDITS = 30;
/** The end of the frame that says « durable »: a status, one. */
const ACKNOWLEDGEMENT = /^\d+ +(write|writev|sendto|sendmsg)\(.*\\x08\\x01"/;
const SYNCED = /^\d+ +(?:<\.\.\. )?(fdatasync|fsync)\b.*= 0$/;
const SYNCS = ['fdatasync', 'fsync'];

const missing = missingStrace();

describe.skipIf(missing !== null)(`what the kernel sees${missing === null ? '' : ` (${missing})`}`, () => {
	let server: LiveProcess;
	let dataDir: string;
	let clients: [LiveClient, LiveClient];
	let tracing: Tracing | null = null;

	beforeEach(async () => {
		const world = await LiveWorld.open();
		dataDir = world.dataDir;
		const { pacteId, fiche } = await world.addPacte();
		const people = [
			await world.addSomeone('Amina', pacteId, 'redacteur'),
			await world.addSomeone('Bruno', pacteId, 'redacteur')
		];
		await world.close();
		server = await startLiveProcess({ dataDir });
		const [a, b] = people.map(({ cookie }) => new LiveClient({ url: server.url, name: fiche, cookie }));
		clients = [a as LiveClient, b as LiveClient];
		await Promise.all(clients.map((client) => client.saved()));
	});
	afterEach(async () => {
		await tracing?.stop();
		tracing = null;
		for (const client of clients) client.close();
		await server.kill();
		rmSync(dataDir, { recursive: true, force: true });
	});

	const textOf = ({ doc }: LiveClient) => texteOf(doc, 'echeance')?.toString() ?? '';
	const type = ({ doc }: LiveClient, letter: string) => texteOf(doc, 'echeance')?.insert(0, letter);

	it('R1. no acknowledgement leaves before the disk has confirmed what it acknowledges', async () => {
		const [amina] = clients;
		const watching = await trace(server.pid, [...SYNCS, 'write', 'writev', 'sendto', 'sendmsg']);
		for (let edit = 0; edit < EDITS; edit++) {
			type(amina, 'x');
			await amina.saved();
		}
		const order = (await watching.stop())
			.map((line) => (SYNCED.test(line) ? 'S' : ACKNOWLEDGEMENT.test(line) ? 'A' : ''))
			.join('');
		expect(order.replaceAll('S', '')).toBe('A'.repeat(EDITS));
		expect(order).not.toMatch(/^A|AA/);
	}, 60_000);

	it('R4. while the disk refuses to confirm, nothing is acknowledged or shown to others; it goes on by itself afterwards', async () => {
		const [amina, bruno] = clients;
		tracing = await trace(
			server.pid,
			SYNCS,
			SYNCS.map((call) => `${call}:error=EIO`)
		);
		const before = amina.acknowledged;
		type(amina, 'é');
		await vi.waitFor(() => expect(server.output()).toMatch(/Enregistrement impossible/), { timeout: 10_000 });
		expect(server.output()).toContain('disk I/O error');
		expect([amina.acknowledged, textOf(bruno)]).toEqual([before, '']);
		await tracing.stop();
		tracing = null;
		await amina.saved();
		await bruno.until(() => textOf(bruno) !== '', 'the letter');
		expect(textOf(bruno)).toBe('é');
	}, 60_000);
});
