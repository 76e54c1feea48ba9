import { expect, test } from 'vitest';
import { waitAfter, waitInWords, waitSentence } from './essais-rules.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

test('two failures are free, then the wait grows fourfold, up to 80 minutes', () => {
	expect([1, 2, 3, 4, 5, 6].map(waitAfter)).toEqual([0, 0, 5_000, 20_000, 80_000, 320_000]);
	expect(waitAfter(8)).toBe(80 * MINUTE);
	expect(waitAfter(10_000)).toBe(80 * MINUTE);
});

test('nobody can try more than 25 passwords a day on one account', () => {
	let elapsed = 0;
	let tries = 0;
	while (elapsed < DAY) {
		tries += 1;
		elapsed += waitAfter(tries);
	}
	expect(tries).toBeLessThanOrEqual(25);
});

test('a wait is said in words, rounded up, never as nothing', () => {
	expect(waitInWords(1)).toBe('1\u00a0seconde');
	expect(waitInWords(19_001)).toBe('20\u00a0secondes');
	expect(waitInWords(80_000)).toBe('80\u00a0secondes');
	expect(waitInWords(320_000)).toBe('6\u00a0minutes');
	expect(waitSentence(5_000)).toBe('Trop d’essais pour cette adresse. Le prochain sera possible dans 5\u00a0secondes.');
});
