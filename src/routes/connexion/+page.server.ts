import { fail, redirect } from '@sveltejs/kit';
import { emailFault, foldEmail } from '#lib/comptes/compte-rules.ts';
import { readLine, readSecret } from '#lib/comptes/formulaire.ts';
import { safeSuite } from '#lib/comptes/suite.ts';
import { HTTPS_REQUIS } from '#lib/comptes/textes.ts';
import { verifyCompte } from '#server/comptes/connexion.ts';
import { accountsAllowed } from '#server/comptes/transport.ts';
import { DomainError } from '#server/errors.ts';
import { openSession } from '../../sessions.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	const suite = safeSuite(url.searchParams.get('suite'));
	if (locals.compte && !locals.compte.demo) redirect(303, suite);
	return { permis: accountsAllowed(url, locals.app.config), suite };
};

export const actions: Actions = {
	default: async (event) => {
		const { locals, request, url } = event;
		if (!accountsAllowed(url, locals.app.config)) throw new DomainError('interdit', HTTPS_REQUIS.titre);
		const form = await request.formData();
		const email = foldEmail(readLine(form, 'email'));
		const motDePasse = readSecret(form, 'motDePasse');
		const erreurs = {
			...(emailFault(email) && { email: emailFault(email) ?? '' }),
			...(motDePasse === '' && { motDePasse: 'Indiquez votre mot de passe.' })
		};
		if (Object.keys(erreurs).length > 0) return fail(422, { email, erreurs });
		const verification = await verifyCompte(locals.app, { email, motDePasse });
		if (!verification.ok) {
			const status = verification.raison === 'attente' ? 429 : 422;
			return fail(status, { email, erreurs: { motDePasse: verification.message } });
		}
		await openSession(event, verification.compteId);
		redirect(303, safeSuite(url.searchParams.get('suite')));
	}
};
