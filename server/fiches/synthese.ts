import { completenessOf, type Valeurs } from '#lib/fiches/completeness.ts';
import { readEcheance, type Periode } from '#lib/fiches/echeance.ts';
import type { LigneSynthese, ListeNommee } from '#lib/fiches/synthese.ts';
import type { Chemin, Marche } from '#lib/fiches/synthese-table.ts';
import { champsOfVariante, ECHEANCE, PARTENAIRES, PILOTES, type Modele } from '#lib/pactes/modele.ts';
import type { Queryable } from '../database/open.ts';
import { listNoeuds } from '../orientations/noeuds.ts';
import { readFiches, repere } from './fiches.ts';
import { readVariantes } from './variante.ts';

export interface Synthese {
	/** The placed fiches, in the order of the tree. */
	lignes: LigneSynthese[];
	/** How many are set aside in « À classer »: they are not in the table. */
	aClasser: number;
}

/** The tableau de synthèse of a pacte: a reading of rows, nothing in it was typed for it. */
export async function readSynthese(
	db: Queryable,
	{ id: pacteId, modele, ...periode }: { id: string; modele: Modele } & Periode
): Promise<Synthese> {
	const noeuds = await listNoeuds(db, pacteId);
	const fiches = await readFiches(db, pacteId, modele);
	const variantes = await readVariantes(db, pacteId);
	const organismes = await db.selectFrom('organismes').select(['id', 'nom']).where('pacte_id', '=', pacteId).execute();
	const nomOf = new Map(organismes.map(({ id, nom }) => [id, nom]));
	const cheminOf = new Map<string, Chemin>();
	const lignes: LigneSynthese[] = [];
	let aClasser = 0;
	// Parents come before children.
	for (const noeud of noeuds) {
		const above = noeud.parent === null ? [] : (cheminOf.get(noeud.parent) ?? []);
		const marche = { ...repere(noeud), niveau: noeud.niveau };
		cheminOf.set(noeud.id, [...above, marche]);
		if (!noeud.fiche) continue;
		if (noeud.aClasser) aClasser++;
		else {
			const champs = champsOfVariante(modele, variantes.get(noeud.id) ?? null);
			const context = { modele: { ...modele, champs }, periode, nomOf };
			lignes.push(ligneOf(marche, above, fiches.get(noeud.id) ?? {}, context));
		}
	}
	return { lignes, aClasser };
}

interface Context {
	modele: Modele;
	periode: Periode;
	nomOf: ReadonlyMap<string, string>;
}

function ligneOf(fiche: Marche, above: Chemin, valeurs: Valeurs, { modele, periode, nomOf }: Context): LigneSynthese {
	const echeance = valeurs[ECHEANCE];
	const texte = echeance && 'texte' in echeance ? echeance.texte.trim() : '';
	return {
		...repere(fiche),
		axe: above[0] ? repere(above[0]) : null,
		chemin: [...above, fiche],
		pilotes: listeOf(valeurs, PILOTES, nomOf),
		partenaires: listeOf(valeurs, PARTENAIRES, nomOf),
		echeance: texte,
		annees: readEcheance(texte, periode).annees,
		completude: completenessOf(modele, valeurs)
	};
}

function listeOf(valeurs: Valeurs, champ: string, nomOf: ReadonlyMap<string, string>): ListeNommee {
	const valeur = valeurs[champ];
	if (!valeur || !('organismes' in valeur)) return { organismes: [], ouverte: false, texte: '' };
	const organismes = valeur.organismes.map((id) => ({ id, nom: nomOf.get(id) ?? 'Organisme inconnu' }));
	return { organismes, ouverte: valeur.ouverte, texte: valeur.texte.trim() };
}
