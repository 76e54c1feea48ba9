import { POIDS, type Apercu, type Passage, type Presentation, type Source } from '../source.ts';

/** What an import kept beside the pacte, by its paragraphs: it is read too, until it has found its place. */
export const textes: Source = {
	ids: () => Promise.resolve(['']),
	async passages(db, pacteId) {
		const rows = await db
			.selectFrom('textes_importes')
			.select(['rang', 'texte'])
			.where('pacte_id', '=', pacteId)
			.orderBy('rang')
			.execute();
		return rows.flatMap(({ rang, texte }) =>
			paragraphsOf(texte).map((paragraph, at): Passage => ({
				kind: 'texte_importe',
				objet: String(rang),
				ancre: 'texte',
				rang: at,
				poids: POIDS.texte,
				texte: paragraph
			}))
		);
	}
};

function paragraphsOf(texte: string): string[] {
	return texte.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
}

export const presentTextes: Presentation = async ({ db, pacteId }, objets) => {
	if (objets.length === 0) return new Map();
	const rows = await db
		.selectFrom('textes_importes')
		.select(['rang', 'ligne_debut', 'ligne_fin'])
		.where('pacte_id', '=', pacteId)
		.where('rang', 'in', objets.map(Number))
		.execute();
	return new Map(
		rows.map(({ rang, ligne_debut, ligne_fin }): [string, Apercu] => [
			String(rang),
			{
				code: '',
				titre: `Texte importé, lignes ${ligne_debut} à ${ligne_fin}`,
				lieu: () => '',
				lien: () => `/textes#texte-${rang}`
			}
		])
	);
};
