import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { nameOfSchema } from '#lib/schemas/schema-lie.ts';
import type { Imprimeur, Tete } from '../assemble.ts';

/** The plans and schemas that the pacte is tied to. */
export interface BlocSchemas extends Tete {
	type: 'schemas';
	lignes: { nom: string; precision: string }[];
}

export function printSchemas({ schemas }: ArchivePacte, tete: Tete, print: Imprimeur): BlocSchemas[] {
	const lieu = 'Plans et schémas liés';
	const lignes = schemas.map((schema) => ({
		nom: print.texte(nameOfSchema(schema), lieu),
		precision: print.texte(schema.precision, lieu)
	}));
	return lignes.length === 0 ? [] : [{ type: 'schemas', ...tete, lignes }];
}
