import { fail, redirect } from '@sveltejs/kit';
import { apercuOf } from '#lib/pactes/modeles/apercu.ts';
import { usualStart } from '#lib/pactes/modeles/modele-de-pacte.ts';
import { archiveOfModele } from '#lib/pactes/modeles/new-archive.ts';
import { pacteErrors, readPacteForm } from '#lib/pactes/pacte-rules.ts';
import { readQuand } from '#lib/quand.ts';
import { requireAdministrateur } from '#server/comptes/rights.ts';
import { DomainError, statusOf } from '#server/errors.ts';
import { createPacteFromArchive } from '#server/pactes/create-pacte.ts';
import { listModeles, removeModele, renameModele } from '#server/pactes/modeles.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	requireAdministrateur(locals.compte);
	const modeles = await listModeles(locals.app.db);
	return {
		modeles: modeles.map(({ id, garde, contenu }) => ({ id, garde, apercu: apercuOf(contenu) })),
		gerer: url.searchParams.get('gerer')
	};
};

export const actions: Actions = {
	creer: async ({ request, locals }) => {
		const compte = requireAdministrateur(locals.compte);
		const form = await request.formData();
		const saisie = {
			pacte: readPacteForm(form),
			modele: String(form.get('modele') ?? ''),
			demarche: form.get('demarche') === 'oui',
			depart: String(form.get('depart') ?? '')
		};
		const offered = (await listModeles(locals.app.db)).find(({ id }) => id === saisie.modele);
		const month = readQuand(saisie.depart, ['mois']);
		const erreurs = {
			...pacteErrors(saisie.pacte),
			...(!offered && { modele: 'Choisissez un modèle.' }),
			...(month === null && { depart: 'Écrivez un mois et son année, par exemple mars 2026, ou laissez vide.' })
		};
		if (!offered || month === null || Object.keys(erreurs).length > 0) return fail(422, { ...saisie, erreurs });
		const { contenu } = offered;
		const depart = month || usualStart(contenu.demarche.depart, saisie.pacte.debut);
		const archive = archiveOfModele(saisie.pacte, contenu, saisie.demarche ? depart : null);
		const id = await createPacteFromArchive(locals.app, archive, { compteId: compte.id, acte: 'pacte_cree' });
		redirect(303, `/pactes/${id}`);
	},

	renommer: async ({ request, locals }) => {
		const compte = requireAdministrateur(locals.compte);
		const form = await request.formData();
		const id = String(form.get('modele') ?? '');
		try {
			await renameModele(locals.app, id, String(form.get('nom') ?? ''), compte.id);
		} catch (error) {
			if (!(error instanceof DomainError)) throw error;
			return fail(statusOf(error), { modeleRefuse: id, erreur: error.message });
		}
		redirect(303, '/pactes/nouveau');
	},

	retirer: async ({ request, locals }) => {
		const compte = requireAdministrateur(locals.compte);
		const nom = await removeModele(locals.app, String((await request.formData()).get('modele') ?? ''), compte.id);
		return { message: `Le modèle «\u00a0${nom}\u00a0» est retiré. Les pactes commencés avec lui le gardent.` };
	}
};
