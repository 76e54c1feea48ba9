import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { listed } from '#lib/format.ts';
import { liensParSchema, type LienDeFiche } from '#lib/schemas/liens-par-schema.ts';
import { nameOfSchema } from '#lib/schemas/schema-lie.ts';
import type { Imprimeur, Tete } from '../assemble.ts';

/** The plans and schemas that the pacte is tied to. */
export interface BlocSchemas extends Tete {
	type: 'schemas';
	/** `fiches`: those that link to it, in words; empty when none does. */
	lignes: { nom: string; precision: string; fiches: string }[];
}

export function printSchemas(archive: ArchivePacte, tete: Tete, print: Imprimeur): BlocSchemas[] {
	const lieu = 'Plans et schémas liés';
	const lignes = liensParSchema(archive).map(({ schema, liens }) => ({
		nom: print.texte(nameOfSchema(schema), lieu),
		precision: print.texte(schema.precision, lieu),
		fiches: print.texte(inWords(liens), lieu)
	}));
	return lignes.length === 0 ? [] : [{ type: 'schemas', ...tete, lignes }];
}

/** The printed name of each, by its id: `k1` is the first. */
export function schemasOf({ schemas }: ArchivePacte, print: Imprimeur): Map<string, string> {
	return new Map(schemas.map((schema, i) => [`k${i + 1}`, print.texte(nameOfSchema(schema), 'Plans et schémas liés')]));
}

/** « Fiches I1a et I2b »; one without a code is called by its title. */
function inWords(liens: readonly LienDeFiche[]): string {
	const noms = [...new Set(liens.map(({ code, titre }) => code || `«\u00a0${titre.trim() || 'Sans titre'}\u00a0»`))];
	return noms.length === 0 ? '' : `${noms.length === 1 ? 'Fiche' : 'Fiches'}\u00a0${listed(noms)}`;
}
