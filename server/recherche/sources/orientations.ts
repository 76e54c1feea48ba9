import { niveauOf } from '#lib/pactes/modele.ts';
import { POIDS, type Apercu, type Contexte, type Passage, type Presentation, type Source } from '../source.ts';

/** The titles of the tree. Those that carry a fiche are its title. */
export const orientations: Source = {
	ids: () => Promise.resolve(['']),
	async passages(db, pacteId) {
		const noeuds = await db
			.selectFrom('noeuds')
			.select(['id', 'titre', 'porte_fiche'])
			.where('pacte_id', '=', pacteId)
			.orderBy('ordre')
			.execute();
		return noeuds.map(({ id, titre, porte_fiche }): Passage => ({
			kind: porte_fiche === 1 ? 'fiche' : 'orientation',
			objet: id,
			ancre: '',
			rang: 0,
			poids: POIDS.titre,
			texte: titre
		}));
	}
};

export const presentOrientations: Presentation = async (contexte, ids) => {
	const noeuds = await noeudsOf(contexte, ids);
	return new Map(
		noeuds.map(({ id, code, titre, niveau, a_classer }): [string, Apercu] => [
			id,
			{
				code,
				titre: titre.trim() || 'Sans titre',
				lieu: () => (a_classer === 1 ? 'À classer' : (niveauOf(contexte.modele, niveau)?.nom ?? '')),
				lien: () => `/orientations#noeud-${id}`
			}
		])
	);
};

export const presentFiches: Presentation = async (contexte, ids) => {
	const noeuds = new Map((await noeudsOf(contexte, ids)).map((noeud) => [noeud.id, noeud]));
	const labels = new Map(contexte.modele.champs.map(({ id, etiquette }) => [id, etiquette]));
	return new Map(
		ids.map((id): [string, Apercu] => {
			const noeud = noeuds.get(id);
			return [
				id,
				{
					code: noeud?.code ?? '',
					titre: noeud?.titre.trim() || 'Sans titre',
					lieu: (ancre) =>
						[noeud && noeud.a_classer === 0 ? '' : 'À classer', labels.get(ancre) ?? ''].filter(Boolean).join(' · '),
					lien: (ancre) => `/fiches/${id}${ancre === '' ? '' : `#champ-${ancre}`}`
				}
			];
		})
	);
};

async function noeudsOf({ db, pacteId }: Contexte, ids: readonly string[]) {
	if (ids.length === 0) return [];
	return db
		.selectFrom('noeuds')
		.select(['id', 'code', 'titre', 'niveau', 'a_classer'])
		.where('pacte_id', '=', pacteId)
		.where('id', 'in', ids)
		.execute();
}
