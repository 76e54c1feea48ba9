import { expect, test } from 'vitest';
import { patientFetch } from './patient-fetch.ts';

const PAGE = 'http://copacte.example/pactes/p/synthese';
const DATA = `${PAGE}/__data.json?annee=2027&x-sveltekit-invalidated=0001`;

/** A network that answers each of these in turn: an error is one that is thrown. */
function networkOf(...answers: (Response | Error)[]) {
	const asked: string[] = [];
	const pauses: number[] = [];
	const read = patientFetch({
		fetch: async (input) => {
			asked.push(input as string);
			const answer = answers.shift();
			if (!answer || answer instanceof Error) throw answer ?? new Error('rien n’était prévu');
			return answer;
		},
		pause: async (ms) => void pauses.push(ms)
	});
	return { read, asked, pauses };
}

const cut = () => new TypeError('Failed to fetch');
const answer = (body: string, status = 200) => new Response(body, { status });

test('what a page reads waits for the network, longer each time up to 15 s', async () => {
	const network = networkOf(...Array.from({ length: 6 }, cut), answer('{"type":"data"}'));
	expect(await (await network.read(DATA)).text()).toBe('{"type":"data"}');
	expect(network.pauses).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
});

test('an answer that is cut half way is asked for again', async () => {
	const half = new ReadableStream({
		start(controller) {
			controller.enqueue(new TextEncoder().encode('{"type":'));
		},
		pull: (controller) => controller.error(cut())
	});
	const network = networkOf(new Response(half), answer('{"type":"data"}'));
	expect(await (await network.read(DATA)).text()).toBe('{"type":"data"}');
});

test('a server that is on its way back is waited for; what it refuses is said at once, with its status', async () => {
	const network = networkOf(answer('', 502), answer('', 503), answer('{"message":"non"}', 403));
	const refused = await network.read(DATA);
	expect([refused.status, await refused.text()]).toEqual([403, '{"message":"non"}']);
	expect(network.pauses).toHaveLength(2);
});

test('any other request is left as it is', async () => {
	const network = networkOf(cut(), answer('pris'));
	await expect(network.read(`${PAGE}?/enregistrer`, { method: 'POST' })).rejects.toThrow('Failed to fetch');
	expect(await (await network.read('/table/etat')).text()).toBe('pris');
	expect(network.asked).toHaveLength(2);
});
