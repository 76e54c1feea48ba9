// Months of use in minutes: people come and go, others write on, and the server must not grow.
import { rmSync } from 'node:fs';
import type * as Y from 'yjs';
import type { DocumentName } from '#lib/documents/document.ts';
import { texteOf } from '#lib/fiches/fiche.ts';
import { LiveClient } from '../../support/live-client.ts';
import { startLiveProcess, type LiveProcess, type Weight } from '../../support/live-process.ts';
import { LiveWorld, type Someone } from '../../support/live-world.ts';
import { randomFrom, type Random } from '../../support/random.ts';
import { atLeast, atMost, inFrench, inMib, MIB, none, type Figure } from '../campaign.ts';

export interface SoakOptions {
	joins: number;
	edits: number;
	seed: number;
}

export interface SoakOutcome {
	joins: number;
	edits: number;
	/** After each tenth, with the same people there, after a forced collection. */
	weights: Weight[];
	/** Documents that someone sees otherwise than the others at the end. */
	divergent: number;
}

const POINTS = 10;
const DOCUMENTS = 10;
const RESIDENTS = 30;
const JOINING_AT_ONCE = 5;
/** Keys of one batch, typed and taken back, so that the text stays as long as it is. */
const KEYS = 100;
const EDITS_PER_BATCH = 2 * KEYS;
/** The first tenth warms up, and does not count. */
const SEGMENTS = POINTS + 1;

/** Yjs keeps a trace of each batch that was taken back, about 200 bytes: 2 MiB for ten thousand of them. */
export const MOST_GROWTH = 6 * MIB;

export async function runSoak({ joins, edits, seed }: SoakOptions): Promise<SoakOutcome> {
	const random = randomFrom(seed);
	const { dataDir, names, people } = await prepare();
	const server = await startLiveProcess({ dataDir });
	const open = (person: number, name: DocumentName) =>
		new LiveClient({ url: server.url, name, cookie: (people[person] as Someone).cookie, reconnect: true });
	const residents = people.map((_, i) => open(i, names[i % DOCUMENTS] as DocumentName));
	const outcome: SoakOutcome = { joins: 0, edits: 0, weights: [], divergent: 0 };
	try {
		await Promise.all(residents.map((client) => client.ready()));
		for (let segment = 0; segment < SEGMENTS; segment++) {
			const batches = Math.ceil(edits / SEGMENTS / EDITS_PER_BATCH / RESIDENTS);
			const visits = Math.ceil(joins / SEGMENTS);
			const visit = () => comeAndGo(open(random.int(RESIDENTS), random.pick(names) as DocumentName), random);
			await Promise.all([
				...residents.map((client) => writeOn(client, batches, random)),
				...Array.from({ length: JOINING_AT_ONCE }, () => repeat(visits / JOINING_AT_ONCE, visit))
			]);
			outcome.edits += batches * EDITS_PER_BATCH * RESIDENTS;
			outcome.joins += Math.ceil(visits / JOINING_AT_ONCE) * JOINING_AT_ONCE;
			if (segment > 0) outcome.weights.push(await calmWeight(server));
		}
		outcome.divergent = await countDivergent(residents, names);
		return outcome;
	} finally {
		for (const client of residents) client.close();
		await server.kill();
		rmSync(dataDir, { recursive: true, force: true });
	}
}

export function figuresOf({ joins, edits, weights, divergent }: SoakOutcome, wanted: SoakOptions): Figure[] {
	const heaps = weights.map(({ heap }) => heap);
	const handles = weights.map((weight) => weight.handles);
	const seen = heaps.map((heap) => inFrench(heap / MIB)).join(' ');
	return [
		atLeast('arrivées suivies d’un départ', joins, wanted.joins),
		atLeast('modifications', edits, wanted.edits),
		atMost(`pente du tas sur toute la campagne, collecte forcée (${seen})`, trendOf(heaps), MOST_GROWTH, inMib),
		atMost(
			`écart entre les nombres de prises ouvertes (${handles.join(' ')})`,
			Math.max(...handles) - Math.min(...handles),
			2
		),
		none('documents qui diffèrent à la fin', divergent)
	];
}

/** How much the straight line through the points rises from the first to the last. */
export function trendOf(values: readonly number[]): number {
	const middle = (values.length - 1) / 2;
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	let [covariance, variance] = [0, 0];
	values.forEach((value, i) => {
		covariance += (i - middle) * (value - mean);
		variance += (i - middle) ** 2;
	});
	return (covariance / variance) * (values.length - 1);
}

async function prepare() {
	const world = await LiveWorld.open();
	const { pacteId } = await world.addPacte();
	const names: DocumentName[] = [];
	while (names.length < DOCUMENTS) names.push(await world.addFiche(pacteId));
	const people: Someone[] = [];
	while (people.length < RESIDENTS)
		people.push(await world.addSomeone(`Personne ${people.length}`, pacteId, 'redacteur'));
	await world.close();
	return { dataDir: world.dataDir, names, people };
}

async function writeOn(client: LiveClient, batches: number, random: Random): Promise<void> {
	for (let batch = 0; batch < batches; batch++) {
		const text = texteOf(client.doc, 'echeance') as Y.Text;
		client.doc.transact(() => {
			const at = random.int(text.length + 1);
			for (let i = 0; i < KEYS; i++) text.insert(at + i, 'é');
			for (let i = KEYS; i > 0; i--) text.delete(at + i - 1, 1);
			// Something stays, a little.
			if (random.chance(0.02)) text.insert(at, 'x');
		});
		await client.saved();
	}
}

/** Somebody looks in, writes a word and takes it back, and leaves. */
async function comeAndGo(client: LiveClient, random: Random): Promise<void> {
	await client.ready();
	await writeOn(client, random.int(2), random);
	client.close();
	await client.until(() => client.closed !== null, 'has left');
}

async function repeat(times: number, act: () => Promise<void>): Promise<void> {
	for (let i = 0; i < times; i++) await act();
}

/** Once the sockets of those who left are closed on the other side too. */
async function calmWeight(server: LiveProcess): Promise<Weight> {
	let weight = await server.weigh();
	for (let before = Infinity; weight.handles < before; weight = await server.weigh()) before = weight.handles;
	return weight;
}

async function countDivergent(residents: readonly LiveClient[], names: readonly DocumentName[]): Promise<number> {
	let divergent = 0;
	for (let i = 0; i < names.length; i++) {
		const there = residents.filter((_, resident) => resident % DOCUMENTS === i);
		const textOf = ({ doc }: LiveClient) => texteOf(doc, 'echeance')?.toString() ?? '';
		const isSame = () => new Set(there.map(textOf)).size === 1;
		await Promise.all(there.map((client) => client.until(isSame, 'the same text').catch(() => undefined)));
		if (!isSame()) divergent++;
	}
	return divergent;
}
