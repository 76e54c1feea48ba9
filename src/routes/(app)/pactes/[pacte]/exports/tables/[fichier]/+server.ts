import { isFormatDeTable } from '#lib/exports/tables.ts';
import { exportTables } from '#server/export/export-tables.ts';
import { notFound, sendFile, splitName } from '../../fichier.ts';
import type { RequestHandler } from './$types';

/** A table by its name in `tablesProposees`, and a format. */
export const GET: RequestHandler = (event) => {
	const { nom, format } = splitName(event.params.fichier);
	if (!isFormatDeTable(format)) throw notFound();
	return sendFile(event, (app, pacte) => exportTables(app, pacte, format, nom));
};
