import type { VueAnimateur } from '#lib/salles/vue-animateur.ts';
import { DomainError } from '#server/errors.ts';
import { listed } from '#lib/format.ts';
import { newId } from '#server/ids.ts';
import { doActe } from '#server/salles/acte.ts';
import { adressesOf } from '#server/salles/adresses.ts';
import { Donnees } from '#server/salles/donnees.ts';
import { jetonOf, jetonDuMur } from '#server/salles/entrees.ts';
import { qrOf } from '#server/salles/qr.ts';
import { requireAnimateur } from '../../../../../../../spectateurs.server.ts';
import { acte } from '../../../acte.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, params, url } = event;
	const { app } = locals;
	await requireAnimateur(event, params.seance);
	const seen = await app.salles.look(params.seance, { genre: 'animateur' });
	const vue = seen?.vue as unknown as VueAnimateur | undefined;
	if (!vue || vue.pacteId !== params.pacte)
		throw new DomainError('introuvable', 'Cette séance n’existe pas, ou sa salle n’est pas préparée.');
	const { base, courte, autres } = adressesOf(app.config, url);
	const jeton = await jetonOf(app.db, params.seance);
	return {
		vue,
		qr: qrOf(`${base}/r/${jeton}`),
		adresse: `${courte}/r`,
		autres: autres.map((autre) => `${autre}/r`),
		mur: `${base}/m/${await jetonDuMur(app.db, params.seance)}`,
		tablettes: vue.tables.map(({ id, numero }) => ({
			id,
			numero,
			href: `/r/${jeton}?table=${numero}&genre=table`
		})),
		cle: newId()
	};
};

export const actions: Actions = {
	sansTelephone: (event) =>
		acte(event, 'sansTelephone', async (app, { by }, saisie) => {
			const donnees = new Donnees({ nombre: saisie.text('nombre'), table: saisie.text('table') });
			const acteur = { genre: 'animateur', compteId: by } as const;
			const demande = { cle: saisie.text('cle'), acte: 'ajouterPlaces', donnees };
			const { places } = (await doActe(app, event.params.seance, acteur, demande)) as { places: number[] };
			return places.length === 1
				? `C’est noté\u00a0: place ${places[0]}.`
				: `C’est noté\u00a0: places ${listed(places.map(String))}.`;
		})
};
