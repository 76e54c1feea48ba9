import type { FormatDeDocument } from '#lib/exports/formats.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { DomainError } from '../errors.ts';
import type { App } from '../app.ts';
import { readArchive, readPacte } from './archive.ts';
import { nameOf, untoldPeriod, type Portee } from './assemble.ts';
import type { Remplacement } from './impression.ts';
import { nomDeFichier } from './nom-de-fichier.ts';
import { exportDocument, exportPdf, findRemplacements } from './pdf.ts';

export type ExportFormat = FormatDeDocument | 'json';

export interface FichierExporte {
	nom: string;
	type: string;
	bytes: Uint8Array<ArrayBuffer>;
	/** null: not a paged document. */
	pages: number | null;
	remplacements: Remplacement[];
}

/** A whole pacte, to print or to keep. */
export async function exportPacte(app: App, pacteId: string, format: ExportFormat): Promise<FichierExporte> {
	const archive = await readArchive(app, pacteId);
	return format === 'json' ? kept(archive) : written(app, archive, { type: 'pacte' }, format);
}

/** The tableau de synthèse alone. */
export async function exportSynthese(app: App, pacteId: string, format: FormatDeDocument): Promise<FichierExporte> {
	return written(app, await readArchive(app, pacteId), { type: 'synthese' }, format);
}

/** One branch of the pacte, with its fiches. `noeudId` is its id in this installation. */
export function exportAxe(
	app: App,
	pacteId: string,
	noeudId: string,
	format: FormatDeDocument = 'pdf'
): Promise<FichierExporte> {
	return exportPart(app, pacteId, { id: noeudId, type: 'axe' }, format);
}

/** One fiche. */
export function exportFiche(
	app: App,
	pacteId: string,
	ficheId: string,
	format: FormatDeDocument = 'pdf'
): Promise<FichierExporte> {
	return exportPart(app, pacteId, { id: ficheId, type: 'fiche' }, format);
}

async function exportPart(
	app: App,
	pacteId: string,
	{ id, type }: { id: string; type: 'axe' | 'fiche' },
	format: FormatDeDocument
): Promise<FichierExporte> {
	const { archive, noeuds } = await readPacte(app, pacteId);
	const noeud = noeuds.get(id);
	if (noeud === undefined)
		throw new DomainError('introuvable', 'Cette partie du pacte n’existe pas, ou n’existe plus.');
	return written(app, archive, { type, noeud }, format);
}

/** What the PDF of the whole pacte would replace, for want of a font. */
export async function listRemplacements(app: App, pacteId: string): Promise<Remplacement[]> {
	return findRemplacements(await readArchive(app, pacteId), { type: 'pacte' });
}

const TYPES: Record<FormatDeDocument, string> = {
	pdf: 'application/pdf',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	odt: 'application/vnd.oasis.opendocument.text',
	html: 'text/html; charset=utf-8',
	md: 'text/markdown; charset=utf-8'
};

async function written(
	app: App,
	archive: ArchivePacte,
	portee: Portee,
	format: FormatDeDocument
): Promise<FichierExporte> {
	const nom = nomDeFichier(namesOf(archive, portee), format);
	const date = app.now();
	if (format !== 'pdf') {
		const bytes = await exportDocument(archive, portee, format, { date });
		return { nom, type: TYPES[format], bytes, pages: null, remplacements: [] };
	}
	const { pdf, pages, remplacements } = await exportPdf(archive, portee, { date });
	return { nom, type: TYPES[format], bytes: pdf, pages, remplacements };
}

/** What its file is called. */
function namesOf(archive: ArchivePacte, portee: Portee): string[] {
	switch (portee.type) {
		case 'pacte':
			return [archive.intitule, untoldPeriod(archive)];
		case 'synthese':
			return ['Tableau de synthèse', archive.intitule];
		case 'axe':
		case 'fiche':
			return [nameOf(archive, portee.noeud)];
		default:
			return portee satisfies never;
	}
}

function kept(archive: ArchivePacte): FichierExporte {
	const bytes = new TextEncoder().encode(`${JSON.stringify(archive, null, 2)}\n`);
	const nom = nomDeFichier([archive.intitule, untoldPeriod(archive)], 'json');
	return { nom, type: 'application/json; charset=utf-8', bytes, pages: null, remplacements: [] };
}
