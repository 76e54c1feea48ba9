import { parentPort, workerData } from 'node:worker_threads';
import { DomainError } from '../errors.ts';
import { decodeTexte } from './decode.ts';
import type { Reponse } from './import.ts';
import { checkLignes, checkTaille } from './limites.ts';
import { readPacte } from './read-pacte.ts';

/** Reads the bytes or the text it is started with, answers once, and ends. */
function answer(source: Uint8Array | string): Reponse {
	try {
		const texte = decodeTexte(source);
		checkTaille(texte.length);
		checkLignes(texte);
		return { proposition: readPacte(texte) };
	} catch (error) {
		if (error instanceof DomainError) return { refus: { code: error.code, message: error.message } };
		throw error;
	}
}

parentPort?.postMessage(answer(workerData as Uint8Array | string));
