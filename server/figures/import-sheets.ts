import type { Feuille } from '#lib/figures/grid.ts';
import { DomainError, type ErrorCode } from '../errors.ts';
import { startWorker } from '../workers.ts';

export interface ImportOptions {
	/** Milliseconds given to the reading, start of the worker included. */
	delai?: number;
	/** Megabytes given to the worker's memory. */
	memoire?: number;
}

/** What the worker answers. */
export type Reponse = { feuilles: Feuille[] } | { refus: { code: ErrorCode; message: string } };

/** Bytes of a file, or characters of a paste. */
export const TAILLE_MAX = 5 * 1024 * 1024;
const DELAI = 20_000;
const MEMOIRE = 512;

/**
 * Reads the tables of an .xlsx, of a .csv or of a paste, in a worker, one at a time. Rejects with a DomainError whose
 * French message says what to do, when it is no table or cannot be read within these limits. Writes nothing.
 */
export async function importSheets(source: Uint8Array | string, options: ImportOptions = {}): Promise<Feuille[]> {
	if (source.length > TAILLE_MAX)
		throw new DomainError(
			'invalide',
			'Ce fichier dépasse 5\u00a0Mo. Gardez-en la feuille utile, ou collez le tableau ici.'
		);
	if (typeof source === 'string' && source.trim() === '')
		throw new DomainError('invalide', 'Choisissez un fichier, ou collez un tableau.');
	const reponse = await inTurn(() => askWorker(source, options));
	if ('refus' in reponse) throw new DomainError(reponse.refus.code, reponse.refus.message);
	return reponse.feuilles;
}

let queue: Promise<unknown> = Promise.resolve();

/** Two readings at once would take both cores of a small machine. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
	const result = queue.then(work);
	queue = result.catch(() => undefined);
	return result;
}

function askWorker(source: Uint8Array | string, { delai = DELAI, memoire = MEMOIRE }: ImportOptions): Promise<Reponse> {
	return new Promise((resolve, reject) => {
		const worker = startWorker('figures', {
			workerData: source,
			resourceLimits: { maxOldGenerationSizeMb: memoire }
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
		worker.on('exit', (code) => end(() => reject(new Error(`The figures worker ended with code ${code}`))));
	});
}

const TROP_LONG = 'La lecture de ce fichier prend trop de temps. Gardez-en la feuille utile, ou collez le tableau ici.';
const TROP_LOURD =
	'La lecture de ce fichier demande trop de mémoire. Gardez-en la feuille utile, ou collez le tableau ici.';

function isOutOfMemory(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
