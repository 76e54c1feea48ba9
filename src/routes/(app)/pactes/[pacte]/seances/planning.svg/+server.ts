import { exportPlanning } from '#server/seances/planning.ts';
import { sendFile } from '../../exports/fichier.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => sendFile(event, exportPlanning);
