import { pairesProches } from '#lib/organismes/proches.ts';
import { listOrganismes } from '#server/organismes/organismes.ts';
import { listOperations } from '#server/operations/operations.ts';
import { readUsages, reunirOrganismes } from '#server/organismes/reunir.ts';
import { acte } from '../../acte.ts';
import { annuler } from '../../operations.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, url, depends }) => {
	depends('pacte:organismes', 'pacte:operations');
	const { pacte, role, compte } = await parent();
	const { db } = locals.app;
	const organismes = await listOrganismes(db, pacte.id);
	const chosen = (name: string) => organismes.find(({ id }) => id === url.searchParams.get(name)) ?? null;
	const [garde, absorbe] = [chosen('garde'), chosen('absorbe')];
	return {
		organismes,
		operations: await listOperations(db, pacte.id, compte.id),
		peut: role === 'equipe_projet',
		paires: pairesProches(organismes).map(({ a, b, raison }) => ({
			a: { id: a.id, nom: a.nom },
			b: { id: b.id, nom: b.nom },
			raison
		})),
		choix:
			garde && absorbe && garde !== absorbe
				? { garde, absorbe, usages: await readUsages(db, pacte.id, absorbe.id) }
				: null
	};
};

export const actions: Actions = {
	reunir: (event) =>
		acte(event, 'reunir', async (app, act, saisie) => {
			const choisis = { gardeId: saisie.text('garde'), absorbeId: saisie.text('absorbe') };
			const { garde, absorbe, operation } = await reunirOrganismes(app, { ...act, ...choisis });
			return {
				message: `«\u00a0${absorbe}\u00a0» et «\u00a0${garde}\u00a0» ne font plus qu’un. Tous les liens mènent à «\u00a0${garde}\u00a0».`,
				annuler: { action: '?/annuler', champs: { operation } }
			};
		}),
	annuler
};
