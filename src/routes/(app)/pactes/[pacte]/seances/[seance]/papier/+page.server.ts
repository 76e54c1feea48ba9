import { fail, redirect } from '@sveltejs/kit';
import { canAnimate } from '#lib/documents/rights.ts';
import { newLocalId } from '#lib/ids.ts';
import type { VueAnimateur } from '#lib/salles/vue-animateur.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { DomainError, statusOf } from '#server/errors.ts';
import { doFormulaire } from '#server/salles/formulaire.ts';
import { addPhoto, listPhotos, markPhoto, removePhoto, type ActeurDePapier } from '#server/salles/photos.ts';
import { requireAnimateur } from '../../../../../../../spectateurs.server.ts';
import { acte, type ActeEvent, type Saisie } from '../../../acte.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
	const { pacte, role } = await parent();
	if (!canAnimate(role))
		throw new DomainError('interdit', 'L’équipe projet et les animateurs saisissent le papier d’une séance.');
	const look = await locals.app.salles.look(params.seance, { genre: 'animateur' });
	const vue = look?.vue as unknown as VueAnimateur | undefined;
	if (!vue || vue.pacteId !== pacte.id)
		throw new DomainError('introuvable', 'Cette séance n’existe pas, ou sa salle n’est pas préparée.');
	return {
		vue,
		maintenant: locals.app.now(),
		cle: newLocalId(),
		photos: await listPhotos(locals.app.db, params.seance),
		choix: {
			table: url.searchParams.get('table'),
			etape: url.searchParams.get('etape'),
			nature: url.searchParams.get('nature'),
			photo: url.searchParams.get('photo')
		}
	};
};

export const actions: Actions = {
	/** A card, typed without script: then the same page, for the next one. */
	carte: async (event) => {
		const { locals, params, request } = event;
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '');
		try {
			const compteId = await requireAnimateur(event, params.seance);
			await doFormulaire(locals.app, params.seance, { genre: 'animateur', compteId }, form);
		} catch (error) {
			if (!(error instanceof DomainError)) throw error;
			return fail(statusOf(error), { formulaire: 'carte', erreur: error.message, texte: text('texte') });
		}
		const kept = new URLSearchParams({ table: text('table'), etape: text('etape'), nature: text('nature') });
		redirect(303, `?${kept}`);
	},
	photo: (event) =>
		onPhoto(event, async (app, acteur, saisie) => {
			const bytes = await saisie.file('photo');
			if (!bytes) throw new DomainError('invalide', 'Choisissez une photo (PNG, JPEG, GIF ou WebP).');
			await addPhoto(app, acteur, { bytes, tableId: saisie.text('table') || null });
			return 'La photo est gardée, sans le lieu ni la date de la prise de vue.';
		}),
	transcrire: (event) =>
		onPhoto(event, async (app, acteur, saisie) => {
			const transcrite = saisie.text('transcrite') === 'oui';
			await markPhoto(app, acteur, saisie.text('photo'), transcrite);
			return transcrite ? 'La photo est transcrite. Elle s’effacera dans 30 jours.' : 'La photo est à transcrire.';
		}),
	supprimer: (event) =>
		onPhoto(event, async (app, acteur, saisie) => {
			await removePhoto(app, acteur, saisie.text('photo'));
			return 'La photo est supprimée.';
		})
};

function onPhoto(
	event: ActeEvent,
	change: (app: App.Locals['app'], acteur: ActeurDePapier, saisie: Saisie) => Promise<string>
) {
	requireCompte(event.locals.compte);
	const seanceId = event.params.seance ?? '';
	return acte(event, 'photo', (app, act, saisie) => change(app, { ...act, seanceId }, saisie));
}
