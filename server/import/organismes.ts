import { sameForm, tidy } from './mots.ts';

/** A printed list of bodies, as far as it could be taken apart. */
export interface ListeDOrganismes {
	noms: string[];
	/** The list printed « … » or « etc. » at its end. */
	ouverte: boolean;
	/** A sentence stands in place of the list. */
	phrase: string | null;
}

/** Beyond this it is no list of names. */
const LONGUEUR_MAXIMALE = 4000;
const OUVERTURE = /(?:\s*(?:…|\.{3,})|[\s,;]*\betc\.?(?:\s*(?:…|\.{2,}))?)[\s.]*$/iu;
/** « Tous ceux du soin, du logement, de la route… »: the pieces are no names. */
const COMPLEMENT = /^(?:de la |de l['’]|du |des |d['’]|de |en |à |pour |afin |qui |dont )/u;
const SANS_NOM = /^a (?:definir|determiner|preciser|completer|confirmer|designer)\b|^(?:neant|aucun|sans objet)\b/;

/**
 * Splits « CAF, MSA, mairies… » into names. `connus` holds, folded, the names that the text prints in other lists: with
 * it « Missions locales. » alone is a name, « Travail à mener en interne. » a sentence.
 */
export function splitOrganismes(imprime: string, connus: ReadonlySet<string> = new Set()): ListeDOrganismes {
	const brut = tidy(imprime);
	if (brut.length > LONGUEUR_MAXIMALE) return { noms: [], ouverte: false, phrase: brut };
	const ouverture = OUVERTURE.exec(brut);
	const sansOuverture = (ouverture === null ? brut : brut.slice(0, ouverture.index)).replace(/[\s,;]+$/, '');
	const ouverte = ouverture !== null;
	if (sansOuverture === '') return { noms: [], ouverte, phrase: null };
	const finit = !ouverte && sansOuverture.endsWith('.');
	const noms = splitNoms(finit ? sansOuverture.slice(0, -1) : sansOuverture);
	if (isPhrase(noms, finit, connus)) return { noms: [], ouverte, phrase: sansOuverture };
	return { noms, ouverte, phrase: null };
}

/** « À définir », « à désigner »: words for a name to come. */
export function isSansNom(texte: string): boolean {
	return SANS_NOM.test(sameForm(texte));
}

function isPhrase(noms: readonly string[], finit: boolean, connus: ReadonlySet<string>): boolean {
	if (isSansNom(noms[0]!)) return true;
	if (noms.slice(1).some((nom) => COMPLEMENT.test(nom))) return true;
	if (noms.some((nom) => nom.split(/\s+/).length > 14)) return true;
	return finit && noms.length === 1 && !connus.has(sameForm(noms[0]!));
}

/** Commas, semicolons and slashes outside parentheses, then « et » before another name. */
function splitNoms(texte: string): string[] {
	const morceaux: string[] = [];
	let profondeur = 0;
	let debut = 0;
	const enumere = /[,;]/.test(texte);
	for (const { 0: separateur, index } of texte.matchAll(/[()]|[,;]|\s\/\s|\s[•▪]\s|\t/g)) {
		if (separateur === '(') profondeur++;
		else if (separateur === ')') profondeur = Math.max(0, profondeur - 1);
		else if (profondeur === 0) {
			morceaux.push(texte.slice(debut, index));
			debut = index + separateur.length;
		}
	}
	morceaux.push(texte.slice(debut));
	return morceaux
		.flatMap((morceau, i) => splitEt(tidy(morceau), enumere && i === morceaux.length - 1))
		.map((nom) => nom.replace(/^et /u, ''))
		.filter((nom) => nom !== '');
}

/** « la CAF et la MSA » are two, « Chambre de métiers et de l'artisanat » is one. */
function splitEt(nom: string, dernierDUneListe: boolean): string[] {
	if (nom.includes('(')) return [nom];
	const suite = dernierDUneListe ? /\set\s(?!de\s|du\s|des\s|d['’])/u : /\set\s(?=(?:(?:la|le|les)\s|l['’])?\p{Lu})/u;
	return nom.split(suite).map(tidy);
}
