import { afterEach, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { texteOf } from '#lib/fiches/fiche.ts';
import { REFUSALS } from '#server/collaboration/admission.ts';
import { describeOnEachEngine } from '../support/engines.ts';
import { craft, filler, text } from '../support/hostile.ts';
import type { LiveClient } from '../support/live-client.ts';
import { LiveWorld } from '../support/live-world.ts';

function textIn(doc: Y.Doc): string {
	return texteOf(doc, 'echeance')?.toString() ?? '';
}

function type(client: LiveClient, written: string): void {
	texteOf(client.doc, 'echeance')?.insert(0, written);
}

function idOf(doc: Y.Doc): [number, number] {
	const item = texteOf(doc, 'echeance')?._item;
	return [item?.id.client as number, item?.id.clock as number];
}

const eventually = (look: () => unknown) => vi.waitFor(look, { timeout: 10_000 });

afterEach(() => vi.restoreAllMocks());

describeOnEachEngine('attacks on the text', (world) => {
	async function meet() {
		const { pacteId, fiche } = await world().addPacte();
		const amina = await world().addSomeone('Amina', pacteId, 'redacteur');
		const bruno = await world().addSomeone('Bruno', pacteId, 'redacteur');
		const victim = world().client(amina, fiche);
		const attacker = world().client(bruno, fiche);
		await Promise.all([victim, attacker].map((client) => client.until(() => client.answers.length === 1)));
		return { pacteId, fiche, amina, bruno, victim, attacker };
	}

	const quarantineOf = (document: string) =>
		world().db.selectFrom('quarantaine').selectAll().where('document', '=', document).orderBy('id').execute();

	it('R52. clock poisoning: the work that an absent author did offline comes back whole, and the poison is refused (T1)', async () => {
		const { fiche, amina, victim, attacker } = await meet();
		type(victim, 'en ligne');
		await victim.saved();
		await attacker.until(() => textIn(attacker.doc) === 'en ligne');
		victim.close();
		type(victim, 'hors ligne et ');
		const client = victim.doc.clientID;
		const clock = Y.getState(attacker.doc.store, client);
		attacker.sendUpdate(craft([{ client, clock, pieces: [filler(1_000_000)] }]));
		attacker.sendUpdate(craft([], [[client, clock, 1_000]]));
		await attacker.until(() => attacker.answers.length === 2);
		expect(attacker.answers[1]).toBe(false);
		expect(JSON.parse(attacker.notes[0] ?? '')).toEqual({ type: 'refus', raison: REFUSALS.foreign });
		const back = world().client(amina, fiche, { doc: victim.doc });
		await back.saved();
		await attacker.until(() => textIn(attacker.doc) === 'hors ligne et en ligne');
		expect(textIn(back.doc)).toBe('hors ligne et en ligne');
		expect(back.answers).not.toContain(false);
	});

	it('R52. text under the client id of someone who writes at that moment is refused, and they go on as themselves (T2)', async () => {
		const { victim, attacker } = await meet();
		type(victim, 'à moi');
		await victim.saved();
		await attacker.until(() => textIn(attacker.doc) === 'à moi');
		const before = victim.doc.clientID;
		const clock = Y.getState(attacker.doc.store, before);
		attacker.sendUpdate(craft([{ client: before, clock, pieces: [text('faux', { parent: idOf(attacker.doc) })] }]));
		await attacker.until(() => attacker.answers.length === 2);
		expect(attacker.answers[1]).toBe(false);
		type(victim, 'toujours ');
		await victim.saved();
		expect(victim.doc.clientID).toBe(before);
		await attacker.until(() => textIn(attacker.doc) === 'toujours à moi');
	});

	it('R53. 1 500 updates without their beginning freeze nobody, leave nothing behind and cost a newcomer nothing (T6)', async () => {
		const { fiche, amina, victim, attacker } = await meet();
		const small = (await world().collaboration.read(fiche, Y.encodeStateAsUpdate)).length;
		for (let i = 0; i < 1_500; i++)
			attacker.sendUpdate(craft([{ client: 50_000 + i, clock: 1, pieces: [text('x'.repeat(100), { left: [9, 9] })] }]));
		const start = performance.now();
		type(victim, 'paisible');
		await victim.saved();
		expect(performance.now() - start).toBeLessThan(3_000);
		await world().collaboration.read(fiche, (doc) => {
			expect(doc.store.pendingStructs).toBeNull();
			expect(Y.encodeStateAsUpdate(doc).length).toBeLessThan(small + 100);
		});
		const newcomer = world().client(amina, fiche);
		await newcomer.ready();
		expect(Math.max(...newcomer.received)).toBeLessThan(small + 100);
	});

	it('R55. what is refused is kept in quarantine, with whom and why, and its author goes on after setting it aside', async () => {
		const { fiche, bruno, victim, attacker } = await meet();
		const refused = craft([{ client: 7, clock: 0, pieces: [text('refusé', { parent: 'ailleurs', key: 'x' })] }]);
		attacker.sendUpdate(refused);
		attacker.sendUpdate(refused);
		await attacker.until(() => attacker.answers.length === 3);
		await eventually(async () => expect((await quarantineOf(fiche)).length).toBeGreaterThan(0));
		const [row] = await quarantineOf(fiche);
		expect(row).toMatchObject({ compte_id: bruno.compteId, raison: REFUSALS.shape });
		expect(new Uint8Array(row?.data as Uint8Array)).toEqual(refused);
		const again = world().client(bruno, fiche);
		await again.ready();
		type(again, 'je reprends');
		await again.saved();
		await victim.until(() => textIn(victim.doc) === 'je reprends');
		// The same text twice is kept once.
		await eventually(async () => expect((await quarantineOf(fiche)).length).toBe(1));
	});

	it('R12. a reader changes nothing by any message: update, answer, reply, or an address of another session (59)', async () => {
		const { pacteId, fiche, victim } = await meet();
		const reader = world().client(await world().addSomeone('Rémi', pacteId, 'lecteur'), fiche);
		await reader.until(() => reader.answers.length === 1);
		const own = new Y.Doc();
		Y.applyUpdate(own, Y.encodeStateAsUpdate(reader.doc));
		texteOf(own, 'echeance')?.insert(0, 'interdit');
		const update = Y.encodeStateAsUpdate(own, Y.encodeStateVector(reader.doc));
		for (const type of [0, 4])
			for (const step of [1, 2]) {
				reader.sendContent(type, step, update);
				reader.sendContent(type, step, update, `${fiche}\0session`);
			}
		for (const type of [5, 6]) reader.send(type, () => undefined);
		await reader.until(() => reader.answers.length === 5);
		expect(reader.answers.slice(1)).toEqual([false, false, false, false]);
		expect(await world().collaboration.read(fiche, textIn)).toBe('');
		expect(textIn(victim.doc)).toBe('');
	});
});

it('R53. what waits for a beginning that does not come is refused after its time, and what came after it is answered', async () => {
	const world = await LiveWorld.open({ limits: { heldFor: 60 } });
	try {
		const { pacteId, fiche } = await world.addPacte();
		const client = world.client(await world.addSomeone('Amina', pacteId, 'redacteur'), fiche);
		await client.until(() => client.answers.length === 1);
		client.sendUpdate(craft([{ client: 7, clock: 3, pieces: [filler(1)] }]));
		type(client, 'après');
		await client.until(() => client.answers.length >= 3);
		expect(client.answers.slice(0, 3)).toEqual([true, false, true]);
		expect(JSON.parse(client.notes[0] ?? '')).toEqual({ type: 'refus', raison: REFUSALS.incomplete });
		expect(await world.collaboration.read(fiche, textIn)).toBe('après');
	} finally {
		await world.remove();
	}
});

it('R55. what one account leaves in quarantine is bounded, the oldest goes first, and days end it', async () => {
	let now = Date.now();
	const world = await LiveWorld.open({ now: () => now, limits: { quarantinePerAccount: 1_000, quarantineDays: 30 } });
	try {
		const { pacteId, fiche } = await world.addPacte();
		const client = world.client(await world.addSomeone('Amina', pacteId, 'redacteur'), fiche);
		await client.until(() => client.answers.length === 1);
		const kept = () => world.db.selectFrom('quarantaine').select('data').orderBy('id').execute();
		const refuse = async (i: number) => {
			client.sendUpdate(craft([{ client: i, clock: 0, pieces: [text('x'.repeat(300), { parent: 'ailleurs' })] }]));
			await eventually(async () => expect((await kept()).at(-1)?.data[2]).toBe(i));
		};
		for (let i = 1; i <= 5; i++) await refuse(i);
		expect((await kept()).map(({ data }) => data[2])).toEqual([3, 4, 5]);
		now += 31 * 24 * 3600 * 1000;
		await refuse(6);
		expect((await kept()).map(({ data }) => data[2])).toEqual([6]);
	} finally {
		await world.remove();
	}
});

it('R52. someone who was offline for 30 minutes brings 500 edits back, deletions of others’ words included: none is refused, all is merged', async () => {
	let now = Date.now();
	const world = await LiveWorld.open({ now: () => now });
	try {
		const { pacteId, fiche } = await world.addPacte();
		const amina = await world.addSomeone('Amina', pacteId, 'redacteur');
		const away = world.client(amina, fiche);
		const here = world.client(await world.addSomeone('Bruno', pacteId, 'redacteur'), fiche);
		await Promise.all([away.ready(), here.ready()]);
		type(here, 'le mot de Bruno ');
		await Promise.all([here.saved(), away.until(() => textIn(away.doc) === 'le mot de Bruno ')]);

		away.close();
		for (let i = 0; i < 499; i++) type(away, `${i} `);
		texteOf(away.doc, 'echeance')?.delete(textIn(away.doc).indexOf('de Bruno'), 'de Bruno'.length);
		for (let i = 0; i < 50; i++) type(here, 'b');
		await here.saved();
		now += 30 * 60_000;

		const back = world.client(amina, fiche, { doc: away.doc });
		await back.until(() => back.answers.length === 1);
		await here.until(() => textIn(here.doc) === textIn(back.doc));
		expect(back.answers).toEqual([true]);
		expect([...textIn(back.doc).matchAll(/\d+ /g)]).toHaveLength(499);
		expect(textIn(back.doc)).toContain('b'.repeat(50));
		expect(textIn(back.doc)).not.toContain('Bruno');
	} finally {
		await world.remove();
	}
});
