import type { Arbre, Noeud } from './arbre.ts';

/**
 * Gives back the former objects of the nodes that are as they were, so that a screen draws again only what changed: one
 * letter in one title of a tree of 500 nodes touches that node and those that hold it.
 */
export function shareUnchanged(before: Arbre | undefined, after: Arbre): Arbre {
	if (!before) return after;
	const share = (noeuds: Noeud[], former: Noeud[] | undefined): Noeud[] => {
		for (const [i, noeud] of noeuds.entries()) {
			const old = before.parId.get(noeud.id);
			noeud.enfants = share(noeud.enfants, old?.enfants);
			if (!old || !isSame(old, noeud)) continue;
			noeuds[i] = old;
			after.parId.set(old.id, old);
		}
		return former && isSameList(former, noeuds) ? former : noeuds;
	};
	after.racines = share(after.racines, before.racines);
	after.aClasser = share(after.aClasser, before.aClasser);
	after.corbeille = share(after.corbeille, before.corbeille);
	return after;
}

function isSame(a: Noeud, b: Noeud): boolean {
	return (
		a.titre === b.titre &&
		a.parent === b.parent &&
		a.rang === b.rang &&
		a.niveau === b.niveau &&
		isSameList(a.enfants, b.enfants)
	);
}

function isSameList(a: readonly Noeud[], b: readonly Noeud[]): boolean {
	return a.length === b.length && a.every((noeud, i) => noeud === b[i]);
}
