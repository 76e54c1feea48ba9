import type { NatureDeCarte } from './salle.ts';

export const NOM_DE_LA_NATURE: Record<NatureDeCarte, string> = {
	constat: 'Constat',
	besoin: 'Besoin',
	idee: 'Idée',
	vigilance: 'Vigilance',
	question: 'Question'
};
