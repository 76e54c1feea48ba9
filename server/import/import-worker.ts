import { parentPort, workerData } from 'node:worker_threads';
import { DomainError } from '../errors.ts';
import { decodeTexte } from './decode.ts';
import { texteDuFichier } from './fichiers/lire-fichier.ts';
import type { Demande, Reponse } from './import.ts';
import { checkLignes, checkTaille } from './limites.ts';
import { readPacte } from './read-pacte.ts';

/** Reads the bytes or the text it is started with, answers once, and ends. */
async function answer({ source, nom }: Demande): Promise<Reponse> {
	try {
		const texte = typeof source === 'string' ? decodeTexte(source) : await texteDuFichier(source, nom);
		checkTaille(texte.length);
		checkLignes(texte);
		return { proposition: readPacte(texte), texte };
	} catch (error) {
		if (error instanceof DomainError) return { refus: { code: error.code, message: error.message } };
		throw error;
	}
}

parentPort?.postMessage(await answer(workerData as Demande));
