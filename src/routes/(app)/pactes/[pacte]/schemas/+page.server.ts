import { canWriteParties } from '#lib/documents/rights.ts';
import { listLiens } from '#server/schemas/liens.ts';
import { addSchema, changeSchema, removeSchema } from '#server/schemas/schemas.ts';
import { acte, type Saisie } from '../acte.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, depends }) => {
	depends('pacte:parties', 'pacte:noeuds', 'pacte:fiches', 'pacte:variantes');
	const { role, modele } = await parent();
	return { schemas: await listLiens(locals.app.db, params.pacte, modele), redige: canWriteParties(role) };
};

const read = (saisie: Saisie) => ({
	intitule: saisie.text('intitule'),
	dans: saisie.text('dans'),
	precision: saisie.text('precision')
});

export const actions: Actions = {
	ajouter: (event) =>
		acte(event, 'ajouter', async (app, act, saisie) => {
			await addSchema(app, act, read(saisie));
			return 'C’est dans la liste.';
		}),
	modifier: (event) =>
		acte(event, 'modifier', async (app, act, saisie) => {
			await changeSchema(app, act, { id: saisie.text('schema'), ...read(saisie) });
			return 'C’est enregistré.';
		}),
	retirer: (event) =>
		acte(event, 'retirer', async (app, act, saisie) => {
			await removeSchema(app, act, saisie.text('schema'));
			return 'C’est retiré de la liste.';
		})
};
