import type { TypeDeChamp } from './modele.ts';

/** What each type of field is called, in the order in which they are offered. */
export const NOM_DU_TYPE: Record<TypeDeChamp, string> = {
	texte: 'Texte',
	court: 'Texte court',
	puces: 'Liste à puces',
	organismes: 'Organismes',
	schemas: 'Plans et schémas liés',
	echeance: 'Échéance',
	ouinon: 'Oui ou non',
	choix: 'Choix',
	tableau: 'Tableau',
	indicateurs: 'Indicateurs',
	montants: 'Montants par année'
};
