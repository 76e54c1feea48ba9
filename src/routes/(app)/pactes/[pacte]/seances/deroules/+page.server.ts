import { canAnimate } from '#lib/documents/rights.ts';
import { MODELES } from '#lib/salles/scripts.ts';
import { copyScript, listScripts, removeScript } from '#server/salles/scripts.ts';
import { acte } from '../../acte.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
	const { role } = await parent();
	const peutAnimer = canAnimate(role);
	return {
		modeles: MODELES,
		scripts: await listScripts(locals.app.db, params.pacte),
		peutAnimer,
		retirer: peutAnimer ? url.searchParams.get('retirer') : null
	};
};

export const actions: Actions = {
	dupliquer: (event) =>
		acte(event, 'dupliquer', async (app, act, saisie) => {
			await copyScript(app, act, { scriptId: saisie.text('script') });
			return 'Le déroulé est dupliqué\u00a0: il est parmi ceux du pacte.';
		}),
	retirer: (event) =>
		acte(event, 'retirer', async (app, act, saisie) => {
			await removeScript(app, act, { scriptId: saisie.text('script') });
			return 'Le déroulé est retiré. Les séances qui l’ont pris le gardent.';
		})
};
