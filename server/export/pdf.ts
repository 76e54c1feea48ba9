import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { DomainError, type ErrorCode } from '../errors.ts';
import { startWorker } from '../workers.ts';
import type { Portee } from './assemble.ts';
import type { Remplacement } from './impression.ts';

export interface PdfOptions {
	/** Milliseconds since 1970: the day that the document bears. */
	date: number;
	/** Milliseconds given to the work, start of the worker included. */
	delai?: number;
	/** Megabytes given to the worker's memory. */
	memoire?: number;
}

export interface PdfExporte {
	pdf: Uint8Array<ArrayBuffer>;
	pages: number;
	/** What no font could print: for the person, beside the file. */
	remplacements: Remplacement[];
}

/** What the worker is asked. */
export type Demande = { archive: ArchivePacte; portee: Portee } & (
	{ type: 'pdf'; date: number } | { type: 'remplacements' }
);

/** What the worker answers. */
export type Reponse =
	| ({ type: 'pdf' } & PdfExporte)
	| { type: 'remplacements'; remplacements: Remplacement[] }
	| { type: 'refus'; code: ErrorCode; message: string };

/**
 * Makes the PDF of a pacte, of a branch or of a fiche, in a worker: nobody waits for it but who asked. Rejects with a
 * DomainError whose French message says what to do.
 */
export async function exportPdf(
	archive: ArchivePacte,
	portee: Portee,
	{ date, ...limits }: PdfOptions
): Promise<PdfExporte> {
	const reponse = await inTurn(() => askWorker({ type: 'pdf', archive, portee, date }, limits));
	if (reponse.type !== 'pdf') throw unexpected(reponse);
	const { pdf, pages, remplacements } = reponse;
	return { pdf, pages, remplacements };
}

/** What would be replaced in that PDF, without making it. */
export async function findRemplacements(archive: ArchivePacte, portee: Portee): Promise<Remplacement[]> {
	const reponse = await inTurn(() => askWorker({ type: 'remplacements', archive, portee }, {}));
	if (reponse.type !== 'remplacements') throw unexpected(reponse);
	return reponse.remplacements;
}

function unexpected(reponse: Reponse): Error {
	return reponse.type === 'refus'
		? new DomainError(reponse.code, reponse.message)
		: new Error(`The export worker answered with ${reponse.type}`);
}

/** A whole pacte takes well under a second. */
const DELAI = 60_000;
const MEMOIRE = 512;
const QUEUE_MAX = 30;

let queue: Promise<unknown> = Promise.resolve();
let waiting = 0;

/** Two at once would take both cores of a small machine. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	if (waiting >= QUEUE_MAX) throw new DomainError('indisponible', TROP_DE_DEMANDES);
	waiting++;
	const result = queue.then(work);
	queue = result.catch(() => undefined);
	try {
		return await result;
	} finally {
		waiting--;
	}
}

function askWorker(demande: Demande, { delai = DELAI, memoire = MEMOIRE }: Omit<PdfOptions, 'date'>): Promise<Reponse> {
	return new Promise((resolve, reject) => {
		const worker = startWorker('export', {
			workerData: demande,
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
		const fail = (message: string, cause?: unknown) => {
			if (cause !== undefined) console.error('Export PDF :', cause);
			end(() => reject(new DomainError('indisponible', message)));
		};
		const timer = setTimeout(() => fail(TROP_LONG), delai);
		worker.on('message', (reponse: Reponse) => end(() => resolve(reponse)));
		worker.on('error', (error) => (isOutOfMemory(error) ? fail(TROP_LOURD) : fail(ECHEC, error)));
		worker.on('exit', (code) => fail(ECHEC, `the worker ended with code ${code}`));
	});
}

const TROP_DE_DEMANDES = 'Beaucoup d’exports sont demandés en ce moment. Réessayez dans une minute.';
const TROP_LONG =
	'Ce PDF prend trop de temps à préparer. Exportez le pacte axe par axe, ou réessayez dans quelques minutes.';
const TROP_LOURD = 'Ce PDF demande trop de mémoire. Exportez le pacte axe par axe.';
const ECHEC =
	'Le PDF n’a pas pu être préparé. Réessayez\u00a0; si cela continue, prenez l’export JSON et prévenez la personne qui administre Copacte.';

function isOutOfMemory(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
