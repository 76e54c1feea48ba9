import { json } from '@sveltejs/kit';
import { feuilleBlanche } from '#lib/figures/figure.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { DomainError } from '#server/errors.ts';
import { addFigure } from '#server/figures/figures.ts';
import type { RequestHandler } from './$types';

/** Adds a figure while somebody writes a text that will show it. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const compte = requireCompte(locals.compte);
	const body: unknown = await request.json().catch(() => null);
	const titre = typeof body === 'object' && body !== null && 'titre' in body ? String(body.titre).trim() : '';
	if (titre === '') throw new DomainError('invalide', 'Donnez un titre à la figure : ce qu’elle montre.');
	const figure = { ...feuilleBlanche(), titre };
	const id = await addFigure(locals.app, { pacteId: params.pacte, by: compte.id, figure });
	return json({ id }, { status: 201 });
};
