import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BoundedLog, oneLine } from './bounded-log.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('R59. 10 000 lines at once give a few, and one that counts the others; the next ones are written again', () => {
	const lines: string[] = [];
	const log = new BoundedLog({ write: (line) => lines.push(line) });
	for (let i = 0; i < 10_000; i++) log.say('Collaboration : un message illisible a fermé sa connexion.');
	expect(lines.length).toBe(20);
	vi.advanceTimersByTime(60_000);
	expect(lines.at(-1)).toMatch(/^Collaboration : 9\s980\sautres messages écartés\.$/);
	log.say('encore');
	expect(lines.length).toBe(22);
	vi.advanceTimersByTime(60_000);
	expect(lines.length).toBe(22);
});

it('R59. what came in makes no second line, no colour and no turned text', () => {
	const written = oneLine('a\r\nFaux : tout va bien\u001b[31m\u2028\u202eb\u0000\u009b');
	expect(written).toBe('a\\u000d\\u000aFaux : tout va bien\\u001b[31m\\u2028\\u202eb\\u0000\\u009b');
	expect(oneLine('é'.repeat(5_000)).length).toBe(300);
});
