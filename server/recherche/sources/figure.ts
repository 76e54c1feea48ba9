import { POIDS, type Apercu, type Passage, type Presentation, type Source } from '../source.ts';

/** A figure: its title, its sentence, where it comes from, the names of its rows and columns. */
export const figure: Source = {
	async ids(db, pacteId) {
		const rows = await db.selectFrom('figures').select('id').where('pacte_id', '=', pacteId).execute();
		return rows.map(({ id }) => id);
	},
	async passages(db, pacteId, id) {
		const row = await db
			.selectFrom('figures')
			.select(['titre', 'phrase', 'source', 'date', 'territoire'])
			.where('id', '=', id)
			.where('pacte_id', '=', pacteId)
			.where('corbeille_at', 'is', null)
			.executeTakeFirst();
		if (!row) return [];
		const series = await db
			.selectFrom('figure_series')
			.select('nom as texte')
			.where('figure_id', '=', id)
			.orderBy('ordre')
			.execute();
		const lignes = await db
			.selectFrom('figure_lignes')
			.select('libelle as texte')
			.where('figure_id', '=', id)
			.orderBy('ordre')
			.execute();
		const joined = (texts: string[]) => texts.filter((texte) => texte.trim() !== '').join(' · ');
		const passage = (ancre: string, texte: string): Passage[] =>
			texte === '' ? [] : [{ kind: 'figure', objet: id, ancre, rang: 0, poids: POIDS.texte, texte }];
		return [
			{ kind: 'figure', objet: id, ancre: '', rang: 0, poids: POIDS.titre, texte: row.titre },
			...passage('phrase', row.phrase),
			...passage('source', joined([row.source, row.date, row.territoire])),
			...passage('donnees', joined([...series, ...lignes].map(({ texte }) => texte)))
		];
	}
};

const LIEUX: Record<string, string> = { source: 'Source', donnees: 'Données' };

export const presentFigures: Presentation = async ({ db, pacteId }, ids) => {
	if (ids.length === 0) return new Map();
	const rows = await db
		.selectFrom('figures')
		.select(['id', 'titre'])
		.where('pacte_id', '=', pacteId)
		.where('corbeille_at', 'is', null)
		.where('id', 'in', ids)
		.execute();
	return new Map(
		rows.map(({ id, titre }): [string, Apercu] => [
			id,
			{
				code: '',
				titre: titre.trim() || 'Sans titre',
				lieu: (ancre) => LIEUX[ancre] ?? '',
				lien: () => `/figures/${id}`
			}
		])
	);
};
