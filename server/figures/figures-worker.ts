import { parentPort, workerData } from 'node:worker_threads';
import { DomainError } from '../errors.ts';
import type { Reponse } from './import-sheets.ts';
import { readSheets } from './read-sheets.ts';

/** Reads the bytes or the text it is started with, answers once, and ends. */
async function answer(source: Uint8Array | string): Promise<Reponse> {
	try {
		return { feuilles: await readSheets(source) };
	} catch (error) {
		if (error instanceof DomainError) return { refus: { code: error.code, message: error.message } };
		throw error;
	}
}

parentPort?.postMessage(await answer(workerData as Uint8Array | string));
