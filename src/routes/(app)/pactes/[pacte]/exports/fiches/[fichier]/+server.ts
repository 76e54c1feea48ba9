import { isFormatDeDocument } from '#lib/exports/formats.ts';
import { exportFiche } from '#server/export/export.ts';
import { notFound, sendFile, splitName } from '../../fichier.ts';
import type { RequestHandler } from './$types';

/** The id of a fiche, and a format. */
export const GET: RequestHandler = (event) => {
	const { nom, format } = splitName(event.params.fichier);
	if (!isFormatDeDocument(format)) throw notFound();
	return sendFile(event, (app, pacte) => exportFiche(app, pacte, nom, format));
};
