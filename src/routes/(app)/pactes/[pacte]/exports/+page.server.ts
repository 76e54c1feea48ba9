import { arbreFromRows } from '#lib/orientations/arbre-from-rows.ts';
import { codesOf, subtree, type Noeud } from '#lib/orientations/arbre.ts';
import { tablesProposees } from '#lib/exports/tables.ts';
import { niveauOf, type Modele } from '#lib/pactes/modele.ts';
import type { NoeudLu } from '#lib/orientations/arbre-from-rows.ts';
import { listRemplacements } from '#server/export/export.ts';
import { listNoeuds } from '#server/orientations/noeuds.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url, depends }) => {
	depends('pacte:noeuds');
	const { modele } = await parent();
	const rapport = url.searchParams.has('rapport');
	return {
		parties: partiesOf(await listNoeuds(locals.app.db, params.pacte), modele),
		tables: tablesProposees(modele),
		remplacements: rapport ? await listRemplacements(locals.app, params.pacte) : null
	};
};

export interface Partie {
	id: string;
	/** « Axe 1 » */
	repere: string;
	titre: string;
	/** The node is itself a fiche. */
	fiche: boolean;
	fiches: { id: string; code: string; titre: string }[];
}

function partiesOf(rows: readonly NoeudLu[], modele: Modele): { axes: Partie[]; aClasser: Partie[] } {
	const arbre = arbreFromRows(rows);
	const codes = codesOf(arbre, modele);
	const carrying = new Set(rows.filter(({ fiche }) => fiche).map(({ id }) => id));
	const isFiche = ({ id }: Noeud) => carrying.has(id);
	const described = (noeud: Noeud) => ({
		id: noeud.id,
		code: codes.get(noeud.id) ?? '',
		titre: noeud.titre.trim() || 'Sans titre'
	});
	const partie = (noeud: Noeud): Partie => {
		const { id, code, titre } = described(noeud);
		const nom = niveauOf(modele, noeud.niveau)?.nom ?? '';
		const repere = code === '' ? '' : `${nom.charAt(0).toUpperCase()}${nom.slice(1)} ${code}`;
		const below = [...subtree(noeud)].filter((other) => other !== noeud && isFiche(other));
		return { id, repere, titre, fiche: isFiche(noeud), fiches: below.map(described) };
	};
	return { axes: arbre.racines.map(partie), aClasser: arbre.aClasser.map(partie) };
}
