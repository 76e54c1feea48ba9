import { tablesProposees, type FormatDeTable } from '#lib/exports/tables.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import type { App } from '../app.ts';
import { readArchive } from './archive.ts';
import { classeurDe } from './classeurs.ts';
import { isZipped } from './ecrire-csv.ts';
import type { FichierExporte } from './export.ts';
import { nomDeFichier } from './nom-de-fichier.ts';
import { exportEcriture } from './pdf.ts';

const TYPES: Record<FormatDeTable, string> = {
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	ods: 'application/vnd.oasis.opendocument.spreadsheet',
	csv: 'text/csv; charset=utf-8'
};

/** The tables of a pacte, or those of one name (`tablesProposees`). */
export async function exportTables(
	app: App,
	pacteId: string,
	format: FormatDeTable,
	table: string | null = null
): Promise<FichierExporte> {
	return writtenTables(await readArchive(app, pacteId), { format, table, date: app.now() });
}

/** The same of an archive that is read already. Several tables in CSV are files of one .zip. */
export async function writtenTables(
	archive: ArchivePacte,
	{ format, table, date }: { format: FormatDeTable; table: string | null; date: number }
): Promise<FichierExporte> {
	const classeur = classeurDe(archive, table);
	const bytes = await exportEcriture({ type: format, classeur, date });
	const zipped = format === 'csv' && isZipped(classeur);
	const quoi = tablesProposees(archive.modele).find(({ id }) => id === table)?.nom ?? 'Tableaux';
	const nom = nomDeFichier([quoi, archive.intitule], zipped ? 'zip' : format);
	return { nom, type: zipped ? 'application/zip' : TYPES[format], bytes, pages: null, remplacements: [] };
}
