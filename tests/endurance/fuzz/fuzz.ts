// Damaged frames, by seed, and the figures that they leave.
import { randomFrom } from '../../support/random.ts';
import { atLeast, atMost, inMib, MIB, none, quantile, type Figure } from '../campaign.ts';
import { damaged, type Shot } from './damage.ts';
import { FiringRange, type RangeReport } from './range.ts';

export interface FuzzOptions {
	seeds: number[];
	/** For each seed. */
	frames: number;
}

export interface FuzzOutcome extends RangeReport {
	fired: number;
}

export async function runFuzz({ seeds, frames }: FuzzOptions): Promise<FuzzOutcome> {
	const range = await FiringRange.open();
	let fired = 0;
	for (const seed of seeds) fired += await range.fire(shots(range.frames, seed, frames));
	return { ...(await range.close()), fired };
}

function* shots(frames: readonly Uint8Array[], seed: number, count: number): Generator<Shot> {
	const random = randomFrom(seed);
	for (let i = 0; i < count; i++) yield damaged(frames, random);
}

/** Each cut, each bit, and pieces without end, from every valid frame. */
export async function runExhaustive(): Promise<FuzzOutcome> {
	const range = await FiringRange.open();
	let fired = 0;
	for (const shots of [everyTruncation, everyFlip, endlessFragments]) fired += await range.fire(shots(range.frames));
	return { ...(await range.close()), fired };
}

/** Case 37: each valid frame, cut after each of its bytes. */
export function* everyTruncation(frames: readonly Uint8Array[]): Generator<Shot> {
	for (const frame of frames)
		for (let length = 0; length < frame.length; length++) yield { kind: 'message', bytes: frame.subarray(0, length) };
}

/** Case 38: each valid frame, with each of its bits turned over. */
export function* everyFlip(frames: readonly Uint8Array[]): Generator<Shot> {
	for (const frame of frames)
		for (let bit = 0; bit < frame.length * 8; bit++) {
			const bytes = frame.slice();
			bytes[bit >> 3]! ^= 1 << (bit & 7);
			yield { kind: 'message', bytes };
		}
}

/** Case 40: messages in pieces that never end, small and large. */
export function* endlessFragments(frames: readonly Uint8Array[]): Generator<Shot> {
	for (const frame of frames)
		for (const count of [1, 2, 100, 2_000]) yield { kind: 'endless', pieces: Array(count).fill(frame) as Uint8Array[] };
}

export const LONGEST_WAIT = 250;
export const MOST_GROWTH = 96 * MIB;

export function figuresOf(outcome: FuzzOutcome, wanted: number): Figure[] {
	const { fired, crashed, changed, waits, letters, growth, peak, lines } = outcome;
	const milliseconds = (value: number) => `${Math.round(value)} ms`;
	return [
		atLeast('messages abîmés envoyés', fired, wanted),
		none('arrêts du serveur', crashed ? 1 : 0),
		none('documents témoins changés', changed.length),
		none('lettres de la personne paisible perdues ou doublées', Math.abs(letters - waits.length)),
		atMost(
			`attente la plus longue de la personne paisible (${waits.length} touches, p99 ${milliseconds(quantile(waits, 0.99))})`,
			quantile(waits, 1),
			LONGEST_WAIT,
			milliseconds
		),
		atMost(
			`mémoire prise pendant la campagne, après collecte (${inMib(peak)} au plus haut sans elle)`,
			growth,
			MOST_GROWTH,
			inMib
		),
		atMost('lignes de journal', lines, Math.max(100, fired / 100))
	];
}
