/** Whose engagements a section holds when it is not those of one organisme. */
export const PORTEES = ['organisme', 'groupe', 'tous', 'hors_signataires'] as const;
export type Portee = (typeof PORTEES)[number];

export const NOM_DE_LA_PORTEE: Record<Portee, string> = {
	organisme: 'Un organisme',
	groupe: 'Plusieurs organismes ensemble',
	tous: 'Tous les signataires',
	hors_signataires: 'Des acteurs qui ne signent pas'
};
