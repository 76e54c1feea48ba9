import type { Modele } from '#lib/pactes/modele.ts';
import { liensBySchema, type LiensDuSchema } from '#lib/schemas/liens-par-schema.ts';
import type { SchemaLieLu } from '#lib/schemas/schema-lie.ts';
import { champsOfVariante } from '#lib/pactes/modele.ts';
import type { Queryable } from '../database/open.ts';
import { readFiches } from '../fiches/fiches.ts';
import { readVariantes } from '../fiches/variante.ts';
import { listNoeuds } from '../orientations/noeuds.ts';
import { listSchemas } from './schemas.ts';

/** The schemas of a pacte, each with the fiches that link to it. */
export async function listLiens(db: Queryable, pacteId: string, modele: Modele): Promise<LiensDuSchema<SchemaLieLu>[]> {
	const schemas = await listSchemas(db, pacteId);
	if (!modele.champs.some(({ type }) => type === 'schemas')) return liensBySchema(schemas, []);
	const noeuds = await listNoeuds(db, pacteId);
	const valeurs = await readFiches(db, pacteId, modele);
	const variantes = await readVariantes(db, pacteId);
	const fiches = noeuds
		.filter(({ fiche }) => fiche)
		.map(({ id, code, titre }) => ({
			fiche: id,
			code,
			titre,
			champs: champsOfVariante(modele, variantes.get(id) ?? null),
			valeurs: valeurs.get(id) ?? {}
		}));
	return liensBySchema(schemas, fiches);
}
