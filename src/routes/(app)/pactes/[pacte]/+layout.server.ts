import { openPacte } from '#server/pactes/pactes.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, params, parent, depends }) => {
	depends('pacte:reglages');
	const { compte } = await parent();
	const { modele, role, demo, ...pacte } = await openPacte(locals.app, compte.id, params.pacte);
	return { pacte: { ...pacte, demo }, modele, role };
};
