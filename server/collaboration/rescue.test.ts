import { afterAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { LONGEST_RESCUE, readAnswer, writeRescue } from '#lib/collaboration/rescue-note.ts';
import { partOf, type Rescue } from '#lib/collaboration/rescue.ts';
import { corpsOf, texteOf, readProse, writeProse, type Paragraphe } from '#lib/editor/prose.ts';
import type { LiveClient } from '../../tests/support/live-client.ts';
import { LiveWorld } from '../../tests/support/live-world.ts';
import { describeOnEachEngine } from '../../tests/support/engines.ts';
import { chosenSeed, randomFrom } from '../../tests/support/random.ts';
import { RESCUE_REFUSALS } from './device-rescues.ts';
import type { Limits } from './limits.ts';
import { applyRescuing } from './rescue.ts';

const SEED = chosenSeed();

const line = (texte: string): Paragraphe => ({ type: 'paragraphe', contenu: [{ type: 'texte', texte }] });

function textOf(doc: Y.Doc, at: number): Y.XmlText {
	const paragraphe = corpsOf(doc).get(at) as Y.XmlElement;
	return paragraphe.get(0) as Y.XmlText;
}

function copyOf(doc: Y.Doc): Y.Doc {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	return copy;
}

const sinceOf = (doc: Y.Doc, base: Y.Doc) => Y.encodeStateAsUpdate(doc, Y.encodeStateVector(base));

function threeDocs() {
	const server = new Y.Doc();
	writeProse(corpsOf(server), [line('Le premier paragraphe.'), line('Le second.')]);
	return { server, amina: copyOf(server), bruno: copyOf(server) };
}

const textsOf = (rescues: Rescue[]) => rescues.map(({ texte }) => texte);

describe('R85. text that went with a passage which someone else was deleting is given back', () => {
	it('whether the deletion comes after the text…', () => {
		const { server, amina, bruno } = threeDocs();
		textOf(amina, 1).insert(10, ' Et ses habitants.');
		corpsOf(bruno).delete(1, 1);
		expect(applyRescuing(server, [sinceOf(amina, server)])).toEqual([]);
		expect(textsOf(applyRescuing(server, [sinceOf(bruno, server)]))).toEqual([' Et ses habitants.']);
	});

	it('… or before, even once nothing is kept of the passage', () => {
		const { server, amina, bruno } = threeDocs();
		textOf(amina, 1).insert(10, ' Et ses habitants.');
		corpsOf(bruno).delete(1, 1);
		applyRescuing(server, [sinceOf(bruno, server)]);
		expect(textsOf(applyRescuing(server, [sinceOf(amina, server)]))).toEqual([' Et ses habitants.']);
	});

	it('in both orders within one commit', () => {
		const { server, amina, bruno } = threeDocs();
		textOf(amina, 1).insert(10, ' Et ses habitants.');
		corpsOf(bruno).delete(1, 1);
		const updates = [sinceOf(bruno, server), sinceOf(amina, server)];
		expect(textsOf(applyRescuing(copyOf(server), updates))).toEqual([' Et ses habitants.']);
		expect(textsOf(applyRescuing(copyOf(server), updates.toReversed()))).toEqual([' Et ses habitants.']);
	});

	it('even when the same change leaves formats to tidy elsewhere', () => {
		const { server, amina, bruno } = threeDocs();
		textOf(amina, 1).insert(10, ' Et ses habitants.');
		textOf(amina, 0).format(0, 2, { gras: {} });
		corpsOf(bruno).delete(1, 1);
		textOf(bruno, 0).format(0, 2, { gras: {} });
		applyRescuing(server, [sinceOf(amina, server)]);
		expect(textsOf(applyRescuing(server, [sinceOf(bruno, server)]))).toEqual([' Et ses habitants.']);
	});

	it('and nothing of what someone deleted who saw it', () => {
		const { server, bruno } = threeDocs();
		textOf(bruno, 0).delete(3, 8);
		corpsOf(bruno).delete(1, 1);
		expect(applyRescuing(server, [sinceOf(bruno, server)])).toEqual([]);
	});

	it('nor of what someone typed and took back before it left', () => {
		const { server, amina } = threeDocs();
		textOf(amina, 1).insert(10, 'faute');
		textOf(amina, 1).delete(10, 5);
		corpsOf(amina).delete(1, 1);
		expect(applyRescuing(server, [sinceOf(amina, server)])).toEqual([]);
	});

	it(`whatever the order in which 3 people write and delete, each word typed is in the text or given back (seed ${SEED})`, () => {
		for (let round = 0; round < 150; round++) {
			const random = randomFrom(SEED + round);
			const server = new Y.Doc();
			writeProse(corpsOf(server), ['un', 'deux', 'trois', 'quatre'].map(line));
			const people = [copyOf(server), copyOf(server), copyOf(server)];
			const typed = new Map<string, Y.Doc>();
			const meantGone = new Set<string>();
			const rescued: string[] = [];
			const exchange = (doc: Y.Doc) => {
				rescued.push(...textsOf(applyRescuing(server, [sinceOf(doc, server)])));
				Y.applyUpdate(doc, sinceOf(server, doc));
			};
			for (let step = 0; step < 40; step++) {
				const doc = people[random.int(people.length)] as Y.Doc;
				const corps = corpsOf(doc);
				const kind = random.int(10);
				if (kind < 5 && corps.length > 0) {
					const word = `[mot-${round}-${step}]`;
					textOf(doc, random.int(corps.length)).insert(0, word);
					typed.set(word, doc);
				} else if (kind < 7 && corps.length > 0) {
					const at = random.int(corps.length);
					const seen = textOf(doc, at).toString();
					for (const word of typed.keys()) if (seen.includes(word)) meantGone.add(word);
					corps.delete(at, 1);
				} else exchange(doc);
			}
			for (const doc of people) exchange(doc);
			const there = texteOf(readProse(corpsOf(server))) + rescued.join(' ');
			for (const word of typed.keys())
				if (!meantGone.has(word)) expect(there, `round ${round}, ${word}`).toContain(word);
		}
	});
});

describeOnEachEngine('text that someone deleted without having seen it', (world) => {
	async function section() {
		const { pacteId } = await world().addPacte();
		const name = await world().addSection(pacteId, [line('Le premier paragraphe.'), line('Le second.')]);
		const amina = await world().addSomeone('Amina', pacteId, 'redacteur');
		const bruno = await world().addSomeone('Bruno', pacteId, 'redacteur');
		return { pacteId, name, amina, bruno };
	}

	const kept = (name: string) => world().db.selectFrom('rescapes').selectAll().where('document', '=', name).execute();

	it('R85. is kept beside the document under the name of who wrote it, once, whole, and after a compaction too', async () => {
		const { pacteId, name, amina, bruno } = await section();
		const a = world().client(amina, name);
		const b = world().client(bruno, name);
		await Promise.all([a.ready(), b.ready()]);
		b.cut();
		corpsOf(b.doc).delete(1, 1);
		for (const key of ' Écrit pendant ce temps.') textOf(a.doc, 1).insert(textOf(a.doc, 1).length, key);
		await a.saved();
		b.connect();
		await b.saved();
		await a.until(() => corpsOf(a.doc).length === 1);
		await world().collaboration.settle(pacteId);
		expect((await kept(name)).map(({ texte, compte_id }) => ({ texte, compte_id }))).toEqual([
			{ texte: ' Écrit pendant ce temps.', compte_id: amina.compteId }
		]);
		await world().collaboration.rebuild();
		expect(await kept(name)).toHaveLength(1);
	});

	it('R85. is found again in the log when the process ended before it was kept', async () => {
		const { pacteId, name, amina, bruno } = await section();
		const [base, a, b] = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
		const { snapshot } = await world()
			.db.selectFrom('documents')
			.select('snapshot')
			.where('name', '=', name)
			.executeTakeFirstOrThrow();
		for (const doc of [base, a, b]) Y.applyUpdate(doc, snapshot as Uint8Array);
		textOf(a, 0).insert(0, 'Trop tard. ');
		corpsOf(b).delete(0, 1);
		for (const [doc, { compteId }] of [
			[b, bruno],
			[a, amina]
		] as const)
			await world()
				.db.insertInto('mises_a_jour')
				.values({ document: name, compte_id: compteId, data: sinceOf(doc, base), created_at: 0 })
				.execute();
		const reader = world().client(amina, name);
		await reader.ready();
		await world().collaboration.settle(pacteId);
		expect((await kept(name)).map(({ texte }) => texte)).toEqual(['Trop tard. ']);
	});

	/** A network over which only so many more frames of someone's leave; what comes, comes. */
	function narrowNetwork() {
		const network = {
			framesOut: Infinity,
			carry: (direction: 'out' | 'in', deliver: () => void) => {
				if (direction === 'in' || network.framesOut-- > 0) deliver();
			},
			cut: () => undefined
		};
		return network;
	}

	async function cut(client: LiveClient): Promise<void> {
		client.cut();
		await client.until(() => client.closed !== null, 'cut');
	}

	/** Who it is and what it lacks leave, and nothing that it wrote or deleted. */
	async function comeBackAndHearOnly(client: LiveClient, network: ReturnType<typeof narrowNetwork>): Promise<void> {
		network.framesOut = 2;
		client.connect();
		await client.ready();
		await cut(client);
		network.framesOut = Infinity;
	}

	/** Amina writes without network; on her return she hears that the passage is gone, and the network fails before her words leave. */
	async function cutAgain(device = new Map<string, Rescue>()) {
		const scene = await section();
		const { name, amina, bruno } = scene;
		const network = narrowNetwork();
		const a = world().client(amina, name, { network, device });
		const b = world().client(bruno, name);
		await Promise.all([a.ready(), b.ready()]);
		await cut(a);
		textOf(a.doc, 1).insert(0, 'Écrit sans réseau. ');
		corpsOf(b.doc).delete(1, 1);
		await b.saved();
		await comeBackAndHearOnly(a, network);
		expect(corpsOf(a.doc).length).toBe(1);
		return { ...scene, a, b };
	}

	const textsKept = async (name: string) => (await kept(name)).map(({ texte }) => texte);

	it('R85. is kept when the network fails a second time, after its author heard of the deletion and before it arrived', async () => {
		const { pacteId, name, amina, a } = await cutAgain();
		a.connect();
		await a.saved();
		await world().collaboration.settle(pacteId);
		expect(await kept(name)).toMatchObject([{ texte: 'Écrit sans réseau. ', compte_id: amina.compteId }]);
	});

	it('R85. is kept when whoever deletes the passage hears of it in between, and their network fails before the deletion leaves', async () => {
		const { pacteId, name, amina, bruno } = await section();
		const network = narrowNetwork();
		const a = world().client(amina, name);
		const b = world().client(bruno, name, { network });
		await Promise.all([a.ready(), b.ready()]);
		await cut(b);
		corpsOf(b.doc).delete(1, 1);
		textOf(a.doc, 1).insert(0, 'Jamais vu de Bruno. ');
		await a.saved();
		await comeBackAndHearOnly(b, network);
		b.connect();
		await b.saved();
		await a.until(() => corpsOf(a.doc).length === 1, 'the deletion');
		await world().collaboration.settle(pacteId);
		expect(await kept(name)).toMatchObject([{ texte: 'Jamais vu de Bruno. ', compte_id: amina.compteId }]);
	});

	it('R87. words that their author’s page found lost are kept when it was closed before it came back: the device has them', async () => {
		const device = new Map<string, Rescue>();
		const { pacteId, name, amina, a } = await cutAgain(device);
		a.close();
		const again = world().client(amina, name, { doc: copyOf(a.doc), device });
		await again.saved();
		await world().collaboration.settle(pacteId);
		expect(await textsKept(name)).toEqual(['Écrit sans réseau. ']);
		expect(device.size).toBe(0);
	});

	it('R87. words that are sent twice, whole or in parts, are kept once, also once someone has dealt with them', async () => {
		const { pacteId, name, a } = await cutAgain();
		a.connect();
		await a.saved();
		const {
			client_id: client,
			debut: from,
			fin: to,
			texte
		} = (await kept(name))[0] as Awaited<ReturnType<typeof kept>>[0];
		const whole = { client, from, to, texte };
		await said(a, writeRescue(whole), 'garde');
		await world().db.updateTable('rescapes').set({ traite_at: 1 }).where('document', '=', name).execute();
		await said(a, writeRescue(whole), 'garde');
		await said(a, writeRescue(partOf(whole, { client, from: from + 3, to: to - 3 })), 'garde');
		await world().collaboration.settle(pacteId);
		expect(await textsKept(name)).toEqual(['Écrit sans réseau. ']);
	});

	/** Waits for what the server answers to a word. */
	async function said(client: LiveClient, word: string, sort: string): Promise<string | undefined> {
		const before = client.notes.length;
		client.say(word);
		await client.until(() => client.notes.length > before);
		const answer = readAnswer(client.notes.at(-1) as string);
		expect(answer?.sort).toBe(sort);
		return answer?.raison;
	}

	/** Amina's words in a passage that was deleted since, as the server has them. */
	async function gone() {
		const texte = 'Des mots.';
		const scene = await section();
		const a = world().client(scene.amina, scene.name);
		await a.ready();
		textOf(a.doc, 1).insert(0, texte);
		corpsOf(a.doc).delete(1, 1);
		await a.saved();
		return { ...scene, a, rescue: { client: a.doc.clientID, from: 0, to: texte.length, texte } };
	}

	it('R87. only one’s own words are taken, by who may write, of a bounded length, well made; each refusal says why', async () => {
		const { pacteId, name, bruno, a, rescue } = await gone();
		const b = world().client(bruno, name);
		const viewer = world().client(await world().addSomeone('Chloé', pacteId, 'lecteur'), name);
		await Promise.all([b.ready(), viewer.ready()]);
		expect(await said(b, writeRescue(rescue), 'refus')).toBe(RESCUE_REFUSALS.foreign);
		expect(await said(viewer, writeRescue({ ...rescue, client: viewer.doc.clientID }), 'refus')).toBe(
			RESCUE_REFUSALS.readOnly
		);
		const long = 'x'.repeat(LONGEST_RESCUE + 1);
		expect(await said(a, writeRescue({ ...rescue, to: long.length, texte: long }), 'refus')).toBe(
			RESCUE_REFUSALS.tooLong
		);
		const bad = [{ to: rescue.to + 1 }, { from: -1 }, { client: 0.5 }, { texte: 3 }, { to: 0 }];
		for (const change of bad)
			expect(await said(a, writeRescue({ ...rescue, ...change } as Rescue), 'refus')).toBe(RESCUE_REFUSALS.malformed);
		expect(await kept(name)).toEqual([]);
		await said(a, writeRescue(rescue), 'garde');
		expect(await textsKept(name)).toEqual(['Des mots.']);
	});

	it('R87. what the server has not seen go waits on its device: a client id of nobody yet, clocks to come', async () => {
		const { name, a, rescue } = await gone();
		await said(a, writeRescue({ ...rescue, client: 12_345 }), 'attente');
		await said(a, writeRescue({ ...rescue, from: 1_000, to: 1_000 + rescue.texte.length }), 'attente');
		expect(await kept(name)).toEqual([]);
	});

	it('R87. what is in the text is not kept beside it', async () => {
		const { name, amina } = await section();
		const a = world().client(amina, name);
		await a.ready();
		textOf(a.doc, 1).insert(0, 'Toujours là. ');
		await a.saved();
		await said(a, writeRescue({ client: a.doc.clientID, from: 0, to: 13, texte: 'Toujours là. ' }), 'garde');
		expect(await kept(name)).toEqual([]);
	});
});

describe('R87. words that pages bring are bounded', () => {
	const worlds: LiveWorld[] = [];
	afterAll(() => Promise.all(worlds.map((world) => world.remove())));

	/** Someone whose words all went, with the server's answers to each that they bring. */
	async function bringing(limits: Partial<Limits>) {
		const world = await LiveWorld.open({ limits });
		worlds.push(world);
		const { pacteId } = await world.addPacte();
		const name = await world.addSection(pacteId, [line('Le passage.')]);
		const client = world.client(await world.addSomeone('Amina', pacteId, 'redacteur'), name);
		await client.ready();
		textOf(client.doc, 0).insert(0, 'x'.repeat(1_000));
		corpsOf(client.doc).delete(0, 1);
		await client.saved();
		const bring = async (from: number, texte: string) => {
			const before = client.notes.length;
			client.say(writeRescue({ client: client.doc.clientID, from, to: from + texte.length, texte }));
			await client.until(() => client.notes.length > before);
			return readAnswer(client.notes.at(-1) as string);
		};
		return { world, bring };
	}

	it('in all, for one account and document: beyond, the page keeps them and says so', async () => {
		const { world, bring } = await bringing({ rescued: 150 });
		expect(await bring(0, 'a'.repeat(100))).toMatchObject({ sort: 'garde' });
		expect(await bring(200, 'b'.repeat(100))).toMatchObject({ sort: 'refus', raison: RESCUE_REFUSALS.full });
		expect(await bring(0, 'a'.repeat(100))).toMatchObject({ sort: 'garde' });
		expect(await world.db.selectFrom('rescapes').select('texte').execute()).toEqual([{ texte: 'a'.repeat(100) }]);
	});

	it('in number: what comes faster waits for the next connection', async () => {
		const { bring } = await bringing({ rescueBurst: 2, rescuesPerSecond: 0.000_1 });
		expect(await bring(0, 'a')).toMatchObject({ sort: 'garde' });
		expect(await bring(10, 'b')).toMatchObject({ sort: 'garde' });
		expect(await bring(20, 'c')).toMatchObject({ sort: 'attente' });
	});
});
