import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { chosenSeed, randomFrom, type Random } from '../../tests/support/random.ts';
import { Coming, Ground } from './ground.ts';
import type { OpenDocument } from './open-document.ts';
import { newsOf as newsOn } from './update.ts';
import { readUpdate } from './update-reader.ts';

function scribble(doc: Y.Doc, random: Random, times: number): void {
	const [text, map] = [doc.getText('t'), doc.getMap('m')];
	for (let i = 0; i < times; i++) {
		if (random.chance(0.5)) text.insert(random.int(text.length + 1), 'abcdef'.slice(0, 1 + random.int(5)));
		else if (text.length > 4 && random.chance(0.6)) text.delete(random.int(text.length - 3), 1 + random.int(3));
		else map.set(`k${random.int(4)}`, i);
	}
}

function stateOf(doc: Y.Doc): string {
	return Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64');
}

function copyOf(doc: Y.Doc): Y.Doc {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	return copy;
}

/** On a document that nothing else falls on. */
function newsOf(doc: Y.Doc, update: Uint8Array): Uint8Array | null {
	const ground = new Ground({ document: doc, coming: new Coming() } as unknown as OpenDocument);
	return newsOn(doc, ground, update, readUpdate(update));
}

describe('what is new in an update', () => {
	const seed = chosenSeed();

	it(`R6. gives the same document as the whole update, and holds no deletion that was known (seed ${seed})`, () => {
		const random = randomFrom(seed);
		for (let round = 0; round < 200; round++) {
			const server = new Y.Doc();
			scribble(server, random, 15);
			const tab = copyOf(server);
			scribble(tab, random, 12);
			if (random.chance(0.7)) Y.applyUpdate(server, Y.encodeStateAsUpdate(tab));
			scribble(tab, random, random.int(6));
			scribble(server, random, random.int(6));
			const whole = random.chance(0.5);
			const update = whole ? Y.encodeStateAsUpdate(tab) : Y.encodeStateAsUpdate(tab, Y.encodeStateVector(server));
			const news = newsOf(server, update);
			const expected = copyOf(server);
			Y.applyUpdate(expected, update);
			if (news === null) {
				expect(stateOf(expected), `round ${round}`).toBe(stateOf(server));
				continue;
			}
			for (const { client, from, to } of readUpdate(news).deleted)
				for (let clock = from; clock < to && clock < Y.getState(server.store, client); clock++)
					expect(Y.isDeleted(Y.createDeleteSetFromStructStore(server.store), Y.createID(client, clock))).toBe(false);
			const updated = copyOf(server);
			Y.applyUpdate(updated, news);
			expect(stateOf(updated), `round ${round}`).toBe(stateOf(expected));
		}
	});

	it('R14. an update that lies about its size is refused without reserving that size', () => {
		const liar = Uint8Array.of(1, 0x80, 0x87, 0xa7, 0x0e, 7, 0);
		const before = process.memoryUsage().rss;
		expect(() => readUpdate(liar)).toThrow();
		expect(process.memoryUsage().rss - before).toBeLessThan(32 * 1024 * 1024);
	});
});
