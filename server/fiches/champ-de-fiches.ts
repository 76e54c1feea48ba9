import type { ChampDeFicheLu } from '#lib/fiches/champ-de-fiches.ts';
import { champsOfVariante, type Champ, type Modele } from '#lib/pactes/modele.ts';
import type { Queryable } from '../database/open.ts';
import { DomainError } from '../errors.ts';
import { listNoeuds } from '../orientations/noeuds.ts';
import { readFiches } from './fiches.ts';
import { readVariantes } from './variante.ts';

/** What each placed fiche says in one field, in the order of the tree. Those whose form has no such field are left out. */
export async function readChampDeFiches(
	db: Queryable,
	{ id: pacteId, modele }: { id: string; modele: Modele },
	champId: string
): Promise<{ champ: Champ; fiches: ChampDeFicheLu[] }> {
	const champ = modele.champs.find(({ id }) => id === champId);
	if (!champ) throw new DomainError('introuvable', 'Ce champ n’existe pas, ou plus, dans les fiches de ce pacte.');
	const noeuds = await listNoeuds(db, pacteId);
	const valeurs = await readFiches(db, pacteId, modele);
	const variantes = await readVariantes(db, pacteId);
	const shows = (id: string) => champsOfVariante(modele, variantes.get(id) ?? null).find((own) => own.id === champId);
	return {
		champ,
		fiches: noeuds.flatMap(({ id, code, titre, fiche, aClasser }) => {
			const own = fiche && !aClasser ? shows(id) : undefined;
			const valeur = valeurs.get(id)?.[champId];
			return own ? [{ id, code, titre, champ: own, ...(valeur && { valeur }) }] : [];
		})
	};
}
