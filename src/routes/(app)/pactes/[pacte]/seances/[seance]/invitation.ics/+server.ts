import { exportInvitation } from '#server/seances/ics.ts';
import { sendFile } from '../../../exports/fichier.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	sendFile(event, (app, pacte) =>
		exportInvitation(app, pacte, event.params.seance, app.config.adressePublique ?? event.url.origin)
	);
