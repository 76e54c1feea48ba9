import { exportFeuillesDeRoute } from '#server/salles/imprimer.ts';
import { sendFeuille } from '../impression.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => sendFeuille(event, exportFeuillesDeRoute);
