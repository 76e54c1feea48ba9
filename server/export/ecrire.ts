import type { FormatDeDocument } from '#lib/exports/formats.ts';
import { assemble } from './assemble.ts';
import type { DocumentEcrit } from './blocs.ts';
import { ecrireBlocs } from './ecrits.ts';
import { ecrireHtml } from './ecrire-html.ts';
import { ecrireMarkdown } from './ecrire-markdown.ts';
import { ecrireOdt } from './ecrire-odt.ts';
import { telQuel } from './impression.ts';
import { editionOf, print, type PrintJob } from './print.ts';
import { withoutWebp } from './webp-png.ts';

/** The formats that are not laid out in pages here. */
export type FormatEcrit = Exclude<FormatDeDocument, 'pdf'>;

/** From a pacte to the bytes of a document that one can write in. Work of a worker. */
export async function ecrirePacte(job: PrintJob, format: FormatEcrit): Promise<Uint8Array<ArrayBuffer>> {
	switch (format) {
		case 'docx': {
			// Half a second to load: only for those who need it.
			const { ecrireDocx } = await import('./ecrire-docx.ts');
			return ecrireDocx(await blocsWithPages(job));
		}
		case 'odt':
			return ecrireOdt(await blocsWithPages(job), job.date);
		case 'html':
			return new TextEncoder().encode(ecrireHtml(blocsOf(job)));
		case 'md':
			return new TextEncoder().encode(ecrireMarkdown(blocsOf(job)));
		default:
			return format satisfies never;
	}
}

/** Its contents say the pages of the PDF, and office suites show its images. */
async function blocsWithPages(job: PrintJob): Promise<DocumentEcrit> {
	const { titres } = print(job);
	const readable = { ...job.archive, pieces: await withoutWebp(job.archive.pieces) };
	return blocsOf({ ...job, archive: readable }, titres);
}

function blocsOf({ archive, portee, date }: PrintJob, pages?: readonly number[]): DocumentEcrit {
	return ecrireBlocs(assemble(archive, portee, telQuel, editionOf(date)), pages);
}
