import { filterListe, readFiltresDeListe } from '#lib/fiches/liste.ts';
import { canWriteParties, documentRight } from '#lib/documents/rights.ts';
import { listFiches } from '#server/fiches/liste.ts';
import { listOperations } from '#server/operations/operations.ts';
import { annuler } from '../operations.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, depends, url }) => {
	depends('pacte:noeuds', 'pacte:fiches', 'pacte:organismes', 'pacte:operations');
	const { pacte, modele, compte, role } = await parent();
	const { db } = locals.app;
	const all = await listFiches(db, { ...pacte, modele }, compte);
	const filtres = readFiltresDeListe(url.searchParams);
	const pilotes = new Map(all.flatMap(({ pilotes }) => pilotes.organismes).map(({ id, nom }) => [id, nom]));
	const axes = new Map(all.flatMap(({ axe }) => (axe ? [[axe.id, axe] as const] : [])));
	return {
		filtres,
		fiches: filterListe(all, filtres),
		total: all.length,
		pilotes: [...pilotes].map(([id, nom]) => ({ id, nom })).sort((a, b) => a.nom.localeCompare(b.nom, 'fr')),
		axes: [...axes.values()],
		ecrit: canWriteParties(role),
		peutRanger: documentRight(role, 'orientations') === 'write',
		operations: await listOperations(db, pacte.id, compte.id)
	};
};

export const actions: Actions = { annuler };
