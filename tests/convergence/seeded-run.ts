// One seeded run: a few people at once on one document, through the real server, over networks that fail.
import * as Y from 'yjs';
import { holdsOnlyOwnText } from '#lib/collaboration/own-undo.ts';
import { readFiche, texteOf } from '#lib/fiches/fiche.ts';
import { readArbre, subtree } from '#lib/orientations/arbre.ts';
import type { DocumentName } from '#lib/documents/document.ts';
import { readProse, corpsOf, type Prose } from '#lib/editor/prose.ts';
import type { LiveClient } from '../support/live-client.ts';
import type { LiveWorld, Someone } from '../support/live-world.ts';
import { randomFrom, type Random } from '../support/random.ts';
import { SlowNetwork } from '../support/slow-network.ts';
import { actOnFiche, actOnLivrables, actOnTree, MODELE_LARGE, writeStep } from './operations.ts';
import { actOnProse, wordsIn, writeWord } from './prose-operations.ts';

export interface RunOptions {
	seed: number;
	operations: number;
}

export interface RunOutcome {
	seed: number;
	people: number;
	cuts: number;
	/** What is wrong at the end; empty when all is well. */
	faults: string[];
}

/** Undone as in a browser, where a few acts of the same moment are one. */
const UNDOABLE = { undoable: true };
/** What a test must find again, and nobody takes back. */
const KEPT = { undoable: false };

interface Peer {
	client: LiveClient;
	network: SlowNetwork;
	undo: Y.UndoManager;
	/** What it sent last: sent again after a cut, as a tab does that does not know what arrived. */
	last: Uint8Array | null;
}

/** People of a pacte that many runs share; each run has a document of its own. */
export interface Crowd {
	pacteId: string;
	people: Someone[];
}

const MOST_PEOPLE = 8;

export async function gatherCrowd(world: LiveWorld): Promise<Crowd> {
	const { pacteId } = await world.addPacte();
	const people = Array.from({ length: MOST_PEOPLE }, (_, i) =>
		world.addSomeone(`Personne ${i}`, pacteId, 'equipe_projet')
	);
	return { pacteId, people: await Promise.all(people) };
}

/** The same seed gives the same people, acts and cuts; what arrives when also depends on the machine. */
export async function runSeed(world: LiveWorld, crowd: Crowd, { seed, operations }: RunOptions): Promise<RunOutcome> {
	const random = randomFrom(seed);
	const people = crowd.people.slice(0, 3 + random.int(MOST_PEOPLE - 2));
	const isTree = random.chance(0.5);
	const run = await (seed % 3 === 1
		? proseRun(world, crowd.pacteId)
		: isTree
			? treeRun(world, people)
			: ficheRun(world, crowd.pacteId, seed % 5 === 0 || seed % 5 === 4));
	const peers = people.map((someone) => peerOf(world, someone, run.name, random));
	const outcome: RunOutcome = { seed, people: people.length, cuts: 0, faults: [] };
	try {
		await cross(peers, () => peers.every(({ client }) => client.synced));
		for (let step = 0; step < operations; step++) {
			const peer = random.pick(peers) as Peer;
			const { doc } = peer.client;
			const once = () => act(peer, random, (undoable) => run.act(doc, step, random, undoable));
			if (run.watch) run.watch(doc, once);
			else once();
			if (random.chance(0.02)) outcome.cuts += cut(peer);
			for (const { network } of peers) network.turn();
			if (random.chance(0.5)) await nextTurn();
		}
		for (const { network } of peers) network.heal();
		outcome.faults.push(...(await settle(world, run.name, peers)));
		if (outcome.faults.length === 0)
			outcome.faults.push(...(await run.faultsIn(peers.map(({ client }) => client.doc))));
	} catch (error) {
		outcome.faults.push(String(error));
	} finally {
		for (const { client, undo } of peers) {
			undo.destroy();
			client.close();
		}
	}
	return outcome;
}

interface Run {
	name: DocumentName;
	act(doc: Y.Doc, step: number, random: Random, undoable: boolean): void;
	/** Looks at what someone does, undoing included. */
	watch?(doc: Y.Doc, act: () => void): void;
	faultsIn(docs: Y.Doc[]): string[] | Promise<string[]>;
}

/**
 * Half of the acts on a fiche write words, which must all be there once; the others are undone now and then. `withTables`: on merged
 * cells, choices and schemas too.
 */
async function ficheRun(world: LiveWorld, pacteId: string, withTables: boolean): Promise<Run> {
	const words: string[] = [];
	return {
		name: await world.addFiche(pacteId, MODELE_LARGE),
		act(doc, step, random, undoable) {
			if (undoable && withTables && random.chance(0.7)) return actOnLivrables(doc, step, random);
			if (undoable) return actOnFiche(doc, step, random);
			words.push(String(step));
			writeStep(doc, step, random);
		},
		faultsIn(docs) {
			const found = texteOf(docs[0] as Y.Doc, 'echeance')
				?.toString()
				.split(';')
				.slice(0, -1);
			const faults = sameFor(docs, (doc) => readFiche(doc, MODELE_LARGE));
			if (found?.sort().join() !== words.sort().join()) faults.push('a word is missing, or there twice');
			return faults;
		}
	};
}

const DEBUT: Prose = ['un', 'deux', 'trois', 'quatre'].map((texte) => ({
	type: 'paragraphe',
	contenu: [{ type: 'texte', texte }]
}));

/**
 * Words are written anywhere in a section while what holds them is styled, cut and removed, and networks fail. Each is in the text, or
 * among what was saved from deleted passages, unless someone who saw it took it away.
 */
async function proseRun(world: LiveWorld, pacteId: string): Promise<Run> {
	const name = await world.addSection(pacteId, DEBUT);
	const written = new Set<string>();
	const meantGone = new Set<string>();
	return {
		name,
		act(doc, step, random, undoable) {
			if (random.chance(undoable ? 0.7 : 0.3)) return actOnProse(doc, step, random);
			writeWord(doc, `[${step}]`, random);
		},
		watch(doc, act) {
			const before = new Set(wordsIn(doc));
			act();
			const after = new Set(wordsIn(doc));
			for (const word of before) if (!after.has(word)) meantGone.add(word);
			for (const word of after) written.add(word);
		},
		async faultsIn(docs) {
			const faults = sameFor(docs, (doc) => readProse(corpsOf(doc)));
			await world.collaboration.settle(pacteId);
			const kept = await world.db.selectFrom('rescapes').select('texte').where('document', '=', name).execute();
			const saved = kept.map(({ texte }) => texte).join('\n');
			const there = wordsIn(docs[0] as Y.Doc);
			for (const word of written) {
				if (meantGone.has(word)) continue;
				const times = there.filter((each) => each === word).length;
				if (times > 1) faults.push(`${word} is there ${times} times`);
				if (times === 0 && !saved.includes(word)) faults.push(`${word} is lost`);
			}
			return faults;
		}
	};
}

/** Every action that somebody added for good is there, and each node is in one place. */
async function treeRun(world: LiveWorld, people: readonly Someone[]): Promise<Run> {
	const { orientations, pacteId } = await world.addPacte();
	await Promise.all(people.map(({ compteId }) => world.addRole(compteId, pacteId, 'equipe_projet')));
	const actions = new Set<string>();
	return {
		name: orientations,
		act(doc, step, random, undoable) {
			const action = actOnTree(doc, step, random);
			if (action && !undoable) actions.add(action);
		},
		faultsIn(docs) {
			const faults = sameFor(docs, (doc) => readArbre(doc).racines);
			const { racines, aClasser, parId } = readArbre(docs[0] as Y.Doc);
			const placed = [...racines, ...aClasser].flatMap((noeud) => [...subtree(noeud)].map(({ id }) => id));
			if (placed.length !== new Set(placed).size) faults.push('a node is in two places');
			if (placed.length !== parId.size) faults.push('a node is nowhere');
			for (const action of actions) if (!parId.has(action)) faults.push(`${action} is lost`);
			return faults;
		}
	};
}

function peerOf(world: LiveWorld, someone: Someone, name: DocumentName, random: Random): Peer {
	const network = new SlowNetwork(randomFrom(random.int(2 ** 31)));
	const client = world.client(someone, name, { reconnect: true, network, comeBackAfter: 1 + random.int(10) });
	const undo = new Y.UndoManager(client.doc, {
		trackedOrigins: new Set([UNDOABLE]),
		deleteFilter: holdsOnlyOwnText,
		captureTimeout: 5
	});
	const peer: Peer = { client, network, undo, last: null };
	client.doc.on('update', (update: Uint8Array, origin: unknown) => {
		if (origin === KEPT || origin === UNDOABLE) peer.last = update;
	});
	return peer;
}

function act({ client, undo }: Peer, random: Random, operate: (undoable: boolean) => void): void {
	const undoable = random.chance(0.5);
	if (undoable && random.chance(0.15)) undo.undo();
	else if (undoable && random.chance(0.05)) undo.redo();
	else client.doc.transact(() => operate(undoable), undoable ? UNDOABLE : KEPT);
}

function cut({ client, last }: Peer): number {
	if (!client.synced) return 0;
	client.cut();
	// Once it is back, what it does not know to have arrived arrives a second time.
	if (last) void repeatOnReturn(client, last).catch(() => undefined);
	return 1;
}

async function repeatOnReturn(client: LiveClient, update: Uint8Array): Promise<void> {
	await client.until(() => !client.synced, 'cut');
	await client.ready();
	client.repeat(update);
}

async function cross(peers: readonly Peer[], isDone: () => boolean): Promise<void> {
	while (!isDone()) {
		for (const { network } of peers) network.turn();
		await nextTurn();
	}
}

/** All is acknowledged, and everyone holds what is durable. */
async function settle(world: LiveWorld, name: DocumentName, peers: readonly Peer[]): Promise<string[]> {
	const countEdits = () => peers.reduce((sum, { client }) => sum + client.edits, 0);
	for (;;) {
		const edits = countEdits();
		await Promise.all(peers.map(({ client }) => client.saved()));
		const durable = await world.collaboration.read(name, stateOf);
		const isEqual = ({ client }: Peer) => client.synced && stateOf(client.doc) === durable;
		const isDone = (peer: Peer) => isEqual(peer) || countEdits() > edits;
		const late = peers.map((peer) => peer.client.until(() => isDone(peer), 'what is durable'));
		const results = await Promise.allSettled(late);
		// Yjs tidies formats that others changed: an edit more, of nobody's.
		if (countEdits() === edits)
			return results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []));
	}
}

function sameFor(docs: readonly Y.Doc[], read: (doc: Y.Doc) => unknown): string[] {
	return new Set(docs.map((doc) => JSON.stringify(read(doc)))).size === 1 ? [] : ['people read different things'];
}

/** Clocks and deletions: equal only for equal documents. */
function stateOf(doc: Y.Doc): string {
	return Buffer.from(Y.encodeSnapshot(Y.snapshot(doc))).toString('base64');
}

function nextTurn(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}
