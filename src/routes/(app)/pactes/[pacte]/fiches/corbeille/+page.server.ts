import { documentRight } from '#lib/documents/rights.ts';
import { listCorbeille, reprendreFiche } from '#server/fiches/corbeille.ts';
import { acte } from '../../acte.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, depends }) => {
	depends('pacte:noeuds');
	const { pacte, role } = await parent();
	return {
		jetees: await listCorbeille(locals.app, pacte.id),
		peutReprendre: documentRight(role, 'orientations') === 'write'
	};
};

export const actions: Actions = {
	reprendre: (event) =>
		acte(event, 'reprendre', async (app, act, saisie) => {
			await reprendreFiche(app, { ...act, ficheId: saisie.text('fiche') });
			return 'C’est revenu, avec tout son texte.';
		})
};
