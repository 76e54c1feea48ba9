import * as Y from 'yjs';
import type { Range } from '#lib/collaboration/rescue.ts';
import { Ground, type Fault, type Landed } from './ground.ts';
import { land } from './landing.ts';
import type { Limits } from './limits.ts';
import type { OpenDocument } from './open-document.ts';
import { SHAPES } from './shapes.ts';
import { newsOf, writtenIn } from './update.ts';
import { readUpdate, UnreadableUpdate, type Id, type UpdateContent } from './update-reader.ts';

/** Content that came in, and from whom. */
export interface Incoming {
	update: Uint8Array;
	/** Whether it answers our question: all that someone brings back, rather than one edit. */
	isAnswer: boolean;
	/** What it names as deleted, and its sender has not seen: that goes with what holds it. */
	unseen?: readonly Range[];
	compteId: string;
	/** Whether other people's text may come back with it: after a restoration, in an answer. */
	mayRecover: boolean;
}

export type Admission =
	| {
			verdict: 'accepted';
			/** What is new in the update; null when everything in it is durable already. */
			news: Uint8Array | null;
			/** Client ids that nobody had brought to this document before. */
			newClients: number[];
			/** Whether it holds text that someone else may have written. */
			recovered: boolean;
			landed: Landed[];
	  }
	/** It refers to something that nobody has sent yet. */
	| { verdict: 'early'; missing: Id }
	| { verdict: 'refused'; reason: string };

/** The reasons of a refusal, for the person whose text it was. */
export const REFUSALS = {
	tooLarge: 'Cette modification est trop grande pour être enregistrée.',
	tooMany: 'Cette modification contient trop d’éléments pour être enregistrée.',
	malformed: 'Cette modification est illisible et n’a pas été enregistrée.',
	foreign: 'Cette modification contient le texte d’une autre personne et n’a pas été enregistrée.',
	jump: 'Cette modification est trop grande pour être enregistrée.',
	shape: 'Cette modification contient ce que ce texte ne peut pas recevoir, et n’a pas été enregistrée.',
	depth: 'Cette modification contient trop de niveaux imbriqués pour être enregistrée.',
	fixed: 'Cette modification retire une rubrique de la fiche et n’a pas été enregistrée.',
	full: 'Ce texte a atteint sa taille maximale\u00a0: cette modification n’a pas été enregistrée.',
	incomplete: 'Il manque le début de cette modification\u00a0: elle n’a pas été enregistrée.'
} as const satisfies Record<Fault | string, string>;

/**
 * Judges incoming content before Yjs decodes or applies it anywhere: the only way in, for updates and answers to our
 * question alike. Changes nothing: `welcome` does, once the rest of the house agrees.
 */
export function admit(open: OpenDocument, incoming: Incoming, limits: Limits): Admission {
	const { update, isAnswer, mayRecover } = incoming;
	if (update.length > (isAnswer ? limits.answer : limits.update)) return refused('tooLarge');
	const content = read(update, limits);
	if (typeof content === 'string') return refused(content);
	const ground = new Ground(open);
	const { foreign, unknown, jumps } = authorsOf(content, open, ground, incoming, limits);
	if (jumps) return refused('jump');
	if (foreign && !mayRecover) return refused('foreign');
	const landing = land(content, ground, { limits, mayRestore: mayRecover });
	if ('fault' in landing) return refused(landing.fault);
	if ('missing' in landing) return { verdict: 'early', missing: landing.missing };
	if (!mayRecover && removesFixed(open, content)) return refused('fixed');
	const { landed } = landing;
	if (landed.length > 0 && isFull(open, update.length, limits)) return refused('full');
	const news = newsOf(open.document, ground, update, content, incoming.unseen);
	// Whose a recovered client id is, its next edit will tell.
	return { verdict: 'accepted', news, newClients: mayRecover ? [] : unknown, recovered: mayRecover && foreign, landed };
}

/** Takes what was admitted into account for the judgement of what comes next. */
export function welcome(
	open: OpenDocument,
	{ newClients, landed }: Admission & { verdict: 'accepted' },
	owner: string
) {
	for (const client of newClients) open.owners.set(client, owner);
	open.coming.add(landed);
}

function refused(reason: keyof typeof REFUSALS): Admission {
	return { verdict: 'refused', reason: REFUSALS[reason] };
}

function read(update: Uint8Array, { structs }: Limits): UpdateContent | 'malformed' | 'tooMany' {
	try {
		return readUpdate(update, structs);
	} catch (error) {
		return error instanceof UnreadableUpdate ? error.reason : 'malformed';
	}
}

/** Whose client ids bring something new: those of another, and those that nobody had yet. */
function authorsOf(
	content: UpdateContent,
	open: OpenDocument,
	ground: Ground,
	{ compteId, mayRecover }: Incoming,
	limits: Limits
) {
	const unknown = new Set<number>();
	let [foreign, jumps] = [false, false];
	for (const { client, to } of writtenIn(content)) {
		const known = ground.clockOf(client);
		if (to <= known) continue;
		const owner = open.owners.get(client);
		if (owner === undefined) unknown.add(client);
		// Seen here under someone else's name, before they have written anything.
		foreign ||= owner === undefined ? mayRecover || isSeenAs(open, client, compteId) : owner !== compteId;
		jumps ||= to - known > limits.jump;
	}
	return { foreign, unknown: [...unknown], jumps };
}

/** Whether a client id shows the presence of another account. */
function isSeenAs(open: OpenDocument, client: number, compteId: string): boolean {
	for (const [{ context }, { clients }] of open.document.connections)
		if (clients.has(client) && context.socket.person.compteId !== compteId) return true;
	return false;
}

/** Whether it deletes an entry that only the server makes. */
function removesFixed({ document, kind }: OpenDocument, { deleted }: UpdateContent): boolean {
	const fixed = new Set<unknown>();
	for (const [name, root] of Object.entries(SHAPES[kind]))
		if ('isFixed' in root && root.isFixed) fixed.add(document.share.get(name));
	if (fixed.size === 0) return false;
	for (const { client, from, to } of deleted) {
		const structs = document.store.clients.get(client);
		if (!structs || from >= Y.getState(document.store, client)) continue;
		for (let i = Y.findIndexSS(structs, from); i < structs.length; i++) {
			const struct = structs[i] as Y.Item | Y.GC;
			if (struct.id.clock >= to) break;
			if (struct instanceof Y.Item && !struct.deleted && fixed.has(struct.parent)) return true;
		}
	}
	return false;
}

/** A document that is measured again is not for a while: people who delete get their room back within seconds. */
const MEASURE_EVERY = 10_000;

function isFull(open: OpenDocument, more: number, limits: Limits): boolean {
	const { size } = open;
	if (size.bytes + more <= limits.document) return false;
	if (performance.now() - size.measuredAt > MEASURE_EVERY)
		open.size = { bytes: Y.encodeStateAsUpdate(open.document).length, measuredAt: performance.now() };
	return open.size.bytes + more > limits.document;
}
