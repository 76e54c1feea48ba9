import type { Proposition } from '#lib/import/proposition.ts';
import { DomainError, type ErrorCode } from '../errors.ts';
import { askWorker, oneAtATime, WorkerStopped } from '../workers.ts';
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
	const reponse = await inTurn(() => readInWorker(input, options));
	if ('refus' in reponse) throw new DomainError(reponse.refus.code, reponse.refus.message);
	return reponse.proposition;
}

const inTurn = oneAtATime();

async function readInWorker(
	input: Uint8Array | string,
	{ delai = DELAI, memoire = MEMOIRE }: ImportOptions
): Promise<Reponse> {
	try {
		return await askWorker<Reponse>('import', {
			workerData: input,
			delai,
			resourceLimits: { maxOldGenerationSizeMb: memoire, maxYoungGenerationSizeMb: JEUNE_MEMOIRE }
		});
	} catch (error) {
		throw error instanceof WorkerStopped ? new DomainError('invalide', REFUS[error.reason]) : error;
	}
}

const REFUS: Record<WorkerStopped['reason'], string> = {
	tropLong: 'La lecture de ce texte prend trop de temps\u00a0: importez-le en plusieurs fois.',
	tropLourd: 'La lecture de ce texte demande trop de mémoire\u00a0: importez-le en plusieurs fois.'
};
