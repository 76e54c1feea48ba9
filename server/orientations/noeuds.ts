import { sql } from 'kysely';
import type { NoeudLu } from '#lib/orientations/arbre-from-rows.ts';
import { champsRequis, type Avancement } from '#lib/orientations/avancement.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import { readVariantes } from '../fiches/variante.ts';

/** The tree of a pacte as it was last projected, in the order of reading. */
export async function listNoeuds(db: Queryable, pacteId: string): Promise<NoeudLu[]> {
	const rows = await db
		.selectFrom('noeuds')
		.select(['id', 'parent', 'niveau', 'titre', 'code', 'a_classer', 'porte_fiche'])
		.where('pacte_id', '=', pacteId)
		.orderBy('ordre')
		.execute();
	return rows.map(({ a_classer, porte_fiche, ...noeud }) => ({
		...noeud,
		aClasser: a_classer === 1,
		fiche: porte_fiche === 1
	}));
}

/** How many of the fields that a fiche must have are filled, in each fiche of a pacte. */
export async function readAvancement({ db }: App, pacteId: string, modele: Modele): Promise<Avancement> {
	const requis = champsRequis(modele);
	if (requis.length === 0) return { total: 0, remplis: {} };
	const filled = await db
		.selectFrom('fiche_champs')
		.select(['fiche_id', 'champ'])
		.where('pacte_id', '=', pacteId)
		.where('champ', 'in', requis)
		.where(sql<string>`trim(texte)`, '<>', '')
		.union(
			db
				.selectFrom('fiche_organismes')
				.select(['fiche_id', 'champ'])
				.where('pacte_id', '=', pacteId)
				.where('champ', 'in', requis)
		)
		.execute();
	const asked = new Map<string, string[]>();
	for (const [fiche, variante] of await readVariantes(db, pacteId)) asked.set(fiche, champsRequis(modele, variante));
	const remplis: Record<string, number> = {};
	for (const { fiche_id, champ } of filled)
		if (asked.get(fiche_id)?.includes(champ) ?? true) remplis[fiche_id] = (remplis[fiche_id] ?? 0) + 1;
	const propres = Object.fromEntries([...asked].map(([fiche, champs]) => [fiche, champs.length]));
	return { total: requis.length, remplis, ...(asked.size > 0 && { propres }) };
}
