import type { VueMur } from '#lib/salles/vue-mur.ts';
import { DomainError } from '#server/errors.ts';
import { adressesOf } from '#server/salles/adresses.ts';
import { jetonOf } from '#server/salles/entrees.ts';
import { qrOf } from '#server/salles/qr.ts';
import { spectateurOf } from '../../../../spectateurs.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, params, url } = event;
	const { app } = locals;
	const shown = await app.salles.look(params.seance, await spectateurOf(event, params.seance, 'mur'));
	if (!shown) throw new DomainError('introuvable', 'Cette séance n’existe pas, ou sa salle n’est pas préparée.');
	const { base, courte, autres } = adressesOf(app.config, url);
	return {
		vue: shown.vue as unknown as VueMur,
		maintenant: app.now(),
		qr: qrOf(`${base}/r/${await jetonOf(app.db, params.seance)}`),
		adresse: `${courte}/r`,
		autres: autres.map((autre) => `${autre}/r`),
		sansPied: true
	};
};
