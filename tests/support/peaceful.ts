import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface PeacefulReport {
	/** From each key to its acknowledgement, in milliseconds. */
	waits: number[];
	/** One per key, if none is lost or there twice. */
	letters: number;
}

export interface Peaceful {
	/** They stop writing, and say how long they waited. */
	leave(): Promise<PeacefulReport>;
}

/** Somebody who writes a letter every 40 ms while other things happen. Resolves when they have begun. */
export async function startPeaceful(options: { url: string; name: string; cookie: string }): Promise<Peaceful> {
	const worker = new Worker(new URL('peaceful-worker.ts', import.meta.url), { workerData: options });
	await once(worker, 'message');
	const report = once(worker, 'message').then(([value]) => value as PeacefulReport);
	return {
		async leave() {
			worker.postMessage('assez');
			try {
				return await report;
			} finally {
				await worker.terminate();
			}
		}
	};
}
