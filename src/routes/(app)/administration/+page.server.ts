import { fail } from '@sveltejs/kit';
import { noteFault } from '#lib/comptes/compte-rules.ts';
import { readLine } from '#lib/comptes/formulaire.ts';
import {
	inviteAdministrateur,
	offerNewPassword,
	readAdministration,
	withdrawAdministrateur,
	withdrawAdministrateurInvitation
} from '#server/comptes/administration.ts';
import { requireAdministrateur } from '#server/comptes/rights.ts';
import { removeDemo } from '#server/demo/demo.ts';
import { DomainError } from '#server/errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** What is asked before it is done: `?confirmer=demonstration`, or the id of an account. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const compte = requireAdministrateur(locals.compte);
	const administration = await readAdministration(locals.app);
	return { ...administration, moi: compte.id, confirmer: url.searchParams.get('confirmer') };
};

export const actions: Actions = {
	inviter: async ({ locals, request, url }) => {
		const compte = requireAdministrateur(locals.compte);
		const pour = readLine(await request.formData(), 'pour');
		const faute = noteFault(pour);
		if (faute) return fail(422, { acte: 'inviter', pour, erreurs: { pour: faute } });
		const path = await inviteAdministrateur(locals.app, compte.id, pour);
		return { acte: 'inviter', lien: addressOf(locals, url, path) };
	},

	retirerInvitation: async ({ locals, request }) => {
		const compte = requireAdministrateur(locals.compte);
		await withdrawAdministrateurInvitation(locals.app, compte.id, readLine(await request.formData(), 'invitation'));
		return { acte: 'retirerInvitation', message: 'L’invitation est retirée : son lien n’ouvre plus rien.' };
	},

	retirerDroit: async ({ locals, request }) => {
		const compte = requireAdministrateur(locals.compte);
		try {
			await withdrawAdministrateur(locals.app, compte.id, readLine(await request.formData(), 'compte'));
		} catch (error) {
			if (error instanceof DomainError && error.code === 'conflit')
				return fail(409, { acte: 'retirerDroit', refus: error.message });
			throw error;
		}
		return { acte: 'retirerDroit', message: 'Le droit d’administrateur est retiré.' };
	},

	motDePasse: async ({ locals, request, url }) => {
		const compte = requireAdministrateur(locals.compte);
		const compteId = readLine(await request.formData(), 'compte');
		const path = await offerNewPassword(locals.app, compte.id, compteId);
		return { acte: 'motDePasse', compteId, lien: addressOf(locals, url, path) };
	},

	retirerDemo: async ({ locals }) => {
		requireAdministrateur(locals.compte);
		await removeDemo(locals.app);
		return { acte: 'retirerDemo', message: 'La démonstration est retirée.' };
	}
};

function addressOf({ app }: App.Locals, url: URL, path: string): string {
	return `${app.config.adressePublique ?? url.origin}${path}`;
}
