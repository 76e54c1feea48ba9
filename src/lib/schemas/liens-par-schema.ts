import { arbreFromRows } from '#lib/orientations/arbre-from-rows.ts';
import { A_CLASSER, codesOf } from '#lib/orientations/arbre.ts';
import type { ArchivePacte, ValeurChamp } from '#lib/pactes/archive.ts';
import { champsOfVariante, type Champ } from '#lib/pactes/modele.ts';
import type { SchemaLie } from './schema-lie.ts';

/** A fiche that links to a schema, with the sentence that says why. */
export interface LienDeFiche {
	fiche: string;
	code: string;
	titre: string;
	/** May be empty. */
	texte: string;
}

export interface LiensDuSchema<Schema extends SchemaLie = SchemaLie> {
	schema: Schema;
	liens: LienDeFiche[];
}

/** A fiche, as far as its links go. */
export interface FicheDeLiens extends Omit<LienDeFiche, 'texte'> {
	champs: readonly Champ[];
	valeurs: Readonly<Record<string, ValeurChamp>>;
}

/** « Liens par schéma »: the fiches that link to each, in their order. A schema to which none links has an empty list. */
export function liensBySchema<Schema extends SchemaLie & { id: string }>(
	schemas: readonly Schema[],
	fiches: readonly FicheDeLiens[]
): LiensDuSchema<Schema>[] {
	return schemas.map((schema) => ({
		schema,
		liens: fiches.flatMap(({ champs, valeurs, ...fiche }) =>
			champs.flatMap(({ id }) => {
				const valeur = valeurs[id];
				if (!valeur || !('schemas' in valeur) || !valeur.schemas.includes(schema.id)) return [];
				return [{ ...fiche, texte: valeur.texte.trim() }];
			})
		)
	}));
}

/** The same, of an archive. */
export function liensParSchema(archive: ArchivePacte): LiensDuSchema[] {
	const { modele, noeuds, schemas } = archive;
	const nodes = noeuds.map((noeud) => ({
		...noeud,
		parent: noeud.parent === A_CLASSER ? null : noeud.parent,
		aClasser: noeud.parent === A_CLASSER
	}));
	const codes = codesOf(arbreFromRows(nodes), modele);
	const ficheOf = new Map(archive.fiches.map((fiche) => [fiche.noeud, fiche]));
	const fiches = noeuds.flatMap(({ id, titre }) => {
		const fiche = ficheOf.get(id);
		if (!fiche) return [];
		const champs = champsOfVariante(modele, fiche.variante ?? null);
		return [{ fiche: id, code: codes.get(id) ?? '', titre, champs, valeurs: fiche.champs }];
	});
	return liensBySchema(
		schemas.map((schema, i) => ({ ...schema, id: `k${i + 1}` })),
		fiches
	).map(({ schema: { id: _, ...schema }, liens }) => ({ schema, liens }));
}
