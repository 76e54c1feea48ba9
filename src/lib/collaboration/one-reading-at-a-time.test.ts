import { expect, test } from 'vitest';
import { oneReadingAtATime } from './one-reading-at-a-time.ts';

test('what changes while something is read waits for its end, and is read once; a failure stops nothing', async () => {
	const begun: string[] = [];
	const ends: { ok: () => void; fail: () => void }[] = [];
	const refresh = oneReadingAtATime((key: string) => {
		begun.push(key);
		return new Promise<void>((ok, fail) => ends.push({ ok, fail: () => fail(new Error('hors ligne')) }));
	});
	const turn = () => new Promise((resolve) => setImmediate(resolve));
	refresh('sections');
	for (let event = 0; event < 20; event++) refresh(event % 2 === 0 ? 'sections' : 'figures');
	await turn();
	expect(begun).toEqual(['sections']);
	ends[0]!.fail();
	await turn();
	expect(begun).toEqual(['sections', 'sections', 'figures']);
	ends[1]!.ok();
	await turn();
	refresh('fiches');
	await turn();
	expect(begun).toHaveLength(3);
	ends[2]!.ok();
	await turn();
	expect(begun).toEqual(['sections', 'sections', 'figures', 'fiches']);
});
