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
const OUVERTURE = /(?:\s*(?:…|\.(?:\s?\.)+)|[\s,;]*\betc\.?(?:\s*(?:…|\.{2,}))?)[\s.]*$/iu;
/** « Tous ceux du soin, du logement, de la route… »: the pieces are no names. */
const COMPLEMENT =
	/^(?:de la |de l['’]|du |des |d['’]|de |en |à |pour |afin |qui |dont |avec |par |sans |sur |dans |sous )/u;
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

/** A sentence in place of a pilote names one all the same: « Direction de l'insertion, de l'emploi et du logement ». */
export function splitPilotes(pilote: string): string[] {
	if (isSansNom(pilote)) return [];
	const { noms, phrase } = splitOrganismes(pilote.replace(/\.$/, '').replace(AVEC, ' ; '));
	// « l'association et la commune »: with its article, what follows is another body.
	return phrase === null ? noms.flatMap((nom) => nom.split(/\s(?:et|ainsi que)\s(?=(?:la|le|les)\s)/u)) : [phrase];
}

/** « La CAF, en lien avec le Département » */
const AVEC =
	/,?\s(?:en (?:lien|partenariat|collaboration|coordination|association) (?:étroite? )?avec|conjointement avec|avec l['’]appui (?:de|du|des))\s/gu;

/**
 * « Pôle Emploi – le Relais Emploi » are two, « Etat – DDCS » is one service: a dash alone does not tell. What another
 * place of the text prints of the same pilotes, cut by bars, does.
 */
export function splitPilotesAvec(pilote: string, ailleurs: string | null, connus: ReadonlySet<string>): string[] {
	const noms = splitPilotes(pilote.replace(/\s*\/\s+|\s+\/\s*/g, ' / '));
	if (noms.length !== 1) return noms;
	const [nom] = noms as [string];
	const enDeux = ailleurs === null ? null : splitLike(nom, ailleurs.split(/\s*\/\s*/));
	return enDeux ?? splitTirets(nom, connus);
}

/** The words of a name cut where the same words are cut elsewhere. */
function splitLike(nom: string, parties: readonly string[]): string[] | null {
	if (parties.length < 2) return null;
	const formes = parties.map(sameForm);
	const coupures: number[] = [];
	for (const { index } of nom.matchAll(/\s+/g)) {
		const avant = sameForm(nom.slice(coupures.at(-1) ?? 0, index));
		if (avant === formes[coupures.length] && /[\p{L}\d)]$/u.test(nom.slice(0, index))) coupures.push(index);
		if (coupures.length === formes.length - 1) break;
	}
	if (coupures.length !== formes.length - 1) return null;
	const bornes = [0, ...coupures, nom.length];
	return coupures
		.concat(nom.length)
		.map((fin, i) => tidy(nom.slice(bornes[i], fin).replace(/^[\s–—-]+/, '')))
		.filter((partie) => partie !== '');
}

/** A service is written behind what it is part of: « État – DDCS ». */
const AUTORITE = /^(?:l )?(?:etat|departement|conseil departemental|region|conseil regional|prefecture)\b/;

function splitTirets(nom: string, connus: ReadonlySet<string>): string[] {
	const parties = nom.split(/\s+[–—-]\s+/);
	if (parties.length < 2 || AUTORITE.test(sameForm(parties[0]!))) return [nom];
	const article = parties.slice(1).every((partie) => /^(?:le|la|les|l['’])\s?/iu.test(partie));
	return article || parties.every((partie) => connus.has(sameForm(partie))) ? parties.map(tidy) : [nom];
}

const INTRODUCTION = /^([\p{Lu}][^:,;/]{8,80}?)\s*:\s+(?=\S)/u;
const ENSEMBLE = /^(?:l['’])?ensemble (?:des|de la|du)\b|^tou(?:s|tes) les\b/i;

/** « CAF, MSA… Selon les publics. »: the list, then a sentence. */
const FIN_OUVERTE = /…\s+(?=\p{Lu}[^,;/]{8,}$)/u;

/** « En fonction des publics : État, PLIE »: the list, and what stands before it as a sentence. */
export function splitAvecIntroduction(imprime: string, connus: ReadonlySet<string> = new Set()): ListeDOrganismes {
	const introduction = INTRODUCTION.exec(imprime);
	const liste = introduction === null ? imprime : imprime.slice(introduction[0].length);
	const coupee = introduction === null ? FIN_OUVERTE.exec(liste) : null;
	if (coupee !== null) {
		const lue = splitOrganismes(sameSeparators(liste.slice(0, coupee.index + 1)), connus);
		if (lue.noms.length > 0) return { ...lue, phrase: liste.slice(coupee.index + 1).trim() };
	}
	const lue = splitOrganismes(sameSeparators(liste), connus);
	if (introduction !== null)
		return lue.phrase === null ? { ...lue, phrase: introduction[1]! } : { ...lue, phrase: tidy(imprime) };
	const seul = lue.noms.length === 1 ? lue.noms[0]! : '';
	return ENSEMBLE.test(seul) ? { noms: [], ouverte: lue.ouverte, phrase: seul } : lue;
}

/** Bars without their spaces, and dashes between names, become separators when nothing else separates. */
function sameSeparators(liste: string): string {
	const nue = liste.replace(/\([^()]{0,200}\)/g, '');
	const barres = nue.match(/(?<=[\p{L}\d).])\s*\/\s*(?=\p{L})/gu) ?? [];
	const espacees = barres.filter((barre) => barre !== '/').length;
	if (/[,;]/.test(nue)) return liste.replace(/\s*\/\s+|\s+\/\s*/g, ' / ');
	if (espacees > 0 || barres.length > 1) return liste.replace(/\s*\/\s*(?![^()]{0,200}\))/g, ' / ');
	const tirets = liste.split(/\s[–—-]\s/);
	return tirets.length > 2 ? tirets.join(', ') : liste;
}

function isPhrase(noms: readonly string[], finit: boolean, connus: ReadonlySet<string>): boolean {
	if (isSansNom(noms[0]!)) return true;
	if (noms.slice(1).some((nom) => COMPLEMENT.test(nom))) return true;
	// In a long list of names, one of them may be long.
	if (noms.some((nom) => nom.split(/\s+/).length > (noms.length < 4 ? 14 : 24))) return true;
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

/** « CAF & Département » are two, « Terre & Mains » is one: a body is known by its initials or by the name of its kind. */
const CORPS =
	/^(?:(?:la|le|les)\s|l['’])?(?:départements?|conseils?|régions?|état|préfecture|france travail|cap emploi|missions?|communes?|communautés?|mairies|caisses?|chambres?|bibliothèques|centres?|associations|maisons?|services?|agences?)(?!\p{L})/iu;
const SIGLE = /^(?:(?:la|le|les)\s|l['’])?\p{Lu}{2,}(?!\p{Ll})/u;

function splitEsperluette(nom: string): string[] {
	const morceaux = nom.split(/\s&\s/).map(tidy);
	return morceaux.slice(1).every((morceau) => CORPS.test(morceau) || SIGLE.test(morceau)) ? morceaux : [nom];
}

/** « la CAF et la MSA » are two, « Chambre de métiers et de l'artisanat » is one. */
function splitEt(nom: string, dernierDUneListe: boolean): string[] {
	if (nom.includes('(')) return [nom];
	const esperluette = splitEsperluette(nom);
	if (esperluette.length > 1) return esperluette.flatMap((morceau) => splitEt(morceau, false));
	const suite = dernierDUneListe ? /\set\s(?!de\s|du\s|des\s|d['’])/u : /\set\s(?=(?:(?:la|le|les)\s|l['’])?\p{Lu})/u;
	return nom.split(suite).map(tidy);
}
