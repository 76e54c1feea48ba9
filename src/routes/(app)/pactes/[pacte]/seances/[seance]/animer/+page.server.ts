import { canAnimate } from '#lib/documents/rights.ts';
import type { VueAnimateur } from '#lib/salles/vue-animateur.ts';
import { DomainError } from '#server/errors.ts';
import { adressesOf } from '#server/salles/adresses.ts';
import { jetonOf } from '#server/salles/entrees.ts';
import { qrOf } from '#server/salles/qr.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
	const { role } = await parent();
	if (!canAnimate(role)) throw new DomainError('interdit', 'L’équipe projet et les animateurs conduisent les séances.');
	const { app } = locals;
	const look = await app.salles.look(params.seance, { genre: 'animateur' });
	const vue = look?.vue as VueAnimateur | undefined;
	if (!vue || vue.pacteId !== params.pacte)
		throw new DomainError('introuvable', 'Cette séance n’existe pas, ou sa salle n’est pas préparée.');
	const { base, courte } = adressesOf(app.config, url);
	const qr = qrOf(`${base}/r/${await jetonOf(app.db, params.seance)}`);
	return { vue, maintenant: app.now(), entree: { qr, adresse: `${courte}/r` } };
};
