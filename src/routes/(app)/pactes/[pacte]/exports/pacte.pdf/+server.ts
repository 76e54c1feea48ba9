import { exportPacte } from '#server/export/export.ts';
import { sendFile } from '../fichier.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => sendFile(event, (app, pacte) => exportPacte(app, pacte, 'pdf'));
