import * as encoding from 'lib0/encoding';
import { afterEach, expect, it, vi } from 'vitest';
import { CLOSE } from '#lib/collaboration/close-codes.ts';
import type { Limits } from '#server/collaboration/limits.ts';
import type { LiveClient } from '../support/live-client.ts';
import { LiveWorld } from '../support/live-world.ts';

let world: LiveWorld;

afterEach(async () => {
	vi.restoreAllMocks();
	await world.remove();
});

async function meet(limits: Partial<Limits> = {}) {
	world = await LiveWorld.open({ limits });
	const { pacteId, fiche } = await world.addPacte();
	const tabOf = async (nom: string) => {
		const client = world.client(await world.addSomeone(nom, pacteId, 'redacteur'), fiche);
		await client.ready();
		return client;
	};
	const [watcher, other] = [await tabOf('Amina'), await tabOf('Bruno')];
	other.sendPresence({ champ: 'objectifs' });
	await watcher.until(() => champOf(watcher, other) === 'objectifs');
	return { fiche, watcher, other };
}

function champOf(watcher: LiveClient, other: LiveClient): string | null | undefined {
	return watcher.presence.get(other.doc.clientID)?.champ;
}

/** Many states, or none that can be read. */
function sendStates(client: LiveClient, states: readonly (readonly [client: number, json: string])[]): void {
	const inner = encoding.createEncoder();
	encoding.writeVarUint(inner, states.length);
	for (const [id, json] of states) {
		encoding.writeVarUint(inner, id);
		encoding.writeVarUint(inner, 1_000);
		encoding.writeVarString(inner, json);
	}
	client.send(1, (encoder) => encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner)));
}

it('R61. who withdraws from presence is gone for the others within a second, at any pace (T5)', async () => {
	const { watcher, other } = await meet();
	for (let i = 0; i < 30; i++) other.sendPresence({ champ: `c${i}` });
	const start = performance.now();
	other.sendPresence(null);
	await watcher.until(() => champOf(watcher, other) === undefined);
	expect(performance.now() - start).toBeLessThan(1_000);
});

it('R61. of what comes faster than 15 times a second the newest is kept, and shown', async () => {
	const { watcher, other } = await meet();
	const before = watcher.presenceFrames;
	for (let i = 0; i < 100; i++) other.sendPresence({ champ: `c${i}` });
	await watcher.until(() => champOf(watcher, other) === 'c99');
	expect(watcher.presenceFrames - before).toBeLessThan(10);
});

it('R61. a renewal that changes nothing is not relayed; one beat renews everyone', async () => {
	const { watcher, other } = await meet({ presencePerSecond: 10_000, presenceBeat: 150 });
	const before = watcher.presenceFrames;
	for (let i = 0; i < 50; i++) other.sendPresence({ champ: 'objectifs' });
	await watcher.until(() => watcher.presenceFrames >= before + 2);
	expect(watcher.presenceFrames - before).toBeLessThan(10);
	expect(champOf(watcher, other)).toBe('objectifs');
	other.sendPresence({ champ: 'modalites' });
	await watcher.until(() => champOf(watcher, other) === 'modalites');
});

it('R61. 20 000 states, a state of 1 MB, or one of another shape reach nobody; what is no JSON ends its socket (T4)', async () => {
	const { watcher, other } = await meet({ presencePerSecond: 10_000 });
	const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
	sendStates(
		other,
		Array.from({ length: 20_000 }, (_, i) => [i + 1, '{"champ":"faux"}'] as const)
	);
	sendStates(other, [[other.doc.clientID, JSON.stringify({ champ: 'x'.repeat(900_000) })]]);
	sendStates(other, [[other.doc.clientID, JSON.stringify({ champ: 'x'.repeat(3_000) })]]);
	sendStates(other, [[watcher.doc.clientID, 'null']]);
	other.sendPresence({ champ: 'ensuite' });
	await watcher.until(() => champOf(watcher, other) === 'ensuite');
	expect(watcher.presence.size).toBe(1);
	sendStates(other, [[other.doc.clientID, '{pas du JSON']]);
	await other.until(() => other.closed !== null);
	expect(other.closed?.code).toBe(CLOSE.messageIllisible);
	expect(errors.mock.calls.join('\n')).not.toContain('pas du JSON');
	await watcher.until(() => champOf(watcher, other) === undefined);
});

it('R61. another person’s state is neither taken nor removed, also among one’s own', async () => {
	const { watcher, other } = await meet({ presencePerSecond: 10_000 });
	watcher.sendPresence({ champ: 'finalite' });
	await other.until(() => champOf(other, watcher) === 'finalite');
	const own = [other.doc.clientID, '{"champ":"modalites"}'] as const;
	sendStates(other, [[watcher.doc.clientID, '{"champ":"faux"}'], own]);
	sendStates(other, [[watcher.doc.clientID, 'null'], own]);
	await watcher.until(() => champOf(watcher, other) === 'modalites');
	expect(champOf(other, watcher)).toBe('finalite');
});
