import { exportPresence } from '#server/seances/presence.ts';
import { sendFile } from '../../../exports/fichier.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	sendFile(event, (app, pacte) => exportPresence(app, pacte, event.params.seance));
