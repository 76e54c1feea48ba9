import { json } from '@sveltejs/kit';
import { requireCompte } from '#server/comptes/rights.ts';
import { DomainError } from '#server/errors.ts';
import { createOrganisme } from '#server/organismes/organismes.ts';
import { NOM_VIDE } from '#lib/organismes/textes.ts';
import type { RequestHandler } from './$types';

/** Adds an organisme while somebody writes a fiche. One that bears this name already is given back. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const compte = requireCompte(locals.compte);
	const body: unknown = await request.json().catch(() => null);
	if (typeof body !== 'object' || body === null || !('nom' in body) || typeof body.nom !== 'string')
		throw new DomainError('invalide', NOM_VIDE);
	const { organisme, created } = await createOrganisme(locals.app, {
		pacteId: params.pacte,
		by: compte.id,
		nom: body.nom
	});
	return json({ organisme }, { status: created ? 201 : 200 });
};
