import { crc32 } from 'node:zlib';
import { COTE_MAX, OCTETS_MAX, PIXELS_MAX, type TypeDImage } from '#lib/pieces/piece.ts';
import { DomainError } from '../errors.ts';

/** An image as it is kept: its pixels, and nothing of where, when and with what it was taken. */
export interface ImageLue {
	type: TypeDImage;
	/** As it is shown, turned where its file says so. */
	largeur: number;
	hauteur: number;
	bytes: Uint8Array;
}

/**
 * Reads an image by what it holds, whatever its name says, and writes it again with only what draws it: no place, date, camera,
 * comment, thumbnail, colour profile, second picture, nor anything after its end. Refuses with a sentence for the person.
 */
export function readImage(bytes: Uint8Array): ImageLue {
	if (bytes.length > OCTETS_MAX)
		throw refused(`Cette image pèse plus de ${OCTETS_MAX / 1024 / 1024} Mo. Réduisez-la, puis ajoutez-la à nouveau.`);
	const image = readerFor(bytes)(bytes);
	const { largeur, hauteur } = image;
	if (largeur < 1 || hauteur < 1) throw unreadable();
	if (largeur > COTE_MAX || hauteur > COTE_MAX || largeur * hauteur > PIXELS_MAX)
		throw refused(`Cette image est trop grande (${largeur} × ${hauteur} points). Réduisez-la à 4 000 points de côté.`);
	return image;
}

function readerFor(bytes: Uint8Array): (bytes: Uint8Array) => ImageLue {
	if (startsWith(bytes, PNG)) return readPng;
	if (startsWith(bytes, [0xff, 0xd8, 0xff])) return readJpeg;
	if (asciiAt(bytes, 0, 6) === 'GIF87a' || asciiAt(bytes, 0, 6) === 'GIF89a') return readGif;
	if (asciiAt(bytes, 0, 4) === 'RIFF' && asciiAt(bytes, 8, 4) === 'WEBP') return readWebp;
	throw refused(
		'Ce fichier n’est pas une image que Copacte sait garder. Choisissez un fichier PNG, JPEG, GIF ou WebP.'
	);
}

function refused(message: string): DomainError {
	return new DomainError('invalide', message);
}

function unreadable(): DomainError {
	return refused('Cette image est abîmée ou incomplète. Enregistrez-la à nouveau, ou choisissez-en une autre.');
}

/** Reads a file from its beginning; a file that ends too early is damaged. */
class Cursor {
	readonly bytes: Uint8Array;
	readonly #view: DataView;
	at: number;

	constructor(bytes: Uint8Array, at = 0) {
		this.bytes = bytes;
		this.at = at;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}

	get isAtEnd(): boolean {
		return this.at >= this.bytes.length;
	}

	take(length: number): Uint8Array {
		if (length < 0 || this.at + length > this.bytes.length) throw unreadable();
		this.at += length;
		return this.bytes.subarray(this.at - length, this.at);
	}

	byte(): number {
		return this.take(1)[0] as number;
	}

	u16(littleEndian = false): number {
		this.take(2);
		return this.#view.getUint16(this.at - 2, littleEndian);
	}

	u24(): number {
		const [a, b, c] = this.take(3) as unknown as [number, number, number];
		return a | (b << 8) | (c << 16);
	}

	u32(littleEndian = false): number {
		this.take(4);
		return this.#view.getUint32(this.at - 4, littleEndian);
	}
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
	return start.every((byte, i) => bytes[i] === byte);
}

function asciiAt(bytes: Uint8Array, at: number, length: number): string {
	return String.fromCharCode(...bytes.subarray(at, at + length));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
	return new Uint8Array(Buffer.concat(parts));
}

// PNG

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** What draws the picture; the rest says things about it, or moves it. */
const PNG_KEPT = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD']);

function readPng(bytes: Uint8Array): ImageLue {
	const cursor = new Cursor(bytes, PNG.length);
	const parts = [bytes.subarray(0, PNG.length)];
	let size: { largeur: number; hauteur: number } | null = null;
	let hasPixels = false;
	for (;;) {
		const start = cursor.at;
		const length = cursor.u32();
		const name = asciiAt(bytes, cursor.at, 4);
		const data = cursor.take(4 + length);
		if (cursor.u32() !== crc32(data)) throw unreadable();
		if (size === null) {
			if (name !== 'IHDR' || length !== 13) throw unreadable();
			const header = new Cursor(data, 4);
			size = { largeur: header.u32(), hauteur: header.u32() };
		}
		if (PNG_KEPT.has(name)) parts.push(bytes.subarray(start, cursor.at));
		// A critical piece that is not known: without it, the picture would be another.
		else if (/^[A-Z]/u.test(name)) throw unreadable();
		hasPixels ||= name === 'IDAT';
		if (name === 'IEND') break;
	}
	if (!hasPixels) throw unreadable();
	return { type: 'image/png', ...size, bytes: joined(parts) };
}

// JPEG

function readJpeg(bytes: Uint8Array): ImageLue {
	const cursor = new Cursor(bytes, 2);
	const parts: Uint8Array[] = [];
	let size: { largeur: number; hauteur: number } | null = null;
	let orientation = 1;
	let hasPixels = false;
	while (!cursor.isAtEnd) {
		const marker = nextMarker(cursor);
		if (marker === 0xd9) break;
		if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) throw unreadable();
		const start = cursor.at - 2;
		const length = cursor.u16();
		const data = cursor.take(length - 2);
		if (isFrame(marker)) {
			const frame = new Cursor(data, 1);
			const hauteur = frame.u16();
			size = { largeur: frame.u16(), hauteur };
		}
		if (marker === 0xe1) orientation = orientationOf(data) ?? orientation;
		if (isKeptSegment(marker, data)) parts.push(bytes.subarray(start, cursor.at));
		if (marker !== 0xda) continue;
		hasPixels = true;
		const scan = cursor.at;
		skipScan(cursor);
		parts.push(bytes.subarray(scan, cursor.at));
	}
	if (!size || !hasPixels) throw unreadable();
	const turned = orientation >= 5 ? { largeur: size.hauteur, hauteur: size.largeur } : size;
	const head = orientation === 1 ? [] : [exifOf(orientation)];
	const clean = joined([Uint8Array.of(0xff, 0xd8), ...head, ...parts, Uint8Array.of(0xff, 0xd9)]);
	return { type: 'image/jpeg', ...turned, bytes: clean };
}

function nextMarker(cursor: Cursor): number {
	if (cursor.byte() !== 0xff) throw unreadable();
	let marker = cursor.byte();
	while (marker === 0xff) {
		cursor.take(0);
		marker = cursor.byte();
	}
	return marker;
}

function isFrame(marker: number): boolean {
	return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** Tables, frames and scans; of what applications add, only Adobe's word on how colours are coded. */
function isKeptSegment(marker: number, data: Uint8Array): boolean {
	if (marker === 0xee) return asciiAt(data, 0, 5) === 'Adobe';
	return (marker >= 0xc0 && marker <= 0xcf) || (marker >= 0xda && marker <= 0xdf);
}

/** The pixels go on to a marker that is not one of theirs. */
function skipScan(cursor: Cursor): void {
	const { bytes } = cursor;
	for (let at = bytes.indexOf(0xff, cursor.at); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
		const next = bytes[at + 1];
		if (next === undefined) break;
		if (next === 0 || next === 0xff || (next >= 0xd0 && next <= 0xd7)) continue;
		cursor.at = at;
		return;
	}
	throw unreadable();
}

const ORIENTATION = 0x0112;

/** Which way up the camera was; null when the file does not say, or says it badly. */
function orientationOf(data: Uint8Array): number | null {
	if (asciiAt(data, 0, 6) !== 'Exif\0\0') return null;
	try {
		const tiff = data.subarray(6);
		const isLittle = asciiAt(tiff, 0, 2) === 'II';
		const directory = new Cursor(tiff, new Cursor(tiff, 4).u32(isLittle));
		for (let left = Math.min(directory.u16(isLittle), 200); left > 0; left--) {
			const entry = new Cursor(directory.take(12));
			if (entry.u16(isLittle) !== ORIENTATION) continue;
			entry.take(6);
			const value = entry.u16(isLittle);
			return value >= 1 && value <= 8 ? value : null;
		}
	} catch {
		return null;
	}
	return null;
}

/** An Exif block that says the orientation, and nothing more. */
function exifOf(orientation: number): Uint8Array {
	const block = Buffer.alloc(36);
	block.writeUInt16BE(0xffe1, 0);
	block.writeUInt16BE(34, 2);
	block.write('Exif\0\0MM\0*', 4, 'latin1');
	block.writeUInt32BE(8, 14);
	block.writeUInt16BE(1, 18);
	block.writeUInt16BE(ORIENTATION, 20);
	block.writeUInt16BE(3, 22);
	block.writeUInt32BE(1, 24);
	block.writeUInt16BE(orientation, 28);
	return block;
}

// GIF: its first picture

function readGif(bytes: Uint8Array): ImageLue {
	const cursor = new Cursor(bytes, 6);
	const size = { largeur: cursor.u16(true), hauteur: cursor.u16(true) };
	const flags = cursor.byte();
	cursor.take(2);
	if (flags & 0x80) cursor.take(3 << ((flags & 7) + 1));
	const parts = [bytes.subarray(0, cursor.at)];
	for (;;) {
		const start = cursor.at;
		const kind = cursor.byte();
		if (kind === 0x21) {
			const label = cursor.byte();
			skipSubBlocks(cursor);
			// Which colour is transparent.
			if (label === 0xf9) parts.push(bytes.subarray(start, cursor.at));
		} else if (kind === 0x2c) {
			cursor.take(8);
			const own = cursor.byte();
			if (own & 0x80) cursor.take(3 << ((own & 7) + 1));
			cursor.take(1);
			skipSubBlocks(cursor);
			parts.push(bytes.subarray(start, cursor.at), Uint8Array.of(0x3b));
			return { type: 'image/gif', ...size, bytes: joined(parts) };
		} else throw unreadable();
	}
}

function skipSubBlocks(cursor: Cursor): void {
	for (let length = cursor.byte(); length > 0; length = cursor.byte()) cursor.take(length);
}

// WebP

const WEBP_KEPT = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH']);
/** Of the header's flags: only whether some of it is transparent. */
const WEBP_ALPHA = 0x10;

function readWebp(bytes: Uint8Array): ImageLue {
	const end = Math.min(bytes.length, 8 + new Cursor(bytes, 4).u32(true));
	const cursor = new Cursor(bytes.subarray(0, end), 12);
	const parts: Uint8Array[] = [];
	let size: { largeur: number; hauteur: number } | null = null;
	let hasPixels = false;
	while (!cursor.isAtEnd) {
		const name = asciiAt(bytes, cursor.at, 4);
		cursor.take(4);
		const length = cursor.u32(true);
		const data = cursor.take(length);
		if (length % 2 === 1 && !cursor.isAtEnd) cursor.take(1);
		if (name === 'ANIM' || name === 'ANMF')
			throw refused('Cette image est animée. Enregistrez-en une vue fixe, puis ajoutez-la.');
		if (!WEBP_KEPT.has(name)) continue;
		size ??= webpSize(name, data);
		hasPixels ||= name === 'VP8 ' || name === 'VP8L';
		const kept = name === 'VP8X' ? Uint8Array.of((data[0] ?? 0) & WEBP_ALPHA, ...data.subarray(1)) : data;
		parts.push(webpChunk(name, kept));
	}
	if (!size || !hasPixels) throw unreadable();
	const body = joined([Buffer.from('WEBP', 'latin1'), ...parts]);
	return { type: 'image/webp', ...size, bytes: webpChunk('RIFF', body) };
}

function webpChunk(name: string, data: Uint8Array): Uint8Array {
	const head = Buffer.alloc(8);
	head.write(name, 0, 'latin1');
	head.writeUInt32LE(data.length, 4);
	return joined(data.length % 2 === 1 ? [head, data, Uint8Array.of(0)] : [head, data]);
}

function webpSize(name: string, data: Uint8Array): { largeur: number; hauteur: number } | null {
	const cursor = new Cursor(data);
	switch (name) {
		case 'VP8X':
			cursor.take(4);
			return { largeur: cursor.u24() + 1, hauteur: cursor.u24() + 1 };
		case 'VP8 ':
			cursor.take(3);
			if (cursor.u24() !== 0x2a019d) throw unreadable();
			return { largeur: cursor.u16(true) & 0x3fff, hauteur: cursor.u16(true) & 0x3fff };
		case 'VP8L': {
			if (cursor.byte() !== 0x2f) throw unreadable();
			const bits = cursor.u32(true);
			return { largeur: (bits & 0x3fff) + 1, hauteur: ((bits >>> 14) & 0x3fff) + 1 };
		}
		default:
			return null;
	}
}
