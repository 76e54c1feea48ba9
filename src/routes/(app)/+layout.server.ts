import type { LayoutServerLoad } from './$types';

/** The hook lets only signed-in people in here. */
export const load: LayoutServerLoad = ({ locals }) => {
	const { compte } = locals;
	if (!compte) throw new Error('A page of (app) was reached without an account');
	return {
		compte: {
			id: compte.id,
			nom: compte.nom,
			organisme: compte.organisme,
			administrateur: compte.administrateur === 1,
			demo: compte.demo === 1
		}
	};
};
