// Updates as nobody's editor writes them: struct by struct, with any id, size and neighbour.
import * as encoding from 'lib0/encoding';

type Id = readonly [client: number, clock: number];

export interface Piece {
	left?: Id;
	right?: Id;
	/** A root's name, or a shared type. */
	parent?: string | Id;
	key?: string;
	content: (encoder: encoding.Encoder) => void;
	/** By the numbers that Yjs gives to contents. */
	kind: number;
}

export interface Section {
	client: number;
	clock: number;
	pieces: readonly Piece[];
	/** How many pieces it says that it has. */
	count?: number;
}

const HAS_LEFT = 128;
const HAS_RIGHT = 64;
const HAS_KEY = 32;

/** An update (V1) of these sections, and of deletions given as client id, clock and length. */
export function craft(sections: readonly Section[], deleted: readonly (readonly [number, number, number])[] = []) {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, sections.length);
	for (const { client, clock, pieces, count = pieces.length } of sections) {
		for (const number of [count, client, clock]) encoding.writeVarUint(encoder, number);
		for (const piece of pieces) writePiece(encoder, piece);
	}
	encoding.writeVarUint(encoder, deleted.length);
	for (const [client, clock, length] of deleted)
		for (const number of [client, 1, clock, length]) encoding.writeVarUint(encoder, number);
	return encoding.toUint8Array(encoder);
}

function writePiece(encoder: encoding.Encoder, { left, right, parent, key, kind, content }: Piece): void {
	const flags = (left ? HAS_LEFT : 0) | (right ? HAS_RIGHT : 0) | (key === undefined ? 0 : HAS_KEY);
	encoding.writeUint8(encoder, kind | (kind === 0 || kind === 10 ? 0 : flags));
	if (kind !== 0 && kind !== 10) {
		if (left) writeId(encoder, left);
		if (right) writeId(encoder, right);
		if (!left && !right) writeParent(encoder, parent ?? 'champs');
		if (!left && !right && key !== undefined) encoding.writeVarString(encoder, key);
	}
	content(encoder);
}

function writeParent(encoder: encoding.Encoder, parent: string | Id): void {
	encoding.writeVarUint(encoder, typeof parent === 'string' ? 1 : 0);
	if (typeof parent === 'string') encoding.writeVarString(encoder, parent);
	else writeId(encoder, parent);
}

function writeId(encoder: encoding.Encoder, id: Id): void {
	for (const number of id) encoding.writeVarUint(encoder, number);
}

type Place = Pick<Piece, 'left' | 'right' | 'parent' | 'key'>;

const number = (value: number) => (encoder: encoding.Encoder) => encoding.writeVarUint(encoder, value);
const string = (value: string) => (encoder: encoding.Encoder) => encoding.writeVarString(encoder, value);

export const filler = (length: number): Piece => ({ kind: 0, content: number(length) });
export const hole = (length: number): Piece => ({ kind: 10, content: number(length) });
export const deletedText = (length: number, place: Place = {}): Piece => ({
	...place,
	kind: 1,
	content: number(length)
});
export const text = (value: string, place: Place): Piece => ({ ...place, kind: 4, content: string(value) });
export const bytes = (value: Uint8Array, place: Place): Piece => ({
	...place,
	kind: 3,
	content: (encoder) => encoding.writeVarUint8Array(encoder, value)
});
export const embed = (json: string, place: Place): Piece => ({ ...place, kind: 5, content: string(json) });
export const format = (key: string, json: string, place: Place): Piece => ({
	...place,
	kind: 6,
	content: (encoder) => [key, json].forEach((part) => encoding.writeVarString(encoder, part))
});
/** 0 array, 1 map, 2 text, 3 XML element, 4 fragment, 5 hook, 6 XML text. */
export const type = (ref: number, place: Place, name?: string): Piece => ({
	...place,
	kind: 7,
	content: (encoder) => {
		encoding.writeVarUint(encoder, ref);
		if (name !== undefined) encoding.writeVarString(encoder, name);
	}
});
export const values = (all: unknown[], place: Place): Piece => ({
	...place,
	kind: 8,
	content: (encoder) => {
		encoding.writeVarUint(encoder, all.length);
		for (const value of all) encoding.writeAny(encoder, value as encoding.AnyEncodable);
	}
});
export const subdocument = (place: Place): Piece => ({
	...place,
	kind: 9,
	content: (encoder) => {
		encoding.writeVarString(encoder, 'sous-document');
		encoding.writeAny(encoder, {});
	}
});
