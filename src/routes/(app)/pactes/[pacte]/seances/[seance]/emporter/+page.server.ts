import { garderIci, rapporter, readVoyage } from '#server/salles/emporter.ts';
import { counted } from '#lib/format.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { DomainError } from '#server/errors.ts';
import { acte } from '../../../acte.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { app, compte } = locals;
	const { id: by } = requireCompte(compte);
	const act = { pacteId: params.pacte, seanceId: params.seance, by };
	const seance = await app.db
		.selectFrom('seances')
		.leftJoin('salles', 'salles.seance_id', 'seances.id')
		.select(['titre', 'etat'])
		.where('seances.id', '=', params.seance)
		.where('pacte_id', '=', params.pacte)
		.where('corbeille_at', 'is', null)
		.executeTakeFirst();
	if (!seance) throw new DomainError('introuvable', 'Cette séance n’existe pas.');
	return { titre: seance.titre, etat: seance.etat, voyage: await readVoyage(app.db, act) };
};

const NO_FILE = 'Choisissez le fichier que l’autre poste a donné.';

export const actions: Actions = {
	garder: (event) =>
		acte(event, 'garder', async (app, act) => {
			await garderIci(app, { ...act, seanceId: event.params.seance });
			return 'La séance se conduit de nouveau ici.';
		}),
	rapporter: (event) =>
		acte(event, 'rapporter', async (app, act, saisie) => {
			const file = await saisie.file('fichier');
			if (!file) throw new DomainError('invalide', NO_FILE);
			const json = new TextDecoder().decode(file);
			const { cartes, nouvelles } = await rapporter(app, { ...act, seanceId: event.params.seance }, json);
			return nouvelles === 0
				? `La séance est à jour\u00a0: ${counted(cartes, 'carte')}, toutes étaient déjà ici.`
				: `La séance est rapportée\u00a0: ${counted(nouvelles, 'carte nouvelle', 'cartes nouvelles')} sur ${cartes}.`;
		})
};
