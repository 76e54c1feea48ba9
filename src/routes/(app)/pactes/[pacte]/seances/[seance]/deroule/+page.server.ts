import { redirect } from '@sveltejs/kit';
import { canAnimate } from '#lib/documents/rights.ts';
import { MODELES } from '#lib/salles/scripts.ts';
import { DomainError } from '#server/errors.ts';
import { readSalle } from '#server/salles/read-salle.ts';
import { keepScript, listScripts, useScript } from '#server/salles/scripts.ts';
import { readSeance } from '#server/seances/seances.ts';
import { acte } from '../../../acte.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent }) => {
	const { role } = await parent();
	if (!canAnimate(role)) throw new DomainError('interdit', 'L’équipe projet et les animateurs préparent les séances.');
	const { db } = locals.app;
	const seance = await readSeance(db, params.pacte, params.seance);
	const salle = await readSalle(db, params.seance);
	const scripts = [...(await listScripts(db, params.pacte)), ...MODELES];
	return {
		seance: { id: seance.id, titre: seance.titre, format: seance.format },
		etat: salle?.etat ?? null,
		etapes: salle?.etapes.map(({ titre }) => titre) ?? [],
		scripts: scripts.map(({ id, titre, format }) => ({ id, titre, format }))
	};
};

export const actions: Actions = {
	utiliser: (event) =>
		acte(event, 'utiliser', async (app, act, saisie) => {
			await useScript(
				app,
				{ ...act, seanceId: event.params.seance },
				{
					scriptId: saisie.text('script'),
					questions: saisie
						.text('questions')
						.split('\n')
						.map((line) => line.trim())
						.filter(Boolean)
						.slice(0, 30),
					tables: Number(saisie.text('tables') || 1)
				}
			);
			redirect(303, `/pactes/${act.pacteId}/seances/${event.params.seance}/animer`);
		}),
	garder: (event) =>
		acte(event, 'garder', async (app, act, saisie) => {
			await keepScript(app, act, { seanceId: event.params.seance, titre: saisie.text('titre') });
			return 'Le déroulé est gardé parmi ceux du pacte.';
		})
};
