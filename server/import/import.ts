import type { Proposition } from '#lib/import/proposition.ts';
import { DomainError, type ErrorCode } from '../errors.ts';
import { askWorker, oneAtATime, WorkerStopped } from '../workers.ts';
import { checkFichier, checkTaille } from './limites.ts';

export interface ImportOptions {
	/** The name of the file: what it ends with must tell the truth. */
	nom?: string;
	/** Milliseconds given to the reading, start of the worker included. */
	delai?: number;
	/** Megabytes given to the worker's memory. */
	memoire?: number;
}

/** What was read, and the text that it was read in. */
export interface Lu {
	proposition: Proposition;
	texte: string;
}

/** What the worker is asked. */
export interface Demande {
	source: Uint8Array | string;
	nom: string;
}

/** What the worker answers. */
export type Reponse = Lu | { refus: { code: ErrorCode; message: string } };

const DELAI = 20_000;
/** A PDF or an office file is opened first. */
const DELAI_DE_FICHIER = 60_000;
const MEMOIRE = 512;
/** Lines are many and short-lived: with more room for them, they are collected less often. */
const JEUNE_MEMOIRE = 64;

/** Reads a pacte from its text, or from the bytes of its file: its proposal alone. */
export async function importText(input: Uint8Array | string, options: ImportOptions = {}): Promise<Proposition> {
	return (await importFichier(input, options)).proposition;
}

/**
 * Reads a pacte from its text, or from the bytes of its file (text, Markdown, HTML, .docx, .odt, .pdf), without slowing anyone: in a
 * worker, one at a time. Rejects with a DomainError, whose French message says what to do, when the input is too long, is no text, or
 * cannot be read within these limits. Writes nothing.
 */
export async function importFichier(input: Uint8Array | string, options: ImportOptions = {}): Promise<Lu> {
	if (typeof input === 'string') checkTaille(input.length);
	else checkFichier(input.byteLength);
	const reponse = await inTurn(() => readInWorker(input, options));
	if ('refus' in reponse) throw new DomainError(reponse.refus.code, reponse.refus.message);
	return reponse;
}

const inTurn = oneAtATime();

async function readInWorker(
	input: Uint8Array | string,
	{ nom = '', delai = typeof input === 'string' ? DELAI : DELAI_DE_FICHIER, memoire = MEMOIRE }: ImportOptions
): Promise<Reponse> {
	try {
		return await askWorker<Reponse>('import', {
			workerData: { source: input, nom } satisfies Demande,
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
