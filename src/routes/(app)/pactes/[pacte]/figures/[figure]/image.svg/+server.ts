import { exportFigure } from '#server/figures/export-figure.ts';
import { sendFile } from '../../../exports/fichier.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	sendFile(event, (app, pacte) => exportFigure(app, pacte, event.params.figure, 'svg'));
