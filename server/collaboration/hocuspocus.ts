import {
	Hocuspocus,
	type beforeSyncPayload,
	type beforeUnloadDocumentPayload,
	type connectedPayload,
	type onAuthenticatePayload,
	type onLoadDocumentPayload
} from '@hocuspocus/server';
import type { SocketContext } from './socket.ts';

/** What we do at each step of Hocuspocus. The first two may refuse, by throwing a Refusal. */
export interface Steps {
	authenticate(payload: onAuthenticatePayload<SocketContext>): Promise<void>;
	load(payload: onLoadDocumentPayload<SocketContext>): Promise<void>;
	connected(payload: connectedPayload<SocketContext>): void;
	/** Throws to keep the document in memory. */
	beforeUnload(payload: beforeUnloadDocumentPayload): Promise<void>;
}

/** An expected « no »: has no message, so that Hocuspocus does not log it; the reason is for the person. */
export class Refusal extends Error {
	readonly reason: string;
	constructor(reason: string) {
		super('');
		this.name = 'Refusal';
		this.reason = reason;
	}
}

/** Longer than any process lives: the beats of our own sockets tell who is gone. */
const NEVER = 2 ** 31 - 1;

const SYNC_STEP_1 = 0;

/**
 * Hocuspocus keeps the documents in memory, answers the sync of newcomers and sends changes to everyone. It writes
 * nothing: content never reaches it but through the log. Most of its hooks are not awaited, so that one which throws
 * would end the process: none of ours throws but where a refusal is expected and caught.
 */
export function createHocuspocus(steps: Steps): Hocuspocus<SocketContext> {
	return new Hocuspocus<SocketContext>({
		quiet: true,
		timeout: NEVER,
		onAuthenticate: (payload) => refusing('onAuthenticate', () => steps.authenticate(payload)),
		onLoadDocument: (payload) => refusing('onLoadDocument', () => steps.load(payload)),
		async connected(payload) {
			// A line that did not open would wait for ever: the browser comes back and tries again.
			if (!(await safely('connected', () => steps.connected(payload)))) payload.context.socket.close('indisponible');
		},
		beforeSync: (payload) => refusing('beforeSync', () => refuseContent(payload)),
		beforeUnloadDocument: (payload) => refusing('beforeUnloadDocument', () => steps.beforeUnload(payload))
	});
}

/** The last barrier: content takes our way, and this one only if we forgot a door. */
async function refuseContent({ type }: beforeSyncPayload): Promise<void> {
	if (type !== SYNC_STEP_1) throw new Refusal('Ce message n’est pas passé par l’enregistrement.');
}

export async function refusing(hook: string, act: () => Promise<void>): Promise<void> {
	try {
		await act();
	} catch (error) {
		if (error instanceof Refusal) throw error;
		console.error(`Collaboration (${hook}) :`, error);
		throw new Refusal('Ce texte ne peut pas être ouvert pour le moment.');
	}
}

/** Whether it went well. */
export async function safely(hook: string, act: () => unknown): Promise<boolean> {
	try {
		await act();
		return true;
	} catch (error) {
		console.error(`Collaboration (${hook}) :`, error);
		return false;
	}
}
