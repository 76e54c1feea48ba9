import { POIDS, type Source } from '../source.ts';

/** What is written in a fiche: each line of each field. Its title stands in the tree. */
export const fiche: Source = {
	async ids(db, pacteId) {
		const rows = await db.selectFrom('fiches').select('id').where('pacte_id', '=', pacteId).execute();
		return rows.map(({ id }) => id);
	},
	async passages(db, pacteId, id) {
		const lines = await db
			.selectFrom('fiche_champs')
			.innerJoin('fiches', 'fiches.id', 'fiche_champs.fiche_id')
			.select(['champ', 'ordre', 'texte'])
			.where('fiche_id', '=', id)
			.where('fiche_champs.pacte_id', '=', pacteId)
			.where('corbeille_at', 'is', null)
			.orderBy('champ')
			.orderBy('ordre')
			.execute();
		return lines
			.filter(({ texte }) => texte.trim() !== '')
			.map(({ champ, ordre, texte }) => ({
				kind: 'fiche',
				objet: id,
				ancre: champ,
				rang: ordre,
				poids: POIDS.texte,
				texte
			}));
	}
};
