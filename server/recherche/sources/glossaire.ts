import { POIDS, type Apercu, type Passage, type Presentation, type Source } from '../source.ts';

/** The entries of the glossary. */
export const glossaire: Source = {
	ids: () => Promise.resolve(['']),
	async passages(db, pacteId) {
		const entries = await db
			.selectFrom('glossaire')
			.select(['id', 'sigle', 'developpe', 'definition'])
			.where('pacte_id', '=', pacteId)
			.execute();
		return entries.flatMap(({ id, sigle, developpe, definition }) => {
			const passage = (ancre: string, poids: number, texte: string): Passage[] =>
				texte.trim() === '' ? [] : [{ kind: 'glossaire', objet: id, ancre, rang: 0, poids, texte }];
			return [
				...passage('', POIDS.titre, sigle),
				...passage('developpe', POIDS.nom, developpe),
				...passage('definition', POIDS.texte, definition)
			];
		});
	}
};

export const presentGlossaire: Presentation = async ({ db, pacteId }, ids) => {
	if (ids.length === 0) return new Map();
	const rows = await db
		.selectFrom('glossaire')
		.select(['id', 'sigle', 'developpe'])
		.where('pacte_id', '=', pacteId)
		.where('id', 'in', ids)
		.execute();
	return new Map(
		rows.map(({ id, sigle, developpe }): [string, Apercu] => [
			id,
			{ code: '', titre: `${sigle}\u00a0: ${developpe}`, lieu: () => '', lien: () => `/glossaire#entree-${id}` }
		])
	);
};
