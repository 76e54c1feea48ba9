import { toCsv } from '#lib/figures/grid.ts';
import { figureSvg } from '#lib/figures/svg.ts';
import { titreOuRien } from '#lib/figures/textes.ts';
import type { App } from '../app.ts';
import type { FichierExporte } from '../export/export.ts';
import { nomDeFichier } from '../export/nom-de-fichier.ts';
import { openFigure } from './figures.ts';

/** One figure to take away: its drawing, or its data. */
export async function exportFigure(
	app: App,
	pacteId: string,
	figureId: string,
	format: 'svg' | 'csv'
): Promise<FichierExporte> {
	await app.collaboration.settle(pacteId);
	const figure = await openFigure(app, pacteId, figureId);
	const text = format === 'svg' ? figureSvg(figure) : toCsv(figure);
	return {
		nom: nomDeFichier([titreOuRien(figure.titre)], format),
		type: format === 'svg' ? 'image/svg+xml; charset=utf-8' : 'text/csv; charset=utf-8',
		bytes: new TextEncoder().encode(text),
		pages: null,
		remplacements: []
	};
}
