import type { NoeudLu } from '#lib/orientations/arbre-from-rows.ts';
import { A_CLASSER } from '#lib/orientations/arbre.ts';
import { capitalized, cite, unNiveau } from '#lib/orientations/textes.ts';
import { niveauOf, type Modele } from '#lib/pactes/modele.ts';
import { quandInWords } from '#lib/quand.ts';

/** What a card or a group is made of in the pacte. */
export const GENRES_DE_CIBLE = ['constat', 'noeud', 'fiche'] as const;
export type GenreDeCible = (typeof GENRES_DE_CIBLE)[number];

export const NOM_DE_LA_CIBLE: Record<GenreDeCible, string> = {
	constat: 'Constat ou enjeu',
	noeud: 'Orientation',
	fiche: 'Fiche-action'
};

/** Where something new may hang in the tree. */
export interface PlaceDansLArbre {
	/** What the form sends: a level, and what holds it. */
	valeur: string;
	genre: 'noeud' | 'fiche';
	nom: string;
}

/** Every place of the tree where an orientation or a fiche may be made, as it is called. */
export function placesDe(modele: Modele, noeuds: readonly NoeudLu[]): PlaceDansLArbre[] {
	return modele.niveaux.flatMap((niveau) => {
		const genre = niveau.fiche ? ('fiche' as const) : ('noeud' as const);
		const un = capitalized(unNiveau(niveau));
		const place = (parent: string, where: string) => ({
			valeur: `${niveau.id}|${parent}`,
			genre,
			nom: `${un}, ${where}`
		});
		return [
			...(niveau.parents.includes(null) ? [place('', 'en tête de l’arbre')] : []),
			...noeuds
				.filter((noeud) => !noeud.aClasser && niveau.parents.includes(noeud.niveau))
				.map((noeud) => place(noeud.id, `sous ${calledIn(modele, noeud)}`)),
			place(A_CLASSER, 'dans «\u00a0À classer\u00a0»')
		];
	});
}

function calledIn(modele: Modele, { niveau, code, titre }: NoeudLu): string {
	return [niveauOf(modele, niveau)?.nom ?? '', code, cite(titre)].filter(Boolean).join('\u00a0');
}

/** A level and a parent (null: the top), as the form sent them; null: no place at all. */
export function placeOf(
	valeur: string,
	modele: Modele,
	noeuds: readonly NoeudLu[]
): { niveau: string; parent: string | null; genre: 'noeud' | 'fiche' } | null {
	const found = placesDe(modele, noeuds).find((place) => place.valeur === valeur);
	const [niveau = '', parent = ''] = valeur.split('|');
	return found ? { niveau, parent: parent === '' ? null : parent, genre: found.genre } : null;
}

/** What a card, a group or a séance became, as its harvest shows it. */
export interface Devenir {
	/** Of the card or the group. */
	source: string;
	genre: GenreDeCible | 'carte';
	cible: string;
	/** « fiche 2.3 », « axe 1 », « constat », « séance suivante »: what it is called. */
	repere: string;
	titre: string;
	href: string;
}

/** Where something of the pacte comes from: what people said, without who. */
export interface Provenance {
	contributions: number;
	/** How many of them came from groups of usagers. */
	usagers: number;
	seances: { id: string; titre: string; date: string; href: string }[];
	/** Titles of the groups that were poured. */
	groupes: string[];
	/** Words that were taken back since are not here. */
	mots: { id: string; texte: string; seance: string }[];
}

/** « World café de la mobilité, 12 mars 2027 » */
export function seanceEtDate({ titre, date }: { titre: string; date: string }): string {
	return [titre, quandInWords(date)].filter(Boolean).join(', ');
}

/** What came out of a séance, as the next one and its own page show it. */
export interface Resultat {
	groupes: { id: string; titre: string; cartes: number; devenirs: Devenir[] }[];
	pepites: { id: string; texte: string; devenirs: Devenir[] }[];
}
