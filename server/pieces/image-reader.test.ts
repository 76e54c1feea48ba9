import { describe, expect, test } from 'vitest';
import { COTE_MAX, OCTETS_MAX } from '#lib/pieces/piece.ts';
import { readImage } from './image-reader.ts';
import { GIF_ANIME, JPEG, jpegWith, png, pngChunk, WEBP, WEBP_SANS_PERTE, webpWith } from './images-de-test.ts';

const SECRET = 'Pris à Valmorin, 44.1 N 3.2 E';

describe('an image is known by what it holds', () => {
	test.each([
		['PNG', png(30, 20), 'image/png', 30, 20],
		['JPEG', JPEG, 'image/jpeg', 20, 10],
		['GIF', GIF_ANIME, 'image/gif', 20, 10],
		['WebP', WEBP, 'image/webp', 24, 16],
		['WebP without loss', WEBP_SANS_PERTE, 'image/webp', 24, 16]
	])('%s', (_name, bytes, type, largeur, hauteur) => {
		expect(readImage(bytes)).toMatchObject({ type, largeur, hauteur });
	});

	test('read again, what was kept is the same, byte for byte', () => {
		for (const bytes of [png(3, 2), jpegWith(6, SECRET), GIF_ANIME, webpWith(SECRET), WEBP_SANS_PERTE]) {
			const once = readImage(bytes);
			expect(readImage(once.bytes)).toEqual(once);
		}
	});
});

describe('nothing of where, when and with what it was taken is kept', () => {
	test.each([
		[
			'PNG',
			png(3, 2, [
				['tEXt', SECRET],
				['iCCP', SECRET],
				['eXIf', SECRET],
				['acTL', SECRET]
			])
		],
		['JPEG', jpegWith(1, SECRET)],
		['WebP', webpWith(SECRET)]
	])('%s', (_name, bytes) => {
		const kept = Buffer.from(readImage(bytes).bytes);
		expect(Buffer.from(bytes).includes(SECRET)).toBe(true);
		expect(kept.includes('Valmorin')).toBe(false);
		expect(kept.includes('44.1')).toBe(false);
	});

	test('a JPEG keeps which way up it is, and only that', () => {
		const { largeur, hauteur, bytes } = readImage(jpegWith(6, SECRET));
		expect({ largeur, hauteur }).toEqual({ largeur: 10, hauteur: 20 });
		expect(bytes.length).toBeLessThan(JPEG.length + 40);
		expect(Buffer.from(readImage(jpegWith(1, SECRET)).bytes).includes('Exif')).toBe(false);
	});

	test('of a GIF that moves, the first picture', () => {
		expect(readImage(GIF_ANIME).bytes.length).toBeLessThan(GIF_ANIME.length / 2 + 10);
		expect(Buffer.from(readImage(GIF_ANIME).bytes).includes('NETSCAPE')).toBe(false);
	});
});

describe('what is refused, and the sentence that says what to do', () => {
	const page = (text: string) => new Uint8Array(Buffer.from(text));
	test.each([
		['SVG', page('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'PNG, JPEG, GIF ou WebP'],
		['a page', page('<!doctype html><script>1</script>'), 'PNG, JPEG, GIF ou WebP'],
		['nothing', new Uint8Array(), 'PNG, JPEG, GIF ou WebP'],
		['an image that is too heavy', new Uint8Array(OCTETS_MAX + 1), 'plus de 5 Mo'],
		['an image that is too wide', png(COTE_MAX + 1, 1), 'trop grande'],
		['a small file of many points', png(7_000, 5_000), 'trop grande'],
		['an image of no height', png(5, 0), 'abîmée'],
		['an image with a wrong sum', png(5, 5).with(29, 0x7b), 'abîmée'],
		['a WebP that moves', webpWith(SECRET).with(12, 0x41).with(13, 0x4e).with(14, 0x49).with(15, 0x4d), 'animée']
	])('%s', (_name, bytes, sentence) => {
		expect(() => readImage(bytes)).toThrow(sentence);
	});

	test('every image cut short anywhere is refused, or read without its end, and never hangs', () => {
		for (const whole of [png(9, 9), jpegWith(3, SECRET), GIF_ANIME, WEBP, webpWith(SECRET)])
			for (let length = 0; length < whole.length; length++) {
				try {
					readImage(whole.slice(0, length));
				} catch (error) {
					expect((error as { code?: string }).code).toBe('invalide');
				}
			}
	});

	test('a PNG of two headers, or of an unknown critical piece, is refused', () => {
		const whole = Buffer.from(png(4, 4));
		const critical = Buffer.concat([whole.subarray(0, 33), pngChunk('ABCD', Buffer.from('x')), whole.subarray(33)]);
		expect(() => readImage(new Uint8Array(critical))).toThrow('abîmée');
	});
});
