import { LONGUEUR_DE_CARTE, type NatureDeCarte } from '#lib/salles/salle.ts';
import type { Queryable } from '../database/open.ts';
import { montrees, readSources, type Source } from './liens.ts';

/** What comes out of a séance, on which the next one opens. */
export interface Reprise {
	texte: string;
	nature: NatureDeCarte;
	sources: Source[];
}

/** The groups of a séance, and its pépites that are in none; but for those that another séance repeats already. */
export async function readReprises(db: Queryable, from: string, to: string): Promise<Reprise[]> {
	const groupes = await db
		.selectFrom('groupes')
		.select(['id', 'titre'])
		.where('seance_id', '=', from)
		.where('reuni_dans', 'is', null)
		.orderBy('rang')
		.orderBy('id')
		.execute();
	const cartes = await montrees(db, from).execute();
	const known = await repeated(db, from, to);
	const reprises: Reprise[] = [];
	for (const { id, titre } of groupes.filter((groupe) => !known.has(groupe.id))) {
		const inside = cartes.filter(({ groupe_id }) => groupe_id === id);
		if (inside.length === 0) continue;
		const texte = [...titre].slice(0, LONGUEUR_DE_CARTE).join('');
		reprises.push({ texte, nature: mostOf(inside), sources: await readSources(db, from, id) });
	}
	for (const { id, texte, nature } of cartes.filter(({ pepite, groupe_id }) => pepite !== null && groupe_id === null))
		if (!known.has(id)) reprises.push({ texte, nature, sources: [{ genre: 'carte', id, titre: '' }] });
	return reprises;
}

async function repeated(db: Queryable, from: string, to: string): Promise<Set<string>> {
	const rows = await db
		.selectFrom('versements')
		.innerJoin('cartes', 'cartes.id', 'versements.cible_id')
		.select('source_id')
		.where('versements.seance_id', '=', from)
		.where('cible_genre', '=', 'carte')
		.where('cartes.seance_id', '=', to)
		.execute();
	return new Set(rows.map(({ source_id }) => source_id));
}

/** The nature that comes most often; the first of those that come as often. */
function mostOf(cartes: readonly { nature: NatureDeCarte }[]): NatureDeCarte {
	const count = (nature: NatureDeCarte) => cartes.filter((carte) => carte.nature === nature).length;
	return cartes.map(({ nature }) => nature).reduce((best, nature) => (count(nature) > count(best) ? nature : best));
}
