import { fail, type Actions } from '@sveltejs/kit';
import { canNameOrganismes } from '#lib/documents/rights.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { DomainError, statusOf } from '#server/errors.ts';
import {
	addAlias,
	createOrganisme,
	listOrganismesWithUses,
	removeAlias,
	renameOrganisme,
	type OrganismeAct
} from '#server/organismes/organismes.ts';
import type { App } from '#server/app.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, depends }) => {
	depends('pacte:organismes', 'pacte:fiches');
	const { pacte, role } = await parent();
	return {
		organismes: await listOrganismesWithUses(locals.app.db, pacte.id),
		peutNommer: canNameOrganismes(role)
	};
};

type Event = { locals: globalThis.App.Locals; params: Partial<Record<string, string>>; request: Request };

/** Reads the form, does the act, and gives an expected refusal back to the form that asked. */
async function act(
	{ locals, params, request }: Event,
	formulaire: string,
	change: (app: App, act: OrganismeAct) => Promise<unknown>
) {
	const compte = requireCompte(locals.compte);
	const form = await request.formData();
	const text = (name: string) => String(form.get(name) ?? '');
	const [organismeId, nom] = [text('organisme'), text('nom')];
	try {
		await change(locals.app, { pacteId: params.pacte ?? '', by: compte.id, organismeId, nom });
		return { fait: formulaire, organisme: organismeId, nom };
	} catch (error) {
		if (!(error instanceof DomainError) || (error.code !== 'invalide' && error.code !== 'conflit')) throw error;
		return fail(statusOf(error), { formulaire, organisme: organismeId, nom, erreur: error.message });
	}
}

export const actions: Actions = {
	creer: (event) => act(event, 'creer', createOrganisme),
	renommer: (event) => act(event, 'renommer', renameOrganisme),
	ajouterAlias: (event) => act(event, 'ajouterAlias', addAlias),
	retirerAlias: (event) => act(event, 'retirerAlias', removeAlias)
};
