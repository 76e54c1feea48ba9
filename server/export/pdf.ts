import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { DomainError, type ErrorCode } from '../errors.ts';
import { askWorker, oneAtATime, WorkerStopped } from '../workers.ts';
import type { Portee } from './assemble.ts';
import type { Classeur, DocumentEcrit } from './blocs.ts';
import type { FormatEcrit } from './ecrire.ts';
import type { Feuille } from './feuilles/feuille.ts';
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
export type Demande =
	| { type: 'pdf'; archive: ArchivePacte; portee: Portee; date: number }
	| { type: 'remplacements'; archive: ArchivePacte; portee: Portee }
	| { type: 'feuille'; feuille: Feuille; date: number }
	| { type: 'document'; format: FormatEcrit; archive: ArchivePacte; portee: Portee; date: number }
	| Ecriture;

/** A file that is written, not laid out in pages. */
export type Ecriture =
	| { type: 'odt' | 'docx'; document: DocumentEcrit; date: number }
	| { type: 'xlsx' | 'ods' | 'csv'; classeur: Classeur; date: number };

/** What the worker answers. */
export type Reponse =
	| ({ type: 'pdf' } & PdfExporte)
	| { type: 'remplacements'; remplacements: Remplacement[] }
	| { type: 'fichier'; bytes: Uint8Array<ArrayBuffer> }
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
	return laidOut({ type: 'pdf', archive, portee, date }, limits);
}

/** Makes the PDF of a sheet of a séance, as the pacte's is made. */
export function exportFeuille(feuille: Feuille, { date, ...limits }: PdfOptions): Promise<PdfExporte> {
	return laidOut({ type: 'feuille', feuille, date }, limits);
}

async function laidOut(demande: Demande, limits: Omit<PdfOptions, 'date'>): Promise<PdfExporte> {
	const reponse = await inTurn(() => printInWorker(demande, limits));
	if (reponse.type !== 'pdf') throw unexpected(reponse);
	const { pdf, pages, remplacements } = reponse;
	return { pdf, pages, remplacements };
}

/** Writes a file in the worker, in its turn. */
export async function exportEcriture(ecriture: Ecriture): Promise<Uint8Array<ArrayBuffer>> {
	const reponse = await inTurn(() => printInWorker(ecriture, {}));
	if (reponse.type !== 'fichier') throw unexpected(reponse);
	return reponse.bytes;
}

/** The same pacte, branch or fiche in a format that one can write in. */
export async function exportDocument(
	archive: ArchivePacte,
	portee: Portee,
	format: FormatEcrit,
	{ date, ...limits }: PdfOptions
): Promise<Uint8Array<ArrayBuffer>> {
	const reponse = await inTurn(() => printInWorker({ type: 'document', format, archive, portee, date }, limits));
	if (reponse.type !== 'fichier') throw unexpected(reponse);
	return reponse.bytes;
}

/** What would be replaced in that PDF, without making it. */
export async function findRemplacements(archive: ArchivePacte, portee: Portee): Promise<Remplacement[]> {
	const reponse = await inTurn(() => printInWorker({ type: 'remplacements', archive, portee }, {}));
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

const afterTheOthers = oneAtATime();
let waiting = 0;

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	if (waiting >= QUEUE_MAX) throw new DomainError('indisponible', TROP_DE_DEMANDES);
	waiting++;
	try {
		return await afterTheOthers(work);
	} finally {
		waiting--;
	}
}

async function printInWorker(
	demande: Demande,
	{ delai = DELAI, memoire = MEMOIRE }: Omit<PdfOptions, 'date'>
): Promise<Reponse> {
	try {
		const resourceLimits = { maxOldGenerationSizeMb: memoire };
		return await askWorker<Reponse>('export', { workerData: demande, delai, resourceLimits });
	} catch (error) {
		if (error instanceof WorkerStopped) throw new DomainError('indisponible', REFUS[error.reason]);
		console.error('Export :', error);
		throw new DomainError('indisponible', ECHEC);
	}
}

const TROP_DE_DEMANDES = 'Beaucoup d’exports sont demandés en ce moment. Réessayez dans une minute.';
const REFUS: Record<WorkerStopped['reason'], string> = {
	tropLong:
		'Ce fichier prend trop de temps à préparer. Exportez le pacte axe par axe, ou réessayez dans quelques minutes.',
	tropLourd: 'Ce fichier demande trop de mémoire. Exportez le pacte axe par axe.'
};
const ECHEC =
	'Le fichier n’a pas pu être préparé. Réessayez\u00a0; si cela continue, prenez l’export JSON et prévenez la personne qui administre Copacte.';
