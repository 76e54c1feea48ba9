import {
	nameOfAxe,
	namesOf,
	sumMontants,
	hasMontants,
	type MontantsParAxe
} from '#lib/financement/montants-par-axe.ts';
import { champsOfVariante, type Modele } from '#lib/pactes/modele.ts';
import type { Queryable } from '../database/open.ts';
import { readFiches } from '../fiches/fiches.ts';
import { readVariantes } from '../fiches/variante.ts';
import { listNoeuds } from '../orientations/noeuds.ts';
import { listOrganismes } from '../organismes/organismes.ts';

/** The amounts that the fiches of a pacte say, by axe and funder; null when none says one. */
export async function readMontants(db: Queryable, pacteId: string, modele: Modele): Promise<MontantsParAxe | null> {
	if (!hasMontants(modele)) return null;
	const noeuds = await listNoeuds(db, pacteId);
	const fiches = await readFiches(db, pacteId, modele);
	const variantes = await readVariantes(db, pacteId);
	const tops = new Map<string, { id: string; nom: string }>();
	// Parents come before children.
	for (const { id, parent, code, titre } of noeuds)
		tops.set(id, (parent === null ? undefined : tops.get(parent)) ?? { id, nom: nameOfAxe({ code, titre }) });
	const placed = noeuds
		.filter(({ fiche, aClasser }) => fiche && !aClasser)
		.map(({ id }) => ({
			axe: tops.get(id) as { id: string; nom: string },
			champs: champsOfVariante(modele, variantes.get(id) ?? null),
			valeurs: fiches.get(id) ?? {}
		}));
	return sumMontants(placed, namesOf(await listOrganismes(db, pacteId)));
}
