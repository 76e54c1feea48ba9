import { arbreFromRows } from '#lib/orientations/arbre-from-rows.ts';
import { A_CLASSER, codesOf } from '#lib/orientations/arbre.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { niveauOf } from '#lib/pactes/modele.ts';
import type { Imprimeur } from '../assemble.ts';

/** The printed name of each organisme of an archive, by its id. */
export function organismesOf({ organismes }: ArchivePacte, print: Imprimeur): (id: string) => string {
	const names = new Map(organismes.map(({ id, nom }) => [id, nom]));
	return (id) => print.texte(names.get(id) ?? '', 'Noms des organismes');
}

interface Axe {
	id: string;
	/** « Axe 1 : Se loger ». */
	nom: string;
}

/** The branches at the top of the tree, and which of them is above each node. */
export function topsOf(
	{ noeuds, modele }: ArchivePacte,
	print: Imprimeur
): { axes: Axe[]; top: (noeud: string) => string | undefined } {
	const codes = codesOf(
		arbreFromRows(
			noeuds.map(({ parent, ...noeud }) => ({
				...noeud,
				parent: parent === A_CLASSER ? null : parent,
				aClasser: parent === A_CLASSER
			}))
		),
		modele
	);
	const tops = new Map<string, string>();
	// Parents come first in an archive.
	for (const { id, parent } of noeuds)
		if (parent !== A_CLASSER) tops.set(id, parent === null ? id : (tops.get(parent) ?? id));
	const axes = noeuds
		.filter(({ parent }) => parent === null)
		.map(({ id, niveau, titre }) => {
			const nom = niveauOf(modele, niveau)?.nom ?? 'axe';
			const repere = [nom.charAt(0).toUpperCase() + nom.slice(1), codes.get(id) ?? ''].filter(Boolean).join('\u00a0');
			return { id, nom: `${repere}\u00a0: ${print.texte(titre, repere) || 'Sans titre'}` };
		});
	return { axes, top: (noeud) => tops.get(noeud) };
}
