import { parentPort, workerData } from 'node:worker_threads';
import { DomainError } from '../errors.ts';
import type { Demande, Reponse } from './pdf.ts';
import { findReplacements, print } from './print.ts';

/** Does what it is started with, answers once, and ends. */
function answer(demande: Demande): Reponse {
	try {
		switch (demande.type) {
			case 'pdf':
				return { type: 'pdf', ...print(demande) };
			case 'remplacements':
				return { type: 'remplacements', remplacements: findReplacements(demande) };
			default:
				return demande satisfies never;
		}
	} catch (error) {
		if (error instanceof DomainError) return { type: 'refus', code: error.code, message: error.message };
		throw error;
	}
}

const reponse = answer(workerData as Demande);
parentPort?.postMessage(reponse, reponse.type === 'pdf' ? [reponse.pdf.buffer] : []);
