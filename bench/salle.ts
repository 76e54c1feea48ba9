/*
 * A world café of 120 people on a real server, over loopback: how soon a card is on another screen of its table, how soon all
 * have the next step, what the server uses, what an idle table costs, and whether everyone gets in.
 *   npm run build && npx node bench/salle.ts
 */
import { readFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Envoi } from '../server/salles/salles.ts';
import { newId } from '../server/ids.ts';
import { startSalleEnDirect } from '../tests/support/salle-en-direct.ts';
import { Visiteur } from '../tests/support/visiteur.ts';
import { report, sayLoad } from './mesures.ts';

const GOALS = { seen: 300, join: 60_000, idle: 2_048, memory: 512 * 1024 ** 2, cores: 1 };
const PEOPLE = 120;
const TABLES = 24;
const CARDS_PER_TABLE_AND_MINUTE = 6;
const MINUTES = Number(process.env.MINUTES ?? 3);
const IDLE_MS = 60_000;
/** Of the kernel's clock, in which /proc counts processor time. */
const TICKS_PER_SECOND = 100;

/** Someone at a table: a cookie, and a feed that is listened to. */
class Personne {
	readonly table: number;
	readonly cookie: string;
	bytes = 0;
	onText: (text: string, at: number) => void = () => {};
	#response: IncomingMessage | null = null;

	constructor(table: number, cookie: string) {
		this.table = table;
		this.cookie = cookie;
	}

	/** Resolves with its first view. */
	listen(url: string): Promise<void> {
		return new Promise((resolve, reject) => {
			const asked = request(url, { headers: { cookie: this.cookie, accept: 'text/event-stream' } }, (response) => {
				this.#response = response;
				let rest = '';
				response.setEncoding('utf8').on('data', (chunk: string) => {
					const at = performance.now();
					this.bytes += Buffer.byteLength(chunk);
					const events = (rest + chunk).split('\n\n');
					rest = events.pop() ?? '';
					for (const event of events) {
						const data = /^data: (.*)$/m.exec(event)?.[1];
						if (data === undefined) continue;
						if ((JSON.parse(data) as Envoi).type === 'debut') resolve();
						else this.onText(data, at);
					}
				});
				if (response.statusCode !== 200) reject(new Error(`The feed was refused: ${response.statusCode}`));
			});
			asked.on('error', reject);
			asked.end();
		});
	}

	leave(): void {
		this.#response?.destroy();
	}
}

sayLoad();
const scene = await startSalleEnDirect({
	tables: Array.from({ length: TABLES }, (_, i) => ({ nom: `Table ${i + 1}`, hote: '', places: null })),
	tours: 2
});
const { serveur, seanceId, jeton } = scene;
const people: Personne[] = [];
try {
	await joinAll();
	const feed = `${serveur.url}/salle/${seanceId}/flux?comme=siege`;
	await Promise.all(people.map((person) => person.listen(feed)));
	await scene.etape('tour', 1);
	await delay(2_000);
	await measureIdle();
	const before = processorSeconds();
	const since = performance.now();
	await measureCards();
	const used = (processorSeconds() - before) / ((performance.now() - since) / 1_000);
	say('processeur du serveur (cœurs)', used.toFixed(2), used <= GOALS.cores, GOALS.cores);
	await measureStep();
	const memory = peakMemory();
	say('mémoire du serveur, au plus (Mo)', (memory / 1024 ** 2).toFixed(0), memory <= GOALS.memory, 512);
} finally {
	for (const person of people) person.leave();
	await scene.close();
}

/** All from one address, as behind the box of a hall. */
async function joinAll(): Promise<void> {
	const since = performance.now();
	const times: number[] = [];
	let refused = 0;
	await Promise.all(
		Array.from({ length: PEOPLE }, async (_, i) => {
			const started = performance.now();
			const visitor = new Visiteur(serveur.url);
			const table = (i % TABLES) + 1;
			const entered = await visitor.get(`/r/${jeton}?table=${table}`);
			const seated = await visitor.get(entered.headers.location ?? '/');
			if (entered.status !== 303 || seated.status !== 200) refused++;
			times.push(performance.now() - started);
			people.push(new Personne(table, visitor.cookie));
		})
	);
	const all = performance.now() - since;
	say(`${PEOPLE} arrivées d’une adresse : refusées`, String(refused), refused === 0, 0);
	say(`${PEOPLE} arrivées : en tout (ms)`, all.toFixed(0), all <= GOALS.join, GOALS.join);
	report('une arrivée, toutes à la fois (ms)', times, null);
}

async function measureIdle(): Promise<void> {
	for (const person of people) person.bytes = 0;
	await delay(IDLE_MS);
	const most = Math.max(...people.map(({ bytes }) => bytes));
	say('un appareil qui ne fait rien, par minute (octets)', String(most), most <= GOALS.idle, GOALS.idle);
}

/** From the post of a card to each other screen of its table. */
async function measureCards(): Promise<void> {
	const times: number[] = [];
	const sent = new Map<string, { at: number; table: number; missing: number }>();
	let last = 0;
	for (const person of people)
		person.onText = (data, at) => {
			for (const word of data.matchAll(/carte-de-mesure-\d+/g)) {
				const card = sent.get(word[0]);
				if (!card || card.table !== person.table || card.missing <= 0) continue;
				card.missing--;
				times.push(at - card.at);
			}
		};
	const pause = 60_000 / (TABLES * CARDS_PER_TABLE_AND_MINUTE);
	const count = TABLES * CARDS_PER_TABLE_AND_MINUTE * MINUTES;
	const posts: Promise<void>[] = [];
	for (; last < count; last++) {
		const table = (last % TABLES) + 1;
		const here = people.filter((person) => person.table === table);
		const author = here[Math.floor(last / TABLES) % here.length];
		if (!author) throw new Error('A table is empty');
		const word = `carte-de-mesure-${last}`;
		// Its author's screen shows it at once, without the server.
		sent.set(word, { at: performance.now(), table, missing: here.length });
		posts.push(post(author, word));
		await delay(pause);
	}
	await Promise.all(posts);
	await delay(2_000);
	const missing = [...sent.values()].reduce((sum, card) => sum + Math.max(0, card.missing), 0);
	say('cartes qu’un écran de leur table n’a pas eues', String(missing), missing === 0, 0);
	report('d’une carte à un écran de sa table (ms)', times, GOALS.seen, 0.95);
}

async function post(author: Personne, texte: string): Promise<void> {
	const response = await fetch(`${serveur.url}/salle/${seanceId}/actes`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', Cookie: author.cookie },
		body: JSON.stringify({ comme: 'siege', actes: [{ cle: newId(), acte: 'ajouterCarte', donnees: { texte } }] })
	});
	if (!/"fait":true/.test(await response.text())) throw new Error(`A card was refused: ${response.status}`);
}

/** From the facilitator's touch to each of the 120. */
async function measureStep(): Promise<void> {
	const times: number[] = [];
	const all = new Promise<void>((resolve) => {
		for (const person of people)
			person.onText = (data, at) => {
				if (!data.includes('"deplacement"')) return;
				person.onText = () => {};
				times.push(at - since);
				if (times.length === people.length) resolve();
			};
	});
	const since = performance.now();
	await scene.etape('deplacement', 2);
	await Promise.race([all, delay(10_000)]);
	say('personnes qui ont l’étape suivante', String(times.length), times.length === people.length, people.length);
	report('de l’étape suivante à chaque écran (ms)', times, 1_000, 0.95);
}

/** User and system time of the server, in seconds. */
function processorSeconds(): number {
	const fields = readFileSync(`/proc/${serveur.pid}/stat`, 'utf8')
		.replace(/^.*\) /, '')
		.split(' ');
	return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

function peakMemory(): number {
	return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${serveur.pid}/status`, 'utf8'))?.[1]) * 1024;
}

function say(what: string, value: string, isGood: boolean, goal: number): void {
	console.log(`${what} : ${value}${isGood ? '' : ' !'} (but : ${goal})`);
}
