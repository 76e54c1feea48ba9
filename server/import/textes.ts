import type { CleDeChamp } from '#lib/import/proposition.ts';

/*
 * The words of the doubts. They are part of the contract that the command prints, down to their plain spaces and straight
 * apostrophes: the screen gives them its own typography.
 */

interface Mot {
	/** « l'axe », « la priorité » */
	le: string;
	/** « de l'axe », « du volet » */
	du: string;
	pluriel: string;
	feminin: boolean;
}

const MOTS: Record<string, Mot> = {
	axe: elide('axe'),
	orientation: elide('orientation', true),
	objectif: elide('objectif'),
	ambition: elide('ambition', true),
	action: elide('action', true),
	perspective: { le: 'la perspective', du: 'de la perspective', pluriel: 'perspectives', feminin: true },
	préconisation: { le: 'la préconisation', du: 'de la préconisation', pluriel: 'préconisations', feminin: true },
	priorité: { le: 'la priorité', du: 'de la priorité', pluriel: 'priorités', feminin: true },
	fiche: { le: 'la fiche', du: 'de la fiche', pluriel: 'fiches', feminin: true },
	mesure: { le: 'la mesure', du: 'de la mesure', pluriel: 'mesures', feminin: true },
	opération: elide('opération', true),
	projet: { le: 'le projet', du: 'du projet', pluriel: 'projets', feminin: false },
	thème: { le: 'le thème', du: 'du thème', pluriel: 'thèmes', feminin: false },
	chantier: { le: 'le chantier', du: 'du chantier', pluriel: 'chantiers', feminin: false },
	programme: { le: 'le programme', du: 'du programme', pluriel: 'programmes', feminin: false },
	levier: { le: 'le levier', du: 'du levier', pluriel: 'leviers', feminin: false },
	enjeu: { le: "l'enjeu", du: "de l'enjeu", pluriel: 'enjeux', feminin: false },
	thématique: { le: 'la thématique', du: 'de la thématique', pluriel: 'thématiques', feminin: true },
	pilier: { le: 'le pilier', du: 'du pilier', pluriel: 'piliers', feminin: false },
	engagement: elide('engagement'),
	'sous-action': { le: 'la sous-action', du: 'de la sous-action', pluriel: 'sous-actions', feminin: true },
	volet: { le: 'le volet', du: 'du volet', pluriel: 'volets', feminin: false },
	défi: { le: 'le défi', du: 'du défi', pluriel: 'défis', feminin: false }
};

function elide(mot: string, feminin = false): Mot {
	return { le: `l'${mot}`, du: `de l'${mot}`, pluriel: `${mot}s`, feminin };
}

/** The words for a level; its first word decides (« objectif opérationnel »). */
function motOf(niveau: string): Mot {
	const [premier = '', ...suite] = niveau.split(' ');
	const mot = MOTS[premier] ?? {
		le: `le niveau ${premier}`,
		du: `du niveau ${premier}`,
		pluriel: `${premier}s`,
		feminin: false
	};
	if (suite.length === 0) return mot;
	const reste = suite.join(' ');
	return { ...mot, le: `${mot.le} ${reste}`, du: `${mot.du} ${reste}`, pluriel: `${mot.pluriel} ${reste}s` };
}

/** « l'axe 6 », « la fiche 1.2 » */
export function defini(niveau: string, code: string): string {
	return `${motOf(niveau).le} ${code}`.trim();
}

/** « de l'axe 6 » */
export function du(niveau: string, code: string): string {
	return `${motOf(niveau).du} ${code}`.trim();
}

/** « il », « elle » */
export function pronom(niveau: string): string {
	return motOf(niveau).feminin ? 'elle' : 'il';
}

/** « perspectives » */
export function pluriel(niveau: string): string {
	return motOf(niveau).pluriel;
}

/** « aucune perspective » */
export function aucun(niveau: string): string {
	return `${motOf(niveau).feminin ? 'aucune' : 'aucun'} ${niveau}`;
}

export function capitalize(texte: string): string {
	return texte.charAt(0).toUpperCase() + texte.slice(1);
}

/** « a, b et c » */
export function enumerate(mots: readonly string[]): string {
	return mots.length < 2 ? mots.join('') : `${mots.slice(0, -1).join(', ')} et ${mots.at(-1)}`;
}

/** What a fiche can lack, and one item of each of its fields. */
export const DE_LA_FICHE: Record<
	CleDeChamp | 'titre' | 'echeance' | 'partenaires' | 'pilote',
	{ absent: string; un: string }
> = {
	titre: { absent: 'aucun titre', un: 'le titre' },
	contexte: { absent: 'aucun contexte', un: 'le contexte' },
	finalite: { absent: 'aucune finalité', un: 'une finalité' },
	objectifs: { absent: 'aucun objectif', un: 'un objectif' },
	modalites: { absent: 'aucune modalité', un: 'une modalité' },
	livrables: { absent: 'aucun livrable', un: 'un livrable' },
	etapes: { absent: 'aucune étape', un: 'une étape' },
	indicateurs: { absent: 'aucun indicateur', un: 'un indicateur' },
	public: { absent: 'aucun public', un: 'le public' },
	territoire: { absent: 'aucun territoire', un: 'le territoire' },
	calendrier: { absent: 'aucun calendrier', un: 'le calendrier' },
	budget: { absent: 'aucun budget', un: 'le budget' },
	financeurs: { absent: 'aucun financeur', un: 'la liste des financeurs' },
	liens: { absent: 'aucun lien', un: 'un lien' },
	observations: { absent: 'aucune observation', un: 'une observation' },
	conditions: { absent: 'aucune condition de réussite', un: 'une condition de réussite' },
	resultats: { absent: 'aucun résultat', un: 'un résultat' },
	echeance: { absent: 'aucune échéance', un: "l'échéance" },
	partenaires: { absent: 'aucun partenaire', un: 'la liste des partenaires' },
	pilote: { absent: 'aucun pilote', un: 'le pilote' }
};

export function isFeminin(un: string): boolean {
	return /^(?:une|la) /.test(un) || un === "l'échéance";
}
