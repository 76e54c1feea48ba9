import { LIMITES, listAt, objectAt, onlyKeys, textAt, filledAt } from '#lib/pactes/archive-values.ts';

/** A plan or schema of the territory that the pacte is tied to: « PDILE », in the « Schéma unique des solidarités ». */
export interface SchemaLie {
	intitule: string;
	/** The larger schema that holds it; may be empty. */
	dans: string;
	/** What ties them; may be empty. */
	precision: string;
}

export interface SchemaLieLu extends SchemaLie {
	id: string;
}

/** « PDILE (dans le Schéma unique des solidarités) » */
export function nameOfSchema({ intitule, dans }: SchemaLie): string {
	return dans === '' ? intitule : `${intitule} (dans\u00a0: ${dans})`;
}

/** Those of an archive; none in an older file. */
export function schemasAt(value: unknown = []): SchemaLie[] {
	return listAt(value, 'schemas', LIMITES.colonnes * 10, (item, lieu) => {
		const source = objectAt(item, lieu);
		onlyKeys(source, lieu, ['intitule', 'dans', 'precision']);
		return {
			intitule: filledAt(source.intitule, `${lieu}.intitule`, LIMITES.titre),
			dans: textAt(source.dans, `${lieu}.dans`, LIMITES.titre),
			precision: textAt(source.precision, `${lieu}.precision`, LIMITES.titre)
		};
	});
}
