import { A_CLASSER, type Arbre, type Noeud } from './arbre.ts';

/** A node as the projection keeps it: repaired, in the order of reading. */
export interface NoeudLu {
	id: string;
	parent: string | null;
	niveau: string;
	titre: string;
	code: string;
	aClasser: boolean;
	/** Whether it carries a fiche. */
	fiche: boolean;
}

/** The tree as it was last projected: what a page shows before its live document has come. */
export function arbreFromRows(rows: readonly Omit<NoeudLu, 'code' | 'fiche'>[]): Arbre {
	const arbre: Arbre = { racines: [], aClasser: [], corbeille: [], parId: new Map() };
	for (const { id, niveau, titre } of rows) {
		arbre.parId.set(id, { id, parent: null, rang: '', niveau, titre, enfants: [] });
	}
	for (const row of rows) {
		const noeud = arbre.parId.get(row.id) as Noeud;
		const parent = row.parent === null ? undefined : arbre.parId.get(row.parent);
		const top = row.aClasser ? A_CLASSER : null;
		noeud.parent = parent?.id ?? top;
		(parent?.enfants ?? (top === null ? arbre.racines : arbre.aClasser)).push(noeud);
	}
	return arbre;
}
