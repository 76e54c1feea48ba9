import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/**
 * The wire of Hocuspocus, as far as we let it in: an address (the document's name), a type, a payload. What is not listed
 * here is never handed on.
 */
export type Frame =
	| { type: 'auth'; address: string }
	/** « This is what I have »: answered by Hocuspocus from the document in memory. */
	| { type: 'question'; address: string }
	/** Text to keep: an update, or the answer to our own question. */
	| { type: 'content'; address: string; update: Uint8Array; isAnswer: boolean }
	| { type: 'presence'; address: string; states: Uint8Array }
	/** A word about the document, beside its content. */
	| { type: 'note'; address: string; payload: string }
	| { type: 'leave'; address: string }
	| { type: 'pong' }
	| { type: 'ignored'; address: string };

export type AddressedFrame = Exclude<Frame, { type: 'pong' }>;

const SYNC = 0;
const PRESENCE = 1;
const AUTH = 2;
const SYNC_REPLY = 4;
const STATELESS = 5;
const LEAVE = 7;
const SYNC_STATUS = 8;
const PING = 9;
const PONG = 10;

const SYNC_STEP_1 = 0;
const SYNC_STEP_2 = 1;
const SYNC_UPDATE = 2;

const PERMISSION_DENIED = 1;

/** Reads a frame; null when it is not one. */
export function readFrame(bytes: Uint8Array): Frame | null {
	if (bytes.length === 1 && bytes[0] === PONG) return { type: 'pong' };
	try {
		return readAddressed(decoding.createDecoder(bytes));
	} catch {
		return null;
	}
}

function readAddressed(decoder: decoding.Decoder): Frame | null {
	const address = decoding.readVarString(decoder);
	const type = decoding.readVarUint(decoder);
	switch (type) {
		case SYNC:
		case SYNC_REPLY:
			return readSync(decoder, address);
		case PRESENCE:
			return { type: 'presence', address, states: decoding.readVarUint8Array(decoder) };
		case AUTH:
			return readAuth(decoder, address);
		case STATELESS:
			return { type: 'note', address, payload: decoding.readVarString(decoder) };
		case LEAVE:
			return { type: 'leave', address };
		default:
			return type > PONG ? null : { type: 'ignored', address };
	}
}

/** Hocuspocus reads the same: of one that it cannot read it would print a trace. */
function readAuth(decoder: decoding.Decoder, address: string): Frame {
	decoding.readVarUint(decoder);
	decoding.readVarString(decoder);
	if (decoding.hasContent(decoder)) decoding.readVarString(decoder);
	return { type: 'auth', address };
}

function readSync(decoder: decoding.Decoder, address: string): Frame | null {
	const step = decoding.readVarUint(decoder);
	const payload = decoding.readVarUint8Array(decoder);
	switch (step) {
		case SYNC_STEP_1:
			return isStateVector(payload) ? { type: 'question', address } : null;
		case SYNC_STEP_2:
		case SYNC_UPDATE:
			return { type: 'content', address, update: payload, isAnswer: step === SYNC_STEP_2 };
		default:
			return null;
	}
}

/** Whether Yjs could read it: one that claims 2^32 entries must not be tried. */
function isStateVector(payload: Uint8Array): boolean {
	const decoder = decoding.createDecoder(payload);
	const count = decoding.readVarUint(decoder);
	if (count * 2 > payload.length) return false;
	for (let i = 0; i < 2 * count; i++) decoding.readVarUint(decoder);
	return !decoding.hasContent(decoder);
}

/** « What do I lack? »: answered with all that the other side has and we do not. */
export function questionFrame(address: string, stateVector: Uint8Array): Uint8Array {
	return frame(address, SYNC, (encoder) => {
		encoding.writeVarUint(encoder, SYNC_STEP_1);
		encoding.writeVarUint8Array(encoder, stateVector);
	});
}

/** « Your message is durable », or not: one for each content frame, because the standard provider counts them. */
export function statusFrame(address: string, saved: boolean): Uint8Array {
	return frame(address, SYNC_STATUS, (encoder) => encoding.writeVarUint(encoder, saved ? 1 : 0));
}

/** Closes a document to its reader, with the reason that the person sees. */
export function deniedFrame(address: string, reason: string): Uint8Array {
	return frame(address, AUTH, (encoder) => {
		encoding.writeVarUint(encoder, PERMISSION_DENIED);
		encoding.writeVarString(encoder, reason);
	});
}

/** A word from the server about a document, beside its content. */
export function noteFrame(address: string, payload: string): Uint8Array {
	return frame(address, STATELESS, (encoder) => encoding.writeVarString(encoder, payload));
}

/** Keeps a silent line alive and shows the other side that it is; answered by a pong. */
export const PING_FRAME = Uint8Array.of(PING);

function frame(address: string, type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarString(encoder, address);
	encoding.writeVarUint(encoder, type);
	write(encoder);
	return encoding.toUint8Array(encoder);
}
