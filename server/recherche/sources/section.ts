import { champsDuGenre } from '#lib/engagements/cadre.ts';
import { texteOf, type Bloc, type Prose } from '#lib/editor/prose.ts';
import { ancreOfBloc } from '#lib/recherche/ancres.ts';
import { POIDS, type Apercu, type Passage, type Presentation, type Source } from '../source.ts';

/** The titles of the sections: what the plan of the document says. */
export const plan: Source = {
	ids: () => Promise.resolve(['']),
	async passages(db, pacteId) {
		const rows = await db
			.selectFrom('sections')
			.select(['id', 'titre'])
			.where('pacte_id', '=', pacteId)
			.where('retiree_at', 'is', null)
			.execute();
		return rows.map(({ id, titre }) => ({
			kind: 'section',
			objet: id,
			ancre: '',
			rang: 0,
			poids: POIDS.titre,
			texte: titre
		}));
	}
};

/** The text of a section: each block of its prose, each line of its frame. A block that is a constat is found as one. */
export const section: Source = {
	async ids(db, pacteId) {
		const rows = await db.selectFrom('sections').select('id').where('pacte_id', '=', pacteId).execute();
		return rows.map(({ id }) => id);
	},
	async passages(db, pacteId, id) {
		const row = await db
			.selectFrom('sections')
			.leftJoin('section_textes', 'section_textes.section_id', 'sections.id')
			.select('blocs')
			.where('sections.id', '=', id)
			.where('sections.pacte_id', '=', pacteId)
			.where('retiree_at', 'is', null)
			.executeTakeFirst();
		if (!row) return [];
		const prose = JSON.parse(row.blocs ?? '[]') as Prose;
		const champs = await db
			.selectFrom('section_champs')
			.select(['champ', 'ordre', 'texte'])
			.where('section_id', '=', id)
			.orderBy('champ')
			.orderBy('ordre')
			.execute();
		return [
			...prose.map((bloc, rang) => passageOf(id, bloc, rang)),
			...champs.map(({ champ, ordre, texte }): Passage => ({
				kind: 'section',
				objet: id,
				ancre: `champ-${champ}`,
				rang: ordre,
				poids: POIDS.texte,
				texte
			}))
		];
	}
};

/** Empty blocks have their row too: the place of a block is its number. */
function passageOf(section: string, bloc: Bloc, rang: number): Passage {
	const texte = texteOf([bloc]);
	const titled = bloc.type === 'paragraphe' && bloc.titre !== undefined;
	const cle = bloc.type === 'paragraphe' ? (bloc.constat?.cle ?? '') : '';
	const passage = { ancre: 'bloc', rang, poids: titled ? POIDS.intertitre : POIDS.texte, texte };
	return cle === ''
		? { ...passage, kind: 'section', objet: section }
		: { ...passage, kind: 'constat', objet: `${section}.${cle}` };
}

export const presentSections: Presentation = async ({ db, pacteId }, ids) => {
	if (ids.length === 0) return new Map();
	const rows = await db
		.selectFrom('sections')
		.select(['id', 'titre', 'genre'])
		.where('pacte_id', '=', pacteId)
		.where('retiree_at', 'is', null)
		.where('id', 'in', ids)
		.execute();
	return new Map(
		rows.map(({ id, titre, genre }): [string, Apercu] => {
			const labels = new Map(champsDuGenre(genre).map((champ) => [`champ-${champ.id}`, champ.etiquette]));
			return [
				id,
				{
					code: '',
					titre: titre.trim() || 'Sans titre',
					lieu: (ancre) => labels.get(ancre) ?? '',
					lien: (ancre, rang) => `/sections/${id}${hashOf(ancre, rang)}`
				}
			];
		})
	);
};

function hashOf(ancre: string, rang: number): string {
	if (ancre === '') return '';
	return `#${ancre === 'bloc' ? ancreOfBloc(rang) : ancre}`;
}

/** A constat is shown by its own words, under the title of its section. */
export const presentConstats: Presentation = async (contexte, objets) => {
	const sectionOf = (objet: string) => objet.slice(0, objet.indexOf('.'));
	const sections = await presentSections(contexte, [...new Set(objets.map(sectionOf))]);
	return new Map(
		objets.flatMap((objet): [string, Apercu][] => {
			const apercu = sections.get(sectionOf(objet));
			return apercu ? [[objet, { ...apercu, lieu: () => 'Constat' }]] : [];
		})
	);
};
