import type { Proposition } from '#lib/import/proposition.ts';
import { DomainError, type ErrorCode } from '../errors.ts';
import { startWorker } from '../workers.ts';
import { checkTaille, TAILLE_MAXIMALE } from './limites.ts';

export interface ImportOptions {
	/** Milliseconds given to the reading, start of the worker included. */
	delai?: number;
	/** Megabytes given to the worker's memory. */
	memoire?: number;
}

/** What the worker answers. */
export type Reponse = { proposition: Proposition } | { refus: { code: ErrorCode; message: string } };

const DELAI = 20_000;
const MEMOIRE = 512;
/** Lines are many and short-lived: with more room for them, they are collected less often. */
const JEUNE_MEMOIRE = 64;
/** UTF-16 takes two bytes for a character, UTF-8 no more than three. */
const OCTETS_PAR_CARACTERE = 3;

/**
 * Reads a pacte from its text, or from the bytes of its file, without slowing anyone: in a worker, one text at a time.
 * Rejects with a DomainError, whose French message says what to do, when the input is too long, is no text, or cannot be
 * read within these limits.
 */
export async function importText(input: Uint8Array | string, options: ImportOptions = {}): Promise<Proposition> {
	if (typeof input === 'string') checkTaille(input.length);
	else if (input.byteLength > OCTETS_PAR_CARACTERE * TAILLE_MAXIMALE) checkTaille(input.byteLength);
	const reponse = await inTurn(() => askWorker(input, options));
	if ('refus' in reponse) throw new DomainError(reponse.refus.code, reponse.refus.message);
	return reponse.proposition;
}

let file: Promise<unknown> = Promise.resolve();

/** Two readings at once would take both cores of a small machine. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
	const result = file.then(work);
	file = result.catch(() => undefined);
	return result;
}

function askWorker(input: Uint8Array | string, { delai = DELAI, memoire = MEMOIRE }: ImportOptions): Promise<Reponse> {
	return new Promise((resolve, reject) => {
		const worker = startWorker('import', {
			workerData: input,
			resourceLimits: { maxOldGenerationSizeMb: memoire, maxYoungGenerationSizeMb: JEUNE_MEMOIRE }
		});
		const end = (settle: () => void) => {
			clearTimeout(timer);
			worker.removeAllListeners();
			// An error after the answer has no one to hear it, and must not end the process.
			worker.on('error', () => undefined);
			void worker.terminate();
			settle();
		};
		const timer = setTimeout(() => end(() => reject(new DomainError('invalide', TROP_LONG))), delai);
		worker.on('message', (reponse: Reponse) => end(() => resolve(reponse)));
		worker.on('error', (error) =>
			end(() => reject(isOutOfMemory(error) ? new DomainError('invalide', TROP_LOURD) : error))
		);
		worker.on('exit', (code) => end(() => reject(new Error(`The import worker ended with code ${code}`))));
	});
}

const TROP_LONG = 'La lecture de ce texte prend trop de temps\u00a0: importez-le en plusieurs fois.';
const TROP_LOURD = 'La lecture de ce texte demande trop de mémoire\u00a0: importez-le en plusieurs fois.';

function isOutOfMemory(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
