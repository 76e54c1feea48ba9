import type { Filiation } from '#lib/fiches/transformation.ts';
import type { Queryable } from '../database/open.ts';

/** What a fiche comes from and what was made of it, the oldest first. */
export async function readFiliations(db: Queryable, pacteId: string, ficheId: string): Promise<Filiation[]> {
	const rows = await db
		.selectFrom('fiche_filiations')
		.select(['fiche_id', 'de_id', 'nature', 'titre'])
		.where('pacte_id', '=', pacteId)
		.where((eb) => eb.or([eb('fiche_id', '=', ficheId), eb('de_id', '=', ficheId)]))
		.orderBy('created_at')
		.execute();
	const others = rows.map(({ fiche_id, de_id }) => (fiche_id === ficheId ? de_id : fiche_id));
	if (others.length === 0) return [];
	const fiches = await db
		.selectFrom('fiches')
		.leftJoin('noeuds', (join) =>
			join.onRef('noeuds.id', '=', 'fiches.id').onRef('noeuds.pacte_id', '=', 'fiches.pacte_id')
		)
		.select(['fiches.id', 'noeuds.titre', 'corbeille_at'])
		.where('fiches.id', 'in', others)
		.execute();
	const known = new Map(fiches.map((fiche) => [fiche.id, fiche]));
	return rows.flatMap(({ fiche_id, de_id, nature, titre }): Filiation[] => {
		const vient = fiche_id === ficheId;
		const other = known.get(vient ? de_id : fiche_id);
		if (!vient && !other) return [];
		return [
			{
				nature,
				vient,
				id: other?.id ?? null,
				titre: other?.titre ?? titre,
				jetee: (other?.corbeille_at ?? null) !== null
			}
		];
	});
}
