/** A body of a pacte: who pilots, joins or signs. */
export interface Organisme {
	id: string;
	nom: string;
	/** Other spellings, former names: what people type finds it by them too. */
	alias: string[];
}

/** With how many fiches name it. */
export interface OrganismeUtilise extends Organisme {
	pilotees: number;
	rejointes: number;
	signataire: boolean;
}
