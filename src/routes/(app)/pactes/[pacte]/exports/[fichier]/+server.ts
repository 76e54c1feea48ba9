import { isFormatDeDocument } from '#lib/exports/formats.ts';
import { isFormatDeTable } from '#lib/exports/tables.ts';
import { exportTables } from '#server/export/export-tables.ts';
import { exportPacte, exportSynthese } from '#server/export/export.ts';
import { notFound, sendFile, splitName } from '../fichier.ts';
import type { RequestHandler } from './$types';

/** `pacte.pdf`, `pacte.json`, `synthese.docx`, `tables.xlsx`… */
export const GET: RequestHandler = (event) => {
	const { nom, format } = splitName(event.params.fichier);
	switch (nom) {
		case 'pacte':
			if (format !== 'json' && !isFormatDeDocument(format)) throw notFound();
			return sendFile(event, (app, pacte) => exportPacte(app, pacte, format));
		case 'synthese':
			if (isFormatDeTable(format)) return sendFile(event, (app, pacte) => exportTables(app, pacte, format, nom));
			if (!isFormatDeDocument(format)) throw notFound();
			return sendFile(event, (app, pacte) => exportSynthese(app, pacte, format));
		case 'tables':
			if (!isFormatDeTable(format)) throw notFound();
			return sendFile(event, (app, pacte) => exportTables(app, pacte, format));
		default:
			throw notFound();
	}
};
