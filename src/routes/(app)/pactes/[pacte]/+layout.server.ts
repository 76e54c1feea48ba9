import { listGlossaire } from '#server/glossaire/glossaire.ts';
import { openPacte } from '#server/pactes/pactes.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, params, parent, depends }) => {
	depends('pacte:reglages', 'pacte:glossaire');
	const { compte } = await parent();
	const { modele, role, demo, ...pacte } = await openPacte(locals.app, compte.id, params.pacte);
	const glossaire = await listGlossaire(locals.app.db, pacte.id);
	return { pacte: { ...pacte, demo }, modele, role, glossaire };
};
