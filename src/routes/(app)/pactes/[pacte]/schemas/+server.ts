import { json } from '@sveltejs/kit';
import { requireCompte } from '#server/comptes/rights.ts';
import { DomainError } from '#server/errors.ts';
import { nameSchema, SANS_NOM } from '#server/schemas/schemas.ts';
import type { RequestHandler } from './$types';

/** Ties the pacte to a plan or schema while somebody writes a fiche. One that bears this name already is given back. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const compte = requireCompte(locals.compte);
	const body: unknown = await request.json().catch(() => null);
	if (typeof body !== 'object' || body === null || !('intitule' in body) || typeof body.intitule !== 'string')
		throw new DomainError('invalide', SANS_NOM);
	const schema = await nameSchema(locals.app, { pacteId: params.pacte, by: compte.id }, body.intitule);
	return json({ schema });
};
