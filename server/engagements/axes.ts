import type { Axe } from '#lib/engagements/engagement.ts';
import { niveauOf, type Modele } from '#lib/pactes/modele.ts';
import type { Queryable } from '../database/open.ts';
import { listNoeuds } from '../orientations/noeuds.ts';

/** The branches at the top of the tree, and which of them is above each node. */
export async function topAxes(
	db: Queryable,
	pacteId: string,
	modele: Modele
): Promise<{ axes: Axe[]; top: Record<string, string> }> {
	const noeuds = (await listNoeuds(db, pacteId)).filter(({ aClasser }) => !aClasser);
	const top: Record<string, string> = {};
	// Parents come first in the order of reading.
	for (const { id, parent } of noeuds) top[id] = parent === null ? id : (top[parent] ?? id);
	const axes = noeuds
		.filter(({ parent }) => parent === null)
		.map(({ id, code, titre, niveau }) => ({ id, code, titre, niveau: niveauOf(modele, niveau)?.nom ?? 'axe' }));
	return { axes, top };
}
