import type { Role } from '#lib/documents/rights.ts';

/** What each role is called, and what it lets people do, in a sentence. */
export const NOM_DU_ROLE: Record<Role, string> = {
	equipe_projet: 'Équipe projet',
	animateur: 'Animateur',
	redacteur: 'Rédacteur',
	partenaire: 'Partenaire',
	relecteur: 'Relecteur',
	lecteur: 'Lecteur'
};

export const CE_QUE_FAIT_LE_ROLE: Record<Role, string> = {
	equipe_projet: 'Écrit l’arbre, les fiches et le texte, invite les personnes.',
	animateur: 'Prépare et conduit les séances, écrit l’arbre, les fiches et le texte.',
	redacteur: 'Écrit les fiches-actions, les figures et les sections du texte, lit tout le reste.',
	partenaire: 'Écrit les sections de son organisme et les figures, lit tout le reste.',
	relecteur: 'Lit tout ; commentera quand les commentaires existeront.',
	lecteur: 'Lit tout.'
};
