import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import type { DocumentName } from '#lib/documents/document.ts';
import type { NewRow } from './update-log.ts';
import { WriteQueue, type Write } from './write-queue.ts';

const FICHE: DocumentName = 'fiche.haute-riviere';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A store whose answer takes as long as it is told, and that fails as many times as it is told. */
function bench({ takes = 0, fails = 0 } = {}) {
	const events: string[] = [];
	const commits: number[] = [];
	let left = fails;
	let id = 0;
	const queue = new WriteQueue({
		async append(rows: NewRow[]) {
			commits.push(rows.length);
			if (takes > 0) await new Promise((resolve) => setTimeout(resolve, takes));
			if (left-- > 0) throw new Error('the disk is full');
			return rows.map(({ document }) => ({ id: ++id, document }));
		},
		existing: async (names) => new Set(names),
		onCommitted: ({ rows }) => events.push(`committed ${rows.length}`),
		onTrouble: (error) => events.push(error === null ? 'works' : `fails: ${(error as Error).message}`)
	});
	const push = (update: number, data: Uint8Array = Uint8Array.of(0, 0)) =>
		queue.push({
			document: FICHE,
			pacteId: 'pacte',
			compteId: 'amina',
			update: data,
			newClients: [],
			owner: 'amina',
			done: (outcome: Parameters<Write['done']>[0]) => events.push(`${update} ${outcome}`)
		});
	return { queue, push, events, commits };
}

test('R31. a store that takes 12 s is told once, asked once, and what came meanwhile goes in one commit', async () => {
	const { queue, push, events, commits } = bench({ takes: 12_000 });
	push(1);
	await vi.advanceTimersByTimeAsync(900);
	expect(events).toEqual([]);
	await vi.advanceTimersByTimeAsync(200);
	expect(events).toEqual(['fails: The store does not answer']);
	for (let update = 2; update <= 50; update++) {
		push(update);
		await vi.advanceTimersByTimeAsync(100);
	}
	expect([events.length, commits, queue.failing]).toEqual([1, [1], true]);
	await vi.advanceTimersByTimeAsync(12_000);
	expect(events.slice(1, 4)).toEqual(['works', 'committed 1', '1 committed']);
	await vi.advanceTimersByTimeAsync(24_000);
	expect(commits).toEqual([1, 1]);
	expect(events.filter((event) => event.endsWith(' committed')).length).toBe(50);
	expect(queue.failing).toBe(false);
});

test('R31. a hiccup is told to nobody', async () => {
	const { push, events } = bench({ fails: 2 });
	push(1);
	await vi.advanceTimersByTimeAsync(1_000);
	expect(events).toEqual(['committed 1', '1 committed']);
});

test('R4. a store that fails is asked once a second at most, and everything goes in order when it works', async () => {
	const { push, events, commits } = bench({ fails: 20 });
	push(1);
	await vi.advanceTimersByTimeAsync(10_000);
	expect(events).toEqual(['fails: the disk is full']);
	expect(commits.length).toBeLessThan(16);
	push(2);
	await vi.advanceTimersByTimeAsync(15_000);
	expect(events.slice(1)).toEqual(['works', 'committed 1', '1 committed', 'committed 1', '2 committed']);
});

test('R41. what waits is bounded, and there is room again once it is durable', async () => {
	const { queue, push } = bench({ fails: 5 });
	const large = Y.encodeStateAsUpdate(largeDoc());
	for (let update = 0; update < 70; update++) push(update, large);
	expect(queue.isFull).toBe(true);
	await vi.advanceTimersByTimeAsync(500);
	expect(queue.isFull).toBe(true);
	await vi.advanceTimersByTimeAsync(5_000);
	expect(queue.isFull).toBe(false);
});

function largeDoc(): Y.Doc {
	const doc = new Y.Doc();
	doc.getText('t').insert(0, 'x'.repeat(1024 * 1024));
	return doc;
}

test('R33. what is given up is everything that nobody was told to be durable, and it is tried no more', async () => {
	const { queue, push, events, commits } = bench({ fails: Infinity });
	push(1);
	await vi.advanceTimersByTimeAsync(3_000);
	push(2);
	expect(queue.abandon().length).toBe(2);
	await vi.advanceTimersByTimeAsync(3_000);
	const tried = commits.length;
	await vi.advanceTimersByTimeAsync(60_000);
	expect([commits.length, events]).toEqual([tried, ['fails: the disk is full']]);
});
