/** Where a signatory stands, from the first word to the signature. */
export const STATUTS = ['pressenti', 'sous_reserve', 'approuve', 'signe'] as const;
export type StatutSignature = (typeof STATUTS)[number];

export const NOM_DU_STATUT: Record<StatutSignature, string> = {
	pressenti: 'Pressenti',
	sous_reserve: 'Sous réserve',
	approuve: 'Approuvé',
	signe: 'Signé'
};

export interface Signataire {
	id: string;
	organisme: { id: string; nom: string };
	personne: string;
	fonction: string;
	statut: StatutSignature;
	/** A day (`2027-02-16`), or empty. */
	date: string;
	/** Whose decision it waits for or has; may be empty. */
	instance: string;
}

/** What a signatory says of its decision: « sous réserve d’une décision du conseil d’administration ». */
export function statutInWords({ statut, instance }: Pick<Signataire, 'statut' | 'instance'>, jour: string): string {
	const le = jour === '' ? '' : ` le ${jour}`;
	switch (statut) {
		case 'pressenti':
			return 'Pressenti';
		case 'sous_reserve':
			return instance === '' ? 'Sous réserve d’une décision' : `Sous réserve de\u00a0: ${instance}`;
		case 'approuve':
			return instance === '' ? `Approuvé${le}` : `Approuvé${le} (${instance})`;
		case 'signe':
			return `Signé${le}`;
		default:
			return statut satisfies never;
	}
}

/** Who signs, who has a text, who is only mobilised: three lists that pactes print as one and that differ. */
export interface Ecarts {
	/** Sign, without words or engagements of their own. */
	signentSansTexte: string[];
	/** Have words or engagements, and do not sign. */
	texteSansSignature: string[];
	/** Named in fiches, without a text and without signing. */
	mobilisesSeulement: string[];
}

/** Ids of organismes, in the order of `ordre`. */
export function ecartsOf(
	ordre: readonly string[],
	{ signent, ecrivent, mobilises }: Record<'signent' | 'ecrivent' | 'mobilises', ReadonlySet<string>>
): Ecarts {
	return {
		signentSansTexte: ordre.filter((id) => signent.has(id) && !ecrivent.has(id)),
		texteSansSignature: ordre.filter((id) => ecrivent.has(id) && !signent.has(id)),
		mobilisesSeulement: ordre.filter((id) => mobilises.has(id) && !ecrivent.has(id) && !signent.has(id))
	};
}
