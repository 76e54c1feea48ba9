import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** The works long enough to slow everyone down. They run beside the process, and never write to the database. */
export type WorkerName = 'import' | 'export' | 'figures' | 'salles';

/** Starts the worker of a room, `server/<name>/<name>-worker.ts`, wherever this code runs from. */
function startWorker(name: WorkerName, options: WorkerOptions = {}): Worker {
	return new Worker(workerFile(name), options);
}

/**
 * The file of a worker. From source, under plain Node as under Vite, it stands in its room; in the build it is an entry
 * of its own at the top of `build/server`, and this module is in one of the files there or below.
 */
export function workerFile(name: WorkerName, from: string = import.meta.url): string {
	const here = fileURLToPath(from.replace(/[?#].*$/, ''));
	if (here.endsWith('.ts')) return join(dirname(here), name, `${name}-worker.ts`);
	let folder = dirname(here);
	for (let i = 0; i < 4; i++, folder = dirname(folder)) {
		const file = join(folder, `${name}-worker.js`);
		if (existsSync(file)) return file;
	}
	throw new Error(`No file for the ${name} worker above ${dirname(here)}`);
}

/** A worker that did not end its work within what it was given. Any other failure is the worker's own error. */
export class WorkerStopped extends Error {
	readonly reason: 'tropLong' | 'tropLourd';
	constructor(reason: 'tropLong' | 'tropLourd') {
		super(`The worker was stopped: ${reason}`);
		this.name = 'WorkerStopped';
		this.reason = reason;
	}
}

export interface Work {
	/** What the worker is given. */
	workerData: unknown;
	/** Milliseconds, start of the worker included. */
	delai: number;
	resourceLimits: WorkerOptions['resourceLimits'];
}

/** Starts a worker for one answer, and ends it. */
export function askWorker<Reponse>(name: WorkerName, { workerData, delai, resourceLimits }: Work): Promise<Reponse> {
	return new Promise((resolve, reject) => {
		const worker = startWorker(name, { workerData, resourceLimits });
		const end = (settle: () => void) => {
			clearTimeout(timer);
			worker.removeAllListeners();
			// An error after the answer has no one to hear it, and must not end the process.
			worker.on('error', () => undefined);
			// Its thread is gone before anyone goes on: a process that ends while native code is being put away may crash.
			void worker.terminate().then(settle, settle);
		};
		const timer = setTimeout(() => end(() => reject(new WorkerStopped('tropLong'))), delai);
		worker.on('message', (reponse: Reponse) => end(() => resolve(reponse)));
		worker.on('error', (error) => end(() => reject(isOutOfMemory(error) ? new WorkerStopped('tropLourd') : error)));
		worker.on('exit', (code) => end(() => reject(new Error(`The ${name} worker ended with code ${code}`))));
	});
}

function isOutOfMemory(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** Works one after another: two at once would take both cores of a small machine. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
	let last: Promise<unknown> = Promise.resolve();
	return (work) => {
		const result = last.then(work);
		last = result.catch(() => undefined);
		return result;
	};
}
