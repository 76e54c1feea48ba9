import { counted, listed } from '#lib/format.ts';

/** Where an organisme is named. */
export interface UsagesDOrganisme {
	fiches: number;
	/** In words that are plural: « signatures », « séances ». */
	ailleurs: { nom: string; nombre: number }[];
}

/** « 3 fiches, 2 instances et 1 signatures » said right: « 3 fiches ; signatures (1) ». */
export function usagesInWords({ fiches, ailleurs }: UsagesDOrganisme): string {
	const said = [
		...(fiches > 0 ? [counted(fiches, 'fiche')] : []),
		...ailleurs.map(({ nom, nombre }) => `${nom} (${nombre})`)
	];
	return said.length === 0 ? 'nulle part' : listed(said);
}
