/* What the benches share: keys typed in a page, how busy the machine is, and how a measure is said. */
import { loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright';

export const KEYS = 100;
/** Some 15 keys a second: faster than the fastest typists. */
const BETWEEN_KEYS_MS = 60;

/** On a machine that others use, the figures say how busy it is. */
export function sayLoad(): void {
	console.log(`charge de la machine : ${loadavg()[0]?.toFixed(1)}`);
}

/**
 * Types where the focus is; gives how long each key holds the page, to the next frame that is drawn (half a frame of it is only the wait
 * for that frame).
 */
export async function typeKeys(page: Page): Promise<number[]> {
	await page.evaluate(() => {
		const slow = globalThis as typeof globalThis & { touches?: number[] };
		if (!slow.touches)
			document.addEventListener(
				'keydown',
				() => {
					const since = performance.now();
					// After the editor and its frame.
					requestAnimationFrame(() => setTimeout(() => slow.touches?.push(performance.now() - since)));
				},
				{ capture: true }
			);
		slow.touches = [];
	});
	for (let i = 0; i < KEYS; i++) {
		await page.keyboard.press('a');
		await delay(BETWEEN_KEYS_MS);
	}
	return page.evaluate(() => (globalThis as typeof globalThis & { touches?: number[] }).touches ?? []);
}

/** The part of the measures that is held to the goal: all of them, unless told. */
export function report(what: string, times: readonly number[], goal: number | null, held = 1): void {
	const sorted = times.toSorted((a, b) => a - b);
	const at = (part: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN);
	const verdict = goal === null ? '' : at(held) <= goal ? ` ≤ ${goal}` : ` > ${goal} !`;
	console.log(`${what} : médiane ${at(0.5)}, p95 ${at(0.95)}, max ${at(1)}${verdict} (${times.length})`);
}
