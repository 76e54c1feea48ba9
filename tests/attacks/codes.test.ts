import { expect, test } from 'vitest';
import { EssaisDeCode } from '#server/salles/essais-de-code.ts';

const SALLE = { seanceId: 'la-salle' };
const RIGHT = async () => SALLE;
const WRONG = async () => null;

/** Tries whose delays are noted, and end when the test says so. */
function essais() {
	let now = 0;
	const delays: number[] = [];
	const held: (() => void)[] = [];
	const codes = new EssaisDeCode({
		now: () => now,
		wait: (milliseconds) => {
			delays.push(milliseconds);
			return new Promise<void>((resolve) => held.push(resolve));
		}
	});
	return {
		codes,
		delays,
		async fail(address: string): Promise<number> {
			const answer = codes.find(address, WRONG);
			await settled();
			held.pop()?.();
			await answer;
			return delays.at(-1) as number;
		},
		release: () => held.splice(0).forEach((resolve) => resolve()),
		held: () => held.length,
		pass: (milliseconds: number) => (now += milliseconds)
	};
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('the delay of a wrong code grows with the failures of its address, and shrinks with time', async () => {
	const { fail, pass } = essais();
	const delays: number[] = [];
	for (let i = 0; i < 30; i++) delays.push(await fail('203.0.113.7'));
	expect(delays.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
	expect(delays).toEqual([...delays].sort((a, b) => a - b));
	expect(delays.at(-1)).toBeGreaterThan(5_000);
	pass(10 * 60_000);
	expect(await fail('203.0.113.7')).toBe(0);
});

test('a right code is given at once, however many wrong ones came from the same network', async () => {
	const { codes, fail, delays } = essais();
	for (let i = 0; i < 60; i++) await fail('203.0.113.7');
	const counted = delays.length;
	for (let i = 0; i < 120; i++) expect(await codes.find('203.0.113.7', RIGHT)).toBe(SALLE);
	expect(delays).toHaveLength(counted);
});

test('another address is not slowed', async () => {
	const { fail } = essais();
	for (let i = 0; i < 60; i++) await fail('203.0.113.7');
	expect(await fail('198.51.100.9')).toBe(0);
});

test('one IPv6 network is one address, written in any way', async () => {
	const { fail } = essais();
	for (let i = 0; i < 30; i++) await fail(`2001:db8:1:2::${i.toString(16)}`);
	expect(await fail('2001:db8:1:2:aaaa:bbbb:cccc:dddd')).toBeGreaterThan(5_000);
	expect(await fail('2001:db8:1:3::1')).toBe(0);
	expect(await fail('::ffff:203.0.113.7')).toBe(0);
});

test('a thousand guesses at once are looked up a few at a time', async () => {
	const { codes, release, held } = essais();
	let looked = 0;
	const guesses = Array.from({ length: 1_000 }, () =>
		codes.find('203.0.113.7', async () => {
			looked++;
			return null;
		})
	);
	await settled();
	expect(looked).toBeLessThanOrEqual(20);
	expect(held()).toBe(looked);
	while (looked < guesses.length || held() > 0) {
		release();
		await settled();
	}
	expect(await Promise.all(guesses)).toEqual(guesses.map(() => null));
});
