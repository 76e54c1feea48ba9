// A store that is away for as long as real ones are: what people are told, what the process does, what is lost.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { texteOf } from '#lib/fiches/fiche.ts';
import type { LiveClient } from '../../support/live-client.ts';
import { LiveWorld } from '../../support/live-world.ts';
import { OVER, TOLD, type Failure } from '../../support/failing-store.ts';
import { atLeast, atMost, none, type Figure } from '../campaign.ts';

export interface Outage {
	/** What people call it, in French. */
	title: string;
	fail: Failure;
	seconds: number;
	databaseUrl?: string | null;
}

export interface Outcome {
	title: string;
	/** Milliseconds until the last of the writers was told. */
	told: number;
	/** The longest that the event loop stood still, in milliseconds. */
	longestPause: number;
	typed: number;
	/** Acknowledged although nothing could be stored. */
	lies: number;
	/** Words that are not there afterwards, or twice. */
	wrong: number;
	/** Milliseconds from the mending until everything was stored, without a new edit. */
	caughtUp: number;
}

const WRITERS = 4;
const KEY_EVERY = 150;
/** More than what is left of a page. */
const LONG = ' Ouvrir un lieu à Valmorin.'.repeat(1_000);

/** People write through the whole outage, then stop; the rest comes by itself. */
export async function runOutage({ title, fail, seconds, databaseUrl = null }: Outage): Promise<Outcome> {
	const world = await LiveWorld.open({ databaseUrl });
	const silenced = console.error;
	console.error = () => undefined;
	try {
		const clients = await openWriters(world);
		const before = clients.map(({ acknowledged }) => acknowledged);
		const delays = monitorEventLoopDelay({ resolution: 5 });
		delays.enable();
		const mend = await fail(world);
		const since = performance.now();
		clients.forEach((client, writer) => writeWord(client, writer, LONG));
		await Promise.all(clients.map((client) => client.until(() => client.notes.includes(TOLD), 'told')));
		const told = performance.now() - since;
		while (performance.now() - since < seconds * 1000) {
			await pause(KEY_EVERY);
			clients.forEach((client, writer) => writeWord(client, writer));
		}
		const lies = clients.filter((client, i) => client.acknowledged > (before[i] as number)).length;
		await mend();
		const mended = performance.now();
		await Promise.all(clients.map((client) => client.saved()));
		const caughtUp = performance.now() - mended;
		await Promise.all(clients.map((client) => client.until(() => client.notes.at(-1) === OVER, 'over')));
		delays.disable();
		const typed = clients.reduce((sum, { edits }) => sum + edits, 0);
		await Promise.all(clients.map((client) => client.until(() => wordsOf(client).length >= typed, 'all the words')));
		const wrong = clients.reduce((sum, client) => sum + Math.abs(new Set(wordsOf(client)).size - typed), 0);
		return { title, told, longestPause: delays.max / 1e6, typed, lies, wrong, caughtUp };
	} finally {
		await world.remove();
		console.error = silenced;
	}
}

export function figuresOf(outcomes: readonly Outcome[]): Figure[] {
	return outcomes.flatMap(({ title, told, longestPause, typed, lies, wrong, caughtUp }) => [
		atMost(`${title} : dit à tous en (ms)`, Math.round(told), 2_000),
		atMost(`${title} : plus long arrêt du processus (ms)`, Math.round(longestPause), 200),
		atLeast(`${title} : frappes pendant la panne`, typed, WRITERS * 5),
		none(`${title} : « enregistré » sans l’être`, lies),
		none(`${title} : frappes perdues ou doublées`, wrong),
		atMost(`${title} : tout enregistré après la panne en (ms)`, Math.round(caughtUp), 5_000)
	]);
}

async function openWriters(world: LiveWorld): Promise<LiveClient[]> {
	const { pacteId, fiche } = await world.addPacte();
	const people = Array.from({ length: WRITERS }, (_, i) => world.addSomeone(`Rédacteur ${i}`, pacteId, 'redacteur'));
	const clients = (await Promise.all(people)).map((someone) => world.client(someone, fiche, { reconnect: true }));
	await Promise.all(clients.map((client) => client.ready()));
	clients.forEach((client, writer) => writeWord(client, writer));
	await Promise.all(clients.map((client) => client.saved()));
	await world.collaboration.settle();
	return clients;
}

function writeWord(client: LiveClient, writer: number, more = ''): void {
	texteOf(client.doc, 'echeance')?.insert(0, `${writer}:${client.edits}${more};`);
}

function wordsOf(client: LiveClient): string[] {
	return (texteOf(client.doc, 'echeance')?.toString() ?? '').split(';').slice(0, -1);
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
