import type { Modele } from '#lib/pactes/modele.ts';
import type { Resultat } from '#lib/recolte/versement.ts';
import type { Queryable } from '../database/open.ts';
import { montrees } from './liens.ts';
import { listDevenirs } from './provenance.ts';

/** What came out of a séance: its groups and the pépites of none, each with what it became. null: nothing did. */
export async function readResultat(
	db: Queryable,
	pacte: { id: string; modele: Modele },
	seanceId: string
): Promise<Resultat | null> {
	const groupes = await db
		.selectFrom('groupes')
		.select(['id', 'titre'])
		.where('seance_id', '=', seanceId)
		.where('reuni_dans', 'is', null)
		.orderBy('rang')
		.orderBy('id')
		.execute();
	const cartes = await montrees(db, seanceId).execute();
	const devenirs = cartes.length > 0 ? await listDevenirs(db, pacte, seanceId) : [];
	const became = (id: string) => devenirs.filter(({ source }) => source === id);
	const resultat = {
		groupes: groupes
			.map(({ id, titre }) => ({
				id,
				titre,
				cartes: cartes.filter(({ groupe_id }) => groupe_id === id).length,
				devenirs: became(id)
			}))
			.filter((groupe) => groupe.cartes > 0),
		pepites: cartes
			.filter(({ pepite, groupe_id }) => pepite !== null && groupe_id === null)
			.map(({ id, texte }) => ({ id, texte, devenirs: became(id) }))
	};
	return resultat.groupes.length + resultat.pepites.length > 0 ? resultat : null;
}
