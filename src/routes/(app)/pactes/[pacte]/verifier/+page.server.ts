import { NOM_DE_REGLE, REGLES } from '#lib/verification/verifier.ts';
import { verifyPacte } from '#server/verification/verification.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, depends }) => {
	depends('pacte:noeuds', 'pacte:fiches', 'pacte:organismes');
	const { pacte, modele } = await parent();
	const { remarques, ...bilan } = await verifyPacte(locals.app.db, { ...pacte, modele });
	return {
		...bilan,
		total: remarques.length,
		groupes: REGLES.flatMap((regle) => {
			const own = remarques.filter((remarque) => remarque.regle === regle);
			return own.length === 0 ? [] : [{ regle, nom: NOM_DE_REGLE[regle], remarques: own }];
		})
	};
};
