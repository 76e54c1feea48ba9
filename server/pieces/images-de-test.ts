// For the tests of images: small ones of our own, and what one may hide in them.
import { crc32, deflateSync } from 'node:zlib';

const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

/** 20 × 10, progressive. */
export const JPEG = bytes(
	'/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/2wBDAQMDAwQDBAgEBAgQCwkLEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBD/wgARCAAKABQDAREAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAf/xAAWAQEBAQAAAAAAAAAAAAAAAAAABgj/2gAMAwEAAhADEAAAAZzC6pAAH//EABQQAQAAAAAAAAAAAAAAAAAAACD/2gAIAQEAAQUCX//EABQRAQAAAAAAAAAAAAAAAAAAACD/2gAIAQMBAT8BX//EABQRAQAAAAAAAAAAAAAAAAAAACD/2gAIAQIBAT8BX//EABQQAQAAAAAAAAAAAAAAAAAAACD/2gAIAQEABj8CX//EABQQAQAAAAAAAAAAAAAAAAAAACD/2gAIAQEAAT8hX//aAAwDAQACAAMAAAAQ/wD/AP8A/8QAFBEBAAAAAAAAAAAAAAAAAAAAIP/aAAgBAwEBPxBf/8QAFBEBAAAAAAAAAAAAAAAAAAAAIP/aAAgBAgEBPxBf/8QAFBABAAAAAAAAAAAAAAAAAAAAIP/aAAgBAQABPxBf/9k='
);
/** 24 × 16, with and without loss. */
export const WEBP = bytes(
	'UklGRkQAAABXRUJQVlA4IDgAAAAQAwCdASoYABAAPpE4l0eloyIhMAgAsBIJQBdl0AAQNgAA/u7T3/i3P266Q//i0OtDrQ0aETiAAA=='
);
export const WEBP_SANS_PERTE = bytes('UklGRhwAAABXRUJQVlA4TA8AAAAvF8ADAAdQwIj+ByKi/wEA');
/** 20 × 10, two pictures that follow one another. */
export const GIF_ANIME = bytes(
	'R0lGODlhFAAKAPAAAP8AAAAAACH5BAAAAAAAIf8LTkVUU0NBUEUyLjADAQAAACwAAAAAFAAKAAACDISPqcvtD6OctNrrCgAh+QQACgAAACwAAAAAFAAKAIAAAP8AAAACDISPqcvtD6OctNrrCgA7'
);

/** An image of one grey, with pieces of one's own. */
export function png(
	largeur: number,
	hauteur: number,
	extra: readonly [string, string][] = [],
	pixels: Buffer = deflateSync(Buffer.alloc((largeur + 1) * hauteur, 0))
): Uint8Array {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(largeur, 0);
	header.writeUInt32BE(hauteur, 4);
	header.set([8, 0, 0, 0, 0], 8);
	return new Uint8Array(
		Buffer.concat([
			Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
			pngChunk('IHDR', header),
			...extra.map(([name, text]) => pngChunk(name, Buffer.from(text))),
			pngChunk('IDAT', pixels),
			pngChunk('IEND', Buffer.alloc(0))
		])
	);
}

export function pngChunk(name: string, data: Buffer): Buffer {
	const typed = Buffer.concat([Buffer.from(name, 'latin1'), data]);
	const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	sum.writeUInt32BE(crc32(typed));
	return Buffer.concat([length, typed, sum]);
}

/** A photograph that says where it was taken, and which way up. */
export function jpegWith(orientation: number, secret: string): Uint8Array {
	const tiff = Buffer.alloc(26);
	tiff.write('II*\0', 0, 'latin1');
	tiff.writeUInt32LE(8, 4);
	tiff.writeUInt16LE(1, 8);
	tiff.writeUInt16LE(0x0112, 10);
	tiff.writeUInt16LE(3, 12);
	tiff.writeUInt32LE(1, 14);
	tiff.writeUInt16LE(orientation, 18);
	const exif = segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from(secret)]));
	const others = [segment(0xe2, Buffer.from(`ICC_PROFILE ${secret}`)), segment(0xfe, Buffer.from(secret))];
	const after = Buffer.from(`\xff\xd8 ${secret}`, 'latin1');
	return new Uint8Array(Buffer.concat([JPEG.subarray(0, 2), exif, ...others, JPEG.subarray(2), after]));
}

function segment(marker: number, data: Buffer): Buffer {
	const head = Buffer.alloc(4);
	head.writeUInt16BE(0xff00 | marker, 0);
	head.writeUInt16BE(data.length + 2, 2);
	return Buffer.concat([head, data]);
}

/** WebP with what a camera adds. */
export function webpWith(secret: string): Uint8Array {
	const chunk = (name: string, data: Buffer) => {
		const head = Buffer.alloc(8);
		head.write(name, 0, 'latin1');
		head.writeUInt32LE(data.length, 4);
		return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
	};
	const extended = Buffer.from([0x2c, 0, 0, 0, 23, 0, 0, 15, 0, 0]);
	const body = Buffer.concat([
		Buffer.from('WEBP', 'latin1'),
		chunk('VP8X', extended),
		chunk('ICCP', Buffer.from(secret)),
		Buffer.from(WEBP.subarray(12)),
		chunk('EXIF', Buffer.from(secret)),
		chunk('XMP ', Buffer.from(secret))
	]);
	return new Uint8Array(chunk('RIFF', body));
}
