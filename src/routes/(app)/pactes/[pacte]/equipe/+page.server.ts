import { fail, redirect } from '@sveltejs/kit';
import { noteFault } from '#lib/comptes/compte-rules.ts';
import { readLine } from '#lib/comptes/formulaire.ts';
import { NOM_DU_ROLE } from '#lib/comptes/roles.ts';
import { ROLES, type Role } from '#lib/documents/rights.ts';
import {
	changeOrganisme,
	changeRole,
	invite,
	readEquipe,
	readPartenaires,
	removeMembre,
	withdrawInvitation
} from '#server/comptes/equipe.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { listOrganismes } from '#server/organismes/organismes.ts';
import { DomainError } from '#server/errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
	depends('pacte:reglages', 'pacte:organismes');
	const compte = requireCompte(locals.compte);
	const equipe = await readEquipe(locals.app, params.pacte, compte.id);
	const retirer = url.searchParams.get('retirer');
	const { db } = locals.app;
	const organismes = (await listOrganismes(db, params.pacte)).map(({ id, nom }) => ({ id, nom }));
	const partenaires = await readPartenaires(db, params.pacte);
	return { ...equipe, organismes, partenaires, moi: compte.id, retirer: equipe.peutGerer ? retirer : null };
};

export const actions: Actions = {
	inviter: async ({ locals, params, request, url }) => {
		const compte = requireCompte(locals.compte);
		const form = await request.formData();
		const role = readRole(form);
		const pour = readLine(form, 'pour');
		const faute = noteFault(pour);
		const erreurs = { ...(!role && { role: 'Choisissez un rôle.' }), ...(faute && { pour: faute }) };
		if (!role || faute) return fail(422, { acte: 'inviter', valeurs: { role, pour }, erreurs });
		const path = await invite(locals.app, { pacteId: params.pacte, role, pour, by: compte.id });
		const lien = `${locals.app.config.adressePublique ?? url.origin}${path}`;
		return { acte: 'inviter', invitation: { lien, role, pour } };
	},

	retirerInvitation: async ({ locals, params, request }) => {
		const compte = requireCompte(locals.compte);
		const invitationId = readLine(await request.formData(), 'invitation');
		await withdrawInvitation(locals.app, { pacteId: params.pacte, invitationId, by: compte.id });
		return { acte: 'retirerInvitation', message: 'L’invitation est retirée : son lien n’ouvre plus rien.' };
	},

	changerRole: async ({ locals, params, request }) => {
		const compte = requireCompte(locals.compte);
		const form = await request.formData();
		const compteId = readLine(form, 'compte');
		const role = readRole(form);
		if (!role) return fail(422, { acte: 'changerRole', refus: 'Choisissez un rôle.' });
		try {
			await changeRole(locals.app, { pacteId: params.pacte, compteId, role, by: compte.id });
		} catch (error) {
			return refusal('changerRole', error);
		}
		return { acte: 'changerRole', message: `Le rôle est changé : « ${NOM_DU_ROLE[role]} ».` };
	},

	changerOrganisme: async ({ locals, params, request }) => {
		const compte = requireCompte(locals.compte);
		const form = await request.formData();
		const [compteId, organisme] = [readLine(form, 'compte'), readLine(form, 'organisme')];
		try {
			const organismeId = organisme === '' ? null : organisme;
			await changeOrganisme(locals.app, { pacteId: params.pacte, compteId, organismeId, by: compte.id });
		} catch (error) {
			return refusal('changerOrganisme', error);
		}
		return { acte: 'changerOrganisme', message: 'C’est enregistré : ses sections lui sont ouvertes.' };
	},

	retirer: async ({ locals, params, request }) => {
		const compte = requireCompte(locals.compte);
		const compteId = readLine(await request.formData(), 'compte');
		try {
			await removeMembre(locals.app, { pacteId: params.pacte, compteId, by: compte.id });
		} catch (error) {
			return refusal('retirer', error);
		}
		if (compteId === compte.id) redirect(303, '/');
		return { acte: 'retirer', message: 'Cette personne ne participe plus au pacte. Ce qu’elle a écrit reste.' };
	}
};

function readRole(form: FormData): Role | null {
	const role = readLine(form, 'role');
	return ROLES.find((known) => known === role) ?? null;
}

/** A rule that holds now and may not hold tomorrow is said on the page; the rest goes to the error page. */
function refusal(acte: string, error: unknown) {
	if (error instanceof DomainError && error.code === 'conflit') return fail(409, { acte, refus: error.message });
	throw error;
}
