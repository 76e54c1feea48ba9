import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { DomainError } from '../errors.ts';
import type { App } from '../app.ts';
import { readArchive, readPacte } from './archive.ts';
import { nameOf, untoldPeriod, type Portee } from './assemble.ts';
import type { Remplacement } from './impression.ts';
import { nomDeFichier } from './nom-de-fichier.ts';
import { exportPdf, findRemplacements } from './pdf.ts';

export type ExportFormat = 'pdf' | 'json';

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
	switch (format) {
		case 'pdf':
			return printed(app, archive, { type: 'pacte' });
		case 'json':
			return kept(archive);
		default:
			return format satisfies never;
	}
}

/** One branch of the pacte, with its fiches. `noeudId` is its id in this installation. */
export function exportAxe(app: App, pacteId: string, noeudId: string): Promise<FichierExporte> {
	return exportPart(app, pacteId, noeudId, 'axe');
}

/** One fiche. */
export function exportFiche(app: App, pacteId: string, ficheId: string): Promise<FichierExporte> {
	return exportPart(app, pacteId, ficheId, 'fiche');
}

async function exportPart(app: App, pacteId: string, id: string, type: 'axe' | 'fiche'): Promise<FichierExporte> {
	const { archive, noeuds } = await readPacte(app, pacteId);
	const noeud = noeuds.get(id);
	if (noeud === undefined)
		throw new DomainError('introuvable', 'Cette partie du pacte n’existe pas, ou n’existe plus.');
	return printed(app, archive, { type, noeud });
}

/** What the PDF of the whole pacte would replace, for want of a font. */
export async function listRemplacements(app: App, pacteId: string): Promise<Remplacement[]> {
	return findRemplacements(await readArchive(app, pacteId), { type: 'pacte' });
}

async function printed(app: App, archive: ArchivePacte, portee: Portee): Promise<FichierExporte> {
	const { pdf, pages, remplacements } = await exportPdf(archive, portee, { date: app.now() });
	const nom = nomDeFichier(
		portee.type === 'pacte' ? [archive.intitule, untoldPeriod(archive)] : [nameOf(archive, portee.noeud)],
		'pdf'
	);
	return { nom, type: 'application/pdf', bytes: pdf, pages, remplacements };
}

function kept(archive: ArchivePacte): FichierExporte {
	const bytes = new TextEncoder().encode(`${JSON.stringify(archive, null, 2)}\n`);
	const nom = nomDeFichier([archive.intitule, untoldPeriod(archive)], 'json');
	return { nom, type: 'application/json; charset=utf-8', bytes, pages: null, remplacements: [] };
}
