import { POIDS, type Apercu, type Passage, type Presentation, type Source } from '../source.ts';

/** The organismes of a pacte, by their names and their other spellings. */
export const organismes: Source = {
	ids: () => Promise.resolve(['']),
	async passages(db, pacteId) {
		const noms = await db.selectFrom('organismes').select(['id', 'nom']).where('pacte_id', '=', pacteId).execute();
		const alias = await db
			.selectFrom('organisme_alias')
			.select(['organisme_id as id', 'nom'])
			.where('pacte_id', '=', pacteId)
			.execute();
		const passage = (objet: string, ancre: string, texte: string): Passage => ({
			kind: 'organisme',
			objet,
			ancre,
			rang: 0,
			poids: ancre === '' ? POIDS.titre : POIDS.nom,
			texte
		});
		return [
			...noms.map(({ id, nom }) => passage(id, '', nom)),
			...alias.map(({ id, nom }) => passage(id, 'alias', nom))
		];
	}
};

export const presentOrganismes: Presentation = async ({ db, pacteId }, ids) => {
	if (ids.length === 0) return new Map();
	const rows = await db
		.selectFrom('organismes')
		.select(['id', 'nom'])
		.where('pacte_id', '=', pacteId)
		.where('id', 'in', ids)
		.execute();
	return new Map(
		rows.map(({ id, nom }): [string, Apercu] => [
			id,
			{
				code: '',
				titre: nom,
				lieu: (ancre) => (ancre === '' ? '' : 'Autre appellation'),
				lien: () => `/organismes#organisme-${id}`
			}
		])
	);
};
