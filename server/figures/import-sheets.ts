import type { Feuille } from '#lib/figures/grid.ts';
import { DomainError, type ErrorCode } from '../errors.ts';
import { askWorker, oneAtATime, WorkerStopped } from '../workers.ts';

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
 * Reads the tables of an .xlsx, of an .ods, of a .csv or of a paste, in a worker, one at a time. Rejects with a DomainError whose
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
	const reponse = await inTurn(() => readInWorker(source, options));
	if ('refus' in reponse) throw new DomainError(reponse.refus.code, reponse.refus.message);
	return reponse.feuilles;
}

const inTurn = oneAtATime();

async function readInWorker(
	source: Uint8Array | string,
	{ delai = DELAI, memoire = MEMOIRE }: ImportOptions
): Promise<Reponse> {
	try {
		const resourceLimits = { maxOldGenerationSizeMb: memoire };
		return await askWorker<Reponse>('figures', { workerData: source, delai, resourceLimits });
	} catch (error) {
		throw error instanceof WorkerStopped ? new DomainError('invalide', REFUS[error.reason]) : error;
	}
}

const REFUS: Record<WorkerStopped['reason'], string> = {
	tropLong: 'La lecture de ce fichier prend trop de temps. Gardez-en la feuille utile, ou collez le tableau ici.',
	tropLourd: 'La lecture de ce fichier demande trop de mémoire. Gardez-en la feuille utile, ou collez le tableau ici.'
};
