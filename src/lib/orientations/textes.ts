import { counted, listed } from '#lib/format.ts';
import { niveauOf, type Modele, type Niveau } from '#lib/pactes/modele.ts';
import type { Noeud } from './arbre.ts';

/** The words of the tree. Levels have names of their own in each pacte: articles and agreements are computed. */

const SANS_TITRE = 'Sans titre';

const NBSP = '\u00a0';
const LONGUEUR_DE_TITRE = 60;

/** « un axe », « une fiche-action ». */
export function unNiveau({ nom, genre }: Niveau): string {
	return `${genre === 'f' ? 'une' : 'un'} ${nom}`;
}

/** « l’axe », « la fiche-action ». */
export function leNiveau({ nom, genre }: Niveau): string {
	if (/^[aàâeéèêiîoôœuy]/i.test(nom)) return `l’${nom}`;
	return `${genre === 'f' ? 'la' : 'le'} ${nom}`;
}

/** « de l’axe », « du dispositif ». */
export function duNiveau(niveau: Niveau): string {
	const le = leNiveau(niveau);
	return le.startsWith('le ') ? `du ${niveau.nom}` : `de ${le}`;
}

export function capitalized(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** « Lever les freins du quotidien », or that it has no title. */
export function titreOuSans(titre: string): string {
	return titre.trim() === '' ? SANS_TITRE : titre;
}

/** « « Lever les freins du quotidien » », cut when it is long: it is for sentences. */
export function cite(titre: string): string {
	const whole = titreOuSans(titre);
	const cut = whole.length > LONGUEUR_DE_TITRE ? `${whole.slice(0, LONGUEUR_DE_TITRE).trimEnd()}…` : whole;
	return `«${NBSP}${cut}${NBSP}»`;
}

/** How a node is called in a sentence, after its level: its code, or its title when it has none. */
function signe(noeud: Noeud, code: string): string {
	return code === '' ? cite(noeud.titre) : code;
}

/** « axe 2 », « perspective « Des droits lisibles » ». */
export function appel(noeud: Noeud, niveau: Niveau | undefined, code: string): string {
	return `${niveau?.nom ?? 'élément'}${NBSP}${signe(noeud, code)}`;
}

/** « l’axe 2 ». */
export function leAppel(noeud: Noeud, niveau: Niveau | undefined, code: string): string {
	return `${niveau ? leNiveau(niveau) : 'l’élément'}${NBSP}${signe(noeud, code)}`;
}

/** « de l’axe 2 ». */
export function duAppel(noeud: Noeud, niveau: Niveau | undefined, code: string): string {
	return `${niveau ? duNiveau(niveau) : 'de l’élément'}${NBSP}${signe(noeud, code)}`;
}

/** The ending of a past participle. */
export function accord(niveau: Niveau | undefined): string {
	return niveau?.genre === 'f' ? 'e' : '';
}

/** « 6 fiches-actions »; each level that carries a fiche is counted by its own name. */
export function countedByNiveau(noeuds: readonly Noeud[], modele: Modele): string {
	return listed(
		modele.niveaux.flatMap((niveau) => {
			const count = noeuds.filter((noeud) => noeud.niveau === niveau.id).length;
			return count === 0 ? [] : [counted(count, niveau.nom, niveau.pluriel)];
		})
	);
}

/** « Le CCAS de Bourg-le-Pont » cannot be known: bodies are named without their article. */
export function ecriventIci(noms: readonly string[]): string {
	return noms.length === 1 ? `${noms[0]} écrit ici` : `${listed(noms)} écrivent ici`;
}

/** What other people did to the tree since it was last said. */
export interface Changements {
	ajouts: number;
	retraits: number;
	deplacements: number;
	titres: number;
}

export function changementsDesAutres({ ajouts, retraits, deplacements, titres }: Changements): string {
	const parts = [
		ajouts > 0 && counted(ajouts, 'ajout'),
		retraits > 0 && counted(retraits, 'suppression'),
		deplacements > 0 && counted(deplacements, 'déplacement'),
		titres > 0 && counted(titres, 'titre modifié', 'titres modifiés')
	].filter((part) => part !== false);
	return `D’autres personnes ont modifié l’arbre${NBSP}: ${listed(parts)}.`;
}

export const PHRASES = {
	ajoute: (niveau: Niveau | undefined, code: string) =>
		`${capitalized(niveau?.nom ?? 'élément')}${code && NBSP + code} ajouté${accord(niveau)}.`,
	deplace: (noeud: Noeud, niveau: Niveau | undefined, before: string, after: string) =>
		`${capitalized(appel(noeud, niveau, before))} déplacé${accord(niveau)}${suite(niveau, before, after)}.`,
	replace: (noeud: Noeud, niveau: Niveau | undefined, after: string) =>
		`${capitalized(appel(noeud, niveau, ''))} replacé${accord(niveau)}${suite(niveau, '', after)}.`,
	retire: (noeud: Noeud, niveau: Niveau | undefined, code: string) =>
		`${capitalized(appel(noeud, niveau, code))} retiré${accord(niveau)} vers «${NBSP}À classer${NBSP}».`,
	jette: (noeud: Noeud, niveau: Niveau | undefined, code: string) =>
		`${capitalized(appel(noeud, niveau, code))} mis${niveau?.genre === 'f' ? 'e' : ''} à la corbeille, où l’on peut ${niveau?.genre === 'f' ? 'la' : 'le'} reprendre pendant 30${NBSP}jours.`,
	supprime: (noeud: Noeud, niveau: Niveau | undefined, code: string, gardes: readonly Noeud[], modele: Modele) =>
		`${capitalized(appel(noeud, niveau, code))} supprimé${accord(niveau)}.${restes(gardes, modele)}`,
	annule: (acte: string) => `Annulé${NBSP}: ${acte}.`,
	retabli: (acte: string) => `Rétabli${NBSP}: ${acte}.`,
	gardeCarEcrit: (noeud: Noeud, niveau: Niveau | undefined) =>
		`${capitalized(appel(noeud, niveau, ''))} n’est plus vierge${NBSP}: ${niveau?.genre === 'f' ? 'elle' : 'il'} est dans «${NBSP}À classer${NBSP}».`,
	rienAAnnuler: 'Rien à annuler.',
	rienARetablir: 'Rien à rétablir.',
	modifieDepuis: `Quelqu’un d’autre l’a modifié depuis${NBSP}: rien n’a été annulé.`,
	titrePerdu: 'Le titre que vous écriviez vient d’être supprimé par une autre personne.'
} as const;

/** « , elle devient 3.1 », unless nothing changes. */
function suite(niveau: Niveau | undefined, before: string, after: string): string {
	if (after === '' || after === before) return '';
	return `, ${niveau?.genre === 'f' ? 'elle' : 'il'} devient ${after}`;
}

function restes(gardes: readonly Noeud[], modele: Modele): string {
	if (gardes.length === 0) return '';
	const feminine = gardes.every(({ niveau }) => niveauOf(modele, niveau)?.genre === 'f');
	const verb = gardes.length === 1 ? 'est' : 'sont';
	const said = `${countedByNiveau(gardes, modele)} ${verb} gardé${feminine ? 'e' : ''}${gardes.length > 1 ? 's' : ''}`;
	return ` ${capitalized(said)} dans «${NBSP}À classer${NBSP}».`;
}

/** Names of acts, for « Annulé : … ». */
export const ACTES = {
	ajout: (niveau: Niveau | undefined, code: string) =>
		`ajout ${niveau ? duNiveau(niveau) : 'd’un élément'}${code && NBSP + code}`,
	deplacement: (du: string) => `déplacement ${du}`,
	retrait: (du: string) => `retrait ${du}`,
	suppression: (du: string) => `suppression ${du}`,
	saisie: 'votre dernière saisie'
} as const;
