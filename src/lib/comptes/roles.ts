import type { Role } from '#lib/documents/rights.ts';

/** What each role is called, and what it lets people do, in a sentence. */
export const NOM_DU_ROLE: Record<Role, string> = {
	equipe_projet: 'Équipe projet',
	redacteur: 'Rédacteur',
	partenaire: 'Partenaire',
	relecteur: 'Relecteur',
	lecteur: 'Lecteur'
};

export const CE_QUE_FAIT_LE_ROLE: Record<Role, string> = {
	equipe_projet: 'Écrit l’arbre, les fiches et le texte, invite les personnes.',
	redacteur: 'Écrit les fiches-actions, les figures et les sections du texte, lit tout le reste.',
	partenaire: 'Écrit les sections de son organisme et les figures, lit tout le reste.',
	relecteur: 'Lit tout ; commentera quand les commentaires existeront.',
	lecteur: 'Lit tout.'
};
