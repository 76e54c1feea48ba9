/** A sigle as a text uses it. */
export interface SigleTrouve {
	/** Without a plural s: « les SIAEs » uses SIAE. */
	sigle: string;
	debut: number;
	fin: number;
}

/** A word of capitals, with digits inside, and others joined by hyphens or « & »; a plural s may end it. */
const MOT = String.raw`\p{Lu}[\p{Lu}\d]*(?:&\p{Lu}+)?`;
/** A sigle that the end of a line cuts, « DS- » then « DEN », is one. */
const LIEN = String.raw`[-‐‑](?:\s*\n\s*)?`;
const SIGLE = new RegExp(String.raw`(?<![\p{L}\p{N}_.@])${MOT}(?:${LIEN}${MOT})*s?(?![\p{L}\p{N}_@])`, 'gu');
/** « Mme Hélène DUVAL » */
const CIVILITE =
	/(?:\bM\.|\bMM\.|\bMmes?|\bMlle|\bDr|Madame|Monsieur|Maître)\s+(?:\p{Lu}[\p{L}-]*\p{Ll}\s+)*(?:\p{Lu}+[\s-]+)?$/u;
const ROMAIN = /^(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/;
/** Sigles that are written like a roman numeral, and that no pacte counts up to. */
const FAUX_ROMAINS = new Set('CCI CMI CDI CIDI MDI CDD DC CD MC CC DI CI MI LIX MIX'.split(' '));
const LONGUEUR_MAX = 24;
/** Words that pactes print in capitals, and that stand for nothing but themselves. */
const MOTS = new Set(
	`OK NB PS TV NON OUI ET OU LE LA LES DE DU DES UN UNE EN AU AUX SUR ACTION ACTIONS ANNEXE ANNEXES ARTICLE AVANT AXE AXES BILAN
	CHANTIER CONSTAT CONSTATS CONTEXTE DIAGNOSTIC EDITO ENJEU ENJEUX ENSEMBLE FICHE FICHES FINALITE GLOSSAIRE GOUVERNANCE INDICATEURS INSERTION
	INTRODUCTION LIVRABLES MODALITES NOTA OBJECTIF OBJECTIFS OBSERVATIONS ORIENTATION ORIENTATIONS PACTE PARTENAIRES PHASE PILOTE
	PREAMBULE SIGNATAIRES SIGNATURES SOMMAIRE SOUS-ACTION SYNTHESE TOTAL VISA`.split(/\s+/)
);

/**
 * The sigles that a text uses: words of two capitals or more. Not the roman numerals, nor the words of a title in
 * capitals, nor codes such as I3a1.
 */
export function findSigles(texte: string): SigleTrouve[] {
	const found: SigleTrouve[] = [];
	let start = 0;
	for (const ligne of texte.split(/\n(?<!\p{Lu}[-‐‑]\s*\n(?=\s*\p{Lu}))/u)) {
		if (!isInCapitals(ligne) && !isNames(ligne)) for (const sigle of siglesOfLine(ligne)) found.push(at(sigle, start));
		start += ligne.length + 1;
	}
	return found;
}

function siglesOfLine(ligne: string): SigleTrouve[] {
	return [...ligne.matchAll(SIGLE)].flatMap(({ 0: ecrit, index }) => {
		if (isShouted(ligne, index, ecrit) || CIVILITE.test(ligne.slice(0, index))) return [];
		const sigle = ecrit
			.replace(/s$/, '')
			.replace(/[-‐‑]\s*\n\s*/, '')
			.replace(/[‐‑]/g, '-');
		return isSigle(sigle) ? [{ sigle, debut: index, fin: index + ecrit.length }] : [];
	});
}

function isSigle(mot: string): boolean {
	const letters = mot.replace(/\P{Lu}/gu, '');
	if (letters.length < 2 || mot.length > LONGUEUR_MAX) return false;
	return !isRoman(mot) && !MOTS.has(withoutAccents(mot));
}

function isRoman(mot: string): boolean {
	return ROMAIN.test(mot) && !FAUX_ROMAINS.has(mot);
}

/** A line of names, « Hélène DUVAL  Paul-Henri DE ROCHE »: those who sign. */
function isNames(ligne: string): boolean {
	const words = ligne.trim().split(/\s+/);
	return (
		/^\p{Lu}\p{Ll}/u.test(words[0] as string) &&
		words.every((word) => /^\p{Lu}[\p{L}'’-]*$/u.test(word)) &&
		words.some((word) => /^\p{Lu}{5,}$/u.test(word) && /[AEIOUY]/.test(word))
	);
}

/** A title in capitals: its words are words. Sigles alone, « CARSAT, MDPH », are no title. */
function isInCapitals(ligne: string): boolean {
	const words = (ligne.match(/\p{L}+/gu) ?? []).filter((word) => word.length > 1);
	if (words.some((word) => word !== word.toUpperCase())) return false;
	if (words.length === 1) return /[ÀÂÉÈÊËÎÏÔÙÛÇ]/.test(words[0] as string);
	return words.some((word) => MOTS.has(withoutAccents(word)) || /[ÀÂÉÈÊËÎÏÔÙÛÇ]/.test(word)) || !/[,;…/]/.test(ligne);
}

/** One of several words in capitals side by side, the longest of which reads like a word: « du GRAND DÉBAT ». */
function isShouted(ligne: string, index: number, ecrit: string): boolean {
	const before = /(\p{Lu}{2,})[\s’']+$/u.exec(ligne.slice(0, index))?.[1];
	const after = /^[\s’']+(\p{Lu}{2,})(?!\p{Ll})/u.exec(ligne.slice(index + ecrit.length))?.[1];
	return [before, after].some((other) => other !== undefined && (isWord(other) || isWord(ecrit)));
}

function isWord(mot: string): boolean {
	return mot.length >= 6 && /[AEIOUYÀÂÉÈÊËÎÏÔÙÛ]/.test(mot) && !mot.includes('-');
}

function at({ sigle, debut, fin }: SigleTrouve, start: number): SigleTrouve {
	return { sigle, debut: debut + start, fin: fin + start };
}

function withoutAccents(mot: string): string {
	return mot.normalize('NFKD').replace(/\p{M}/gu, '');
}

/** What two writings of one sigle share: « S.I.A.E. » and « SIAE », « UC-IRSA » and « UC‑IRSA ». */
export function cleOfSigle(sigle: string): string {
	return withoutAccents(sigle)
		.toUpperCase()
		.replace(/[^\p{L}\p{N}&]+/gu, '');
}

/** The sigles that one entry explains: « CCAS – CIAS » explains two. */
export function clesOfEntree(sigle: string): string[] {
	const parts = sigle.split(/\s*[–—/,;]\s*|\s+-\s+|\s+et\s+|\s+ou\s+/u);
	return [...new Set([sigle, ...parts].map(cleOfSigle).filter((cle) => cle !== ''))];
}

/** The keys under which a sigle of a text may be explained: its own, else those of all its parts (CCAS-CIAS). */
export function isExplained(sigle: string, known: Pick<ReadonlySet<string>, 'has'>): boolean {
	if (known.has(cleOfSigle(sigle))) return true;
	const parts = sigle.split('-');
	return parts.length > 1 && parts.every((part) => known.has(cleOfSigle(part)));
}
