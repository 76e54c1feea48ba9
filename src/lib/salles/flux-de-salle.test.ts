import { expect, test } from 'vitest';
import { FluxDeSalle, type Envoi, type Source } from './flux-de-salle.ts';

const DEBUT: Envoi<string> = { type: 'debut', revision: 7, maintenant: 0, vue: 'vue' };
const RIEN: Envoi<string> = { type: 'rien', revision: 7, maintenant: 0 };

class Flow implements Source {
	onmessage: Source['onmessage'] = null;
	onopen: Source['onopen'] = null;
	onerror: Source['onerror'] = null;
	readyState = 1;
	readonly url: string;
	constructor(url: string) {
		this.url = url;
	}
	close(): void {
		this.readyState = 2;
	}
	say(envoi: Envoi<string>): void {
		this.onmessage?.({ data: JSON.stringify(envoi) });
	}
	fail(isFinal: boolean): void {
		if (isFinal) this.readyState = 2;
		this.onerror?.();
	}
}

/** A page whose time and network the test moves. */
function page() {
	const flows: Flow[] = [];
	const questions: { url: string; answer: (status: number, envoi?: Envoi<string>) => void }[] = [];
	const received: Envoi<string>[] = [];
	const lines: boolean[] = [];
	let timers: { at: number; run: () => void }[] = [];
	let now = 0;
	const flux = new FluxDeSalle<string>({
		url: '/flux?comme=siege',
		onEnvoi: (envoi) => received.push(envoi),
		onLigne: (enLigne) => lines.push(enLigne),
		monde: {
			ouvrir(url) {
				flows.push(new Flow(url));
				return flows.at(-1)!;
			},
			demander: (url, signal) =>
				new Promise((resolve, reject) => {
					signal.addEventListener('abort', () => reject(new Error('aborted')));
					questions.push({
						url,
						answer: (status, envoi) => resolve({ ok: status === 200, status, json: async () => envoi })
					});
				}),
			plusTard(milliseconds, run) {
				const timer = { at: now + milliseconds, run };
				timers.push(timer);
				return () => (timers = timers.filter((each) => each !== timer));
			}
		}
	});
	const pass = async (milliseconds: number) => {
		now += milliseconds;
		const due = timers.filter(({ at }) => at <= now);
		timers = timers.filter((timer) => !due.includes(timer));
		for (const { run } of due) run();
		await settled();
	};
	return { flux, flows, questions, received, lines, pass, enLigne: () => lines.at(-1) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a stream that is heard stays the only way', async () => {
	const { flux, flows, questions, received, pass, enLigne } = page();
	flux.start();
	flows[0]!.say(DEBUT);
	for (let i = 0; i < 10; i++) {
		await pass(25_000);
		flows[0]!.say(RIEN);
	}
	expect([flows.length, questions.length, received.length, enLigne()]).toEqual([1, 0, 11, true]);
});

test('a stream that a proxy holds back gives way to questions, each from the revision that the page has', async () => {
	const { flux, flows, questions, received, pass, enLigne } = page();
	flux.start();
	await pass(6_000);
	expect(flows[0]!.readyState).toBe(2);
	expect(questions.map(({ url }) => url)).toEqual(['/flux?comme=siege&attendre=1']);
	questions[0]!.answer(200, DEBUT);
	await settled();
	expect([received, enLigne()]).toEqual([[DEBUT], true]);
	await pass(1_000);
	expect(questions[1]!.url).toBe('/flux?comme=siege&attendre=1&revision=7');
});

test('a stream that is refused gives way to questions, that wait longer and longer for a server that is away', async () => {
	const { flux, flows, questions, pass, enLigne } = page();
	flux.start();
	flows[0]!.fail(true);
	for (const pause of [2_000, 4_000, 8_000, 15_000, 15_000]) {
		questions.at(-1)!.answer(502);
		await settled();
		const asked = questions.length;
		await pass(pause - 1);
		expect(questions).toHaveLength(asked);
		await pass(1);
		expect(questions).toHaveLength(asked + 1);
	}
	expect(enLigne()).toBe(false);
	questions.at(-1)!.answer(200, DEBUT);
	await settled();
	expect(enLigne()).toBe(true);
});

test('a stream that is open and dead is opened again, from the revision that the page has', async () => {
	const { flux, flows, pass } = page();
	flux.start();
	flows[0]!.say(DEBUT);
	await pass(60_000);
	expect(flows.map(({ url }) => url)).toEqual(['/flux?comme=siege', '/flux?comme=siege&revision=7']);
	expect(flows[0]!.readyState).toBe(2);
});

test('a seat that is gone is said once, and nothing is asked any more', async () => {
	const { flux, flows, questions, received, pass } = page();
	flux.start();
	flows[0]!.fail(true);
	questions[0]!.answer(401);
	await settled();
	await pass(120_000);
	flux.start();
	expect([received, flows.length, questions.length]).toEqual([[{ type: 'fin' }], 1, 1]);
});

test('a page that stops following leaves nothing open, and may follow again', async () => {
	const { flux, flows, questions, pass } = page();
	flux.start();
	await pass(6_000);
	flux.stop();
	await pass(120_000);
	expect([flows.length, questions.length]).toEqual([1, 1]);
	flux.start();
	expect(flows).toHaveLength(2);
});
