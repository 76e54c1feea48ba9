import { crc32, deflateSync } from 'node:zlib';

/** The colour type of a PNG, by how many values a point has. */
const COULEURS = { 1: 0, 3: 2, 4: 6 } as const;

/** A PNG of points: grey, red-green-blue, or these with how much is seen of them. */
export function pngOfPoints(
	points: Uint8Array | Uint8ClampedArray,
	width: number,
	height: number,
	values: keyof typeof COULEURS = 3
): Uint8Array<ArrayBuffer> {
	const line = values * width;
	// Each line begins by how it is written: as it is.
	const lines = Buffer.alloc((line + 1) * height);
	for (let y = 0; y < height; y++) lines.set(points.subarray(line * y, line * (y + 1)), y * (line + 1) + 1);
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, COULEURS[values], 0, 0, 0], 8);
	return new Uint8Array(
		Buffer.concat([
			Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
			chunk('IHDR', header),
			chunk('IDAT', deflateSync(lines, { level: 5 })),
			chunk('IEND', Buffer.alloc(0))
		])
	);
}

function chunk(name: string, data: Buffer): Buffer {
	const typed = Buffer.concat([Buffer.from(name, 'latin1'), data]);
	const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	sum.writeUInt32BE(crc32(typed));
	return Buffer.concat([length, typed, sum]);
}
