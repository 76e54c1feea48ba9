import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { dayOf } from '#lib/format.ts';
import { assemble, type DocumentImprime, type Edition, type Imprimeur, type Portee } from './assemble.ts';
import { readCoverage, type Couverture } from './coverage.ts';
import { assembleFeuille, type Feuille } from './feuilles/feuille.ts';
import { FAMILLES, readFont, SIGNES_DU_COMPILATEUR } from './fonts.ts';
import { Impression, type Remplacement } from './impression.ts';
import { renderPdf, type Rendu } from './render.ts';

export interface PrintJob {
	archive: ArchivePacte;
	portee: Portee;
	/** Milliseconds since 1970: the day that the document bears. */
	date: number;
}

export interface Printed extends Rendu {
	remplacements: Remplacement[];
}

/** From a pacte to the bytes of its PDF. Work of a worker: it holds its thread from start to end. */
export function print(job: PrintJob, polices: readonly Couverture[] = fontCoverage()): Printed {
	try {
		return printWith(polices, job);
	} catch (error) {
		// A sign that the fonts have and that the compiler refuses all the same must not cost the whole document, nor an image.
		if (isImageRefusal(error)) return printWith(polices, { ...job, archive: { ...job.archive, pieces: [] } });
		if (!isGlyphRefusal(error)) throw error;
		return printWith(plainCoverage(), job);
	}
}

function printWith(polices: readonly Couverture[], { archive, portee, date }: PrintJob): Printed {
	return render(polices, (imprimeur) => assemble(archive, portee, imprimeur, editionOf(date)), date);
}

export function editionOf(date: number): Edition {
	return { version: `Version du ${dayOf(date)}` };
}

/** The same, for a sheet of a séance. */
export function printFeuille(feuille: Feuille, date: number): Printed {
	const laidOut = (imprimeur: Imprimeur) => assembleFeuille(feuille, imprimeur);
	try {
		return render(fontCoverage(), laidOut, date);
	} catch (error) {
		if (!isGlyphRefusal(error)) throw error;
		return render(plainCoverage(), laidOut, date);
	}
}

function render(
	polices: readonly Couverture[],
	document: (imprimeur: Imprimeur) => DocumentImprime,
	date: number
): Printed {
	const impression = new Impression(polices);
	const pdf = renderPdf(document(impression), { date: Math.floor(date / 1000) });
	return { ...pdf, remplacements: impression.remplacements };
}

/** What would be replaced, without laying anything out. */
export function findReplacements({ archive, portee }: Omit<PrintJob, 'date'>): Remplacement[] {
	const impression = new Impression(fontCoverage());
	assemble(archive, portee, impression);
	return impression.remplacements;
}

/** Its words stay, in the place of each. */
export function isImageRefusal(error: unknown): boolean {
	return error instanceof Error && /failed to decode image|unknown image format/.test(error.message);
}

function isGlyphRefusal(error: unknown): boolean {
	return error instanceof Error && /could not be displayed|disallowed codepoint/.test(error.message);
}

let covered: Couverture[] | undefined;

/** Font by font, in the order in which the compiler tries them. */
function fontCoverage(): Couverture[] {
	if (!covered) {
		const plain = FAMILLES.map(({ fichiers }) => readCoverage(readFont(fichiers[0] as string)));
		covered = [...plain, new Set([...SIGNES_DU_COMPILATEUR].map((signe) => signe.codePointAt(0) as number))];
	}
	return covered;
}

/** Western letters and signs, of the first font alone. */
function plainCoverage(): Couverture[] {
	const [first] = fontCoverage();
	const isPlain = (point: number) => (point >= 0x20 && point < 0x180) || (point >= 0x2010 && point < 0x2027);
	return [new Set([...(first ?? [])].filter(isPlain))];
}
