import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** The works long enough to slow everyone down. They run beside the process, and never write to the database. */
export type WorkerName = 'import' | 'export' | 'figures';

/** Starts the worker of a room, `server/<name>/<name>-worker.ts`, wherever this code runs from. */
export function startWorker(name: WorkerName, options: WorkerOptions = {}): Worker {
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
