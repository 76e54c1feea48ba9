// What a hostile or broken client makes of valid frames.
import { MIB } from '../campaign.ts';
import type { Random } from '../../support/random.ts';

/** What goes over the socket at once. */
export type Shot =
	| { kind: 'message'; bytes: Uint8Array }
	| { kind: 'text'; text: string }
	/** A message in pieces, whose last one never comes. */
	| { kind: 'endless'; pieces: Uint8Array[] }
	/** Bytes below the protocol of WebSocket. */
	| { kind: 'raw'; bytes: Uint8Array };

const KINDS = [
	'truncated',
	'flipped',
	'types',
	'glued',
	'spliced',
	'noise',
	'grown',
	'text',
	'endless',
	'raw'
] as const;
/** Large frames are rare: each of them costs as much as thousands of others. */
const LARGE = 0.002;
const LARGE_SIZES = [MIB, 4 * MIB, 12 * MIB];

export function damaged(frames: readonly Uint8Array[], random: Random): Shot {
	const frame = random.pick(frames) as Uint8Array;
	if (random.chance(LARGE)) return { kind: 'message', bytes: oversized(frame, random) };
	const kind = random.pick(KINDS) as (typeof KINDS)[number];
	switch (kind) {
		case 'text':
			return { kind, text: Buffer.from(flipped(frame, random)).toString('latin1') };
		case 'endless':
			return { kind, pieces: Array.from({ length: 1 + random.int(8) }, () => truncated(frame, random)) };
		case 'raw':
			return { kind, bytes: flipped(masked(frame), random) };
		default:
			return { kind: 'message', bytes: DAMAGES[kind](frame, random, frames) };
	}
}

type Damage = (frame: Uint8Array, random: Random, frames: readonly Uint8Array[]) => Uint8Array;

const DAMAGES: Record<Exclude<(typeof KINDS)[number], 'text' | 'endless' | 'raw'>, Damage> = {
	truncated,
	flipped,
	/** Another number where the type stands, or anywhere. */
	types(frame, random) {
		const at = random.chance(0.5) ? (frame[0] ?? 0) + 1 : random.int(frame.length);
		return joined(frame.subarray(0, at), varUint(random), frame.subarray(at + 1));
	},
	glued: (frame, random, frames) => joined(frame, random.pick(frames) as Uint8Array),
	spliced(frame, random, frames) {
		const other = random.pick(frames) as Uint8Array;
		return joined(truncated(frame, random), other.subarray(random.int(other.length)));
	},
	noise: (_frame, random) => Uint8Array.from({ length: random.int(200) }, () => random.int(256)),
	/** Noise behind a valid beginning: the address and the type are right. */
	grown(frame, random) {
		const start = frame.subarray(0, Math.min(frame.length, (frame[0] ?? 0) + 2 + random.int(6)));
		return joined(
			start,
			Uint8Array.from({ length: random.int(400) }, () => random.int(256))
		);
	}
};

function truncated(frame: Uint8Array, random: Random): Uint8Array {
	return frame.subarray(0, random.int(frame.length));
}

function flipped(frame: Uint8Array, random: Random): Uint8Array {
	const copy = frame.slice();
	for (let times = 1 + random.int(4); times > 0 && copy.length > 0; times--)
		copy[random.int(copy.length)]! ^= 1 << random.int(8);
	return copy;
}

function oversized(frame: Uint8Array, random: Random): Uint8Array {
	const bytes = new Uint8Array(random.pick(LARGE_SIZES) as number);
	bytes.set(frame.subarray(0, bytes.length));
	return bytes;
}

/** A number of one to eight bytes, up to 2^53. */
function varUint(random: Random): Uint8Array {
	let rest = Math.floor(2 ** (random.next() * 53));
	const bytes: number[] = [];
	for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
	return Uint8Array.from([...bytes, rest]);
}

/** As a client puts a message on the wire: final, binary, its mask all zeros. */
function masked(frame: Uint8Array): Uint8Array {
	const length = frame.length < 126 ? [frame.length | 0x80] : [126 | 0x80, frame.length >> 8, frame.length & 255];
	return joined(Uint8Array.from([0x82, ...length, 0, 0, 0, 0]), frame);
}

function joined(...parts: Uint8Array[]): Uint8Array {
	return new Uint8Array(Buffer.concat(parts));
}
