import { exportFiche } from '#server/export/export.ts';
import { sendFile } from '../../fichier.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	sendFile(event, (app, pacte) => exportFiche(app, pacte, event.params.fiche));
