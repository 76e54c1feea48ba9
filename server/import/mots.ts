/** Words as a page prints them: folded for comparison, put back together when the page cut them. */

const PLIES = new Map<string, string>();

/**
 * Lower case without accents, one unit for one unit: an index found in the folded text is valid in the printed one.
 * Typographic apostrophes and spaces become plain ones; the tab stays, because it separates columns.
 */
export function fold(texte: string): string {
	const bas = texte.toLowerCase();
	if (bas.length !== texte.length) return Array.from({ length: texte.length }, (_, i) => foldUnite(texte[i]!)).join('');
	return bas.replace(/[^ -~\t]/g, foldUnite);
}

function foldUnite(unite: string): string {
	let plie = PLIES.get(unite);
	if (plie === undefined) {
		if (/[’‘ʼ`´]/.test(unite)) plie = "'";
		else if (/\s/.test(unite)) plie = ' ';
		else plie = unite.normalize('NFD').charAt(0).toLowerCase().charAt(0);
		PLIES.set(unite, plie);
	}
	return plie;
}

/** One form for all the ways of printing the same words: for comparing titles and names. */
export function sameForm(texte: string): string {
	return fold(texte)
		.replaceAll('œ', 'oe')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/** Spaces and tabs collapsed; the no-break spaces of the source are kept. */
export function tidy(texte: string): string {
	return texte.replace(/[ \t]+/g, ' ').trim();
}

/** Ends on a word that calls for another one. */
const INACHEVE =
	/(?:^|[\s'’(«])(?:de|du|des|d['’]|l['’]|la|le|les|un|une|et|ou|à|a|au|aux|en|pour|par|sur|avec|dans|sans|vers|que|qui|dont|ce|cet|cette|ces|leur|leurs|son|sa|ses|nos|vos|entre|chez|lors|afin|ainsi)$/iu;

export function isInacheve(texte: string): boolean {
	return INACHEVE.test(texte.slice(-20).trimEnd());
}

/** Bounded: one endless word would exhaust the stack of the regular expression. */
const MOT = /\p{L}{1,60}(?:-\p{L}{1,60}){0,8}/gu;

/** The words of the text itself, against which a cut word is recognised: no dictionary but the text. */
export class Vocabulaire {
	readonly #frequences = new Map<string, number>();
	#debuts: Map<string, string> | null = null;

	constructor(lignes: Iterable<string>) {
		let suiteDeCoupure = false;
		for (const ligne of lignes) {
			if (ligne === '') continue;
			const mots = ligne.match(MOT) ?? [];
			const coupee = /\p{L}[-\u00ad\u2010]$/u.test(ligne.slice(-3));
			// The two halves of a word cut by the end of a line are no words.
			if (coupee) mots.pop();
			if (suiteDeCoupure && /^\p{L}/u.test(ligne)) mots.shift();
			for (const mot of mots) this.#count(mot.toLowerCase());
			suiteDeCoupure = coupee;
		}
	}

	#count(mot: string): void {
		this.#frequences.set(mot, (this.#frequences.get(mot) ?? 0) + 1);
	}

	frequency(mot: string): number {
		return this.#frequences.get(mot.toLowerCase()) ?? 0;
	}

	/** The frequent word of which this one lacks the last letters, other than an ending of gender, number or verb. */
	completion(mot: string): string | null {
		this.#debuts ??= this.#indexDebuts();
		return this.#debuts.get(mot.toLowerCase()) ?? null;
	}

	#indexDebuts(): Map<string, string> {
		const debuts = new Map<string, string>();
		for (const [mot, frequence] of this.#frequences) {
			if (frequence < 3) continue;
			for (let manque = 1; manque <= 3 && mot.length - manque >= 4; manque++)
				if (!/^(?:s|e|es|x|t|r|nt|ent|ant|er|ez|ra)$/u.test(mot.slice(-manque))) debuts.set(mot.slice(0, -manque), mot);
		}
		return debuts;
	}
}

function isTiret(caractere: string): boolean {
	return caractere === '-' || caractere === '\u00ad' || caractere === '\u2010';
}

/** After or before these, a hyphen at the end of a line belongs to the word: « rendez-vous », « après-midi ». */
const APRES_TIRET = /^(?:là|ci|mêmes?|vous|nous|ils?|elles?|on|t|moi|lui|eux|y|dire|delà|dessus|dessous)$/iu;
const AVANT_TIRET = /^(?:non|vice|demi|mi|ex|quasi|après|avant)$/iu;

/** The lines of one sentence made one, the words cut at the end of a line put back together. */
export function joinLignes(lignes: readonly string[], mots: Vocabulaire): string {
	const morceaux: string[] = [];
	let precedente = '';
	for (const ligne of lignes.map((texte) => texte.trim()).filter((texte) => texte !== '')) {
		if (precedente !== '') {
			const lien = linkBetween(precedente, ligne, mots);
			if (lien === 'recoudre') morceaux.push(morceaux.pop()!.slice(0, -1));
			else if (lien === 'espace') morceaux.push(' ');
		}
		morceaux.push(ligne);
		precedente = ligne;
	}
	return tidy(morceaux.join(''));
}

function linkBetween(avant: string, apres: string, mots: Vocabulaire): 'espace' | 'coller' | 'recoudre' {
	if (isTiret(avant.at(-1)!) && /\p{L}/u.test(avant.at(-2) ?? '') && /^\p{L}/u.test(apres))
		return keepsTiret(avant, apres, mots) ? 'coller' : 'recoudre';
	return /[\p{L}\p{N}][/'’]$/u.test(avant.slice(-2)) ? 'coller' : 'espace';
}

function keepsTiret(avant: string, apres: string, mots: Vocabulaire): boolean {
	if (avant.endsWith('\u00ad')) return false;
	const gauche = /[\p{L}-]{1,40}(?=-$)/u.exec(avant.slice(-41))?.[0] ?? '';
	const droite = /^\p{L}{1,40}/u.exec(apres)![0];
	if (/^\p{Lu}/u.test(droite)) return true;
	const compose = mots.frequency(`${gauche}-${droite}`);
	const simple = mots.frequency(gauche + droite);
	if (compose !== simple) return compose > simple;
	return APRES_TIRET.test(droite) || AVANT_TIRET.test(gauche);
}

/** Beginnings of common words that hold « fi », « fl » or « ff », for texts too short to hold the whole word elsewhere. */
const A_LIGATURE =
	/^(?:re|de|pre|in|co)?(?:definit?i|benefic|diffic|diffus|differ|financ|finali|specifi|qualifi|identifi|reflexi|reflechi|profit|profil|superfic|affich|affect|affirm|clarifi|confie|confia|confid|conflit|flexib|influen|offic|offr|effic|effet|effort|effect|certifi|planifi|verifi|modifi|signifi|simplifi|diversifi|justifi|notifi|intensifi|fichier|filier|fidel|suffis|insuffis|coeffic|chiffr)|^(?:afin|enfin|fins?|fil|file|filet|fiches?|flux|fixer?)$/;

/**
 * « défi nition » → « définition »: some PDF leave a space after a ligature. Two pieces are joined only when the text
 * holds the whole word elsewhere, or when the whole is a common word of this kind.
 */
export function repairLigatures(
	texte: string,
	mots: Vocabulaire
): { texte: string; repares: [avant: string, apres: string][] } {
	const repares: [string, string][] = [];
	if (!/f[fil] /.test(texte)) return { texte, repares };
	let resultat = '';
	let curseur = 0;
	for (const { index } of texte.matchAll(/f[fil] (?=\p{Ll})/gu)) {
		const espace = index + 2;
		const droite = /^\p{L}{1,30}/u.exec(texte.slice(espace + 1, espace + 31))![0];
		// « dif fi culté » has lost the space before its ligature too.
		const avant = texte.slice(Math.max(curseur, espace - 30), espace);
		const gauches = [/\p{L}{1,30}$/u.exec(avant)?.[0], /\p{L}{1,26} f{1,2}[il]?$/u.exec(avant)?.[0]];
		const gauche = gauches.find(
			(morceau) => morceau !== undefined && isEntier(morceau.replace(' ', '') + droite, mots)
		);
		if (gauche === undefined) continue;
		const entier = gauche.replace(' ', '') + droite;
		repares.push([`${gauche} ${droite}`, entier]);
		resultat += texte.slice(curseur, espace - gauche.length) + gauche.replace(' ', '');
		curseur = espace + 1;
	}
	return { texte: resultat + texte.slice(curseur), repares };
}

function isEntier(mot: string, mots: Vocabulaire): boolean {
	return mots.frequency(mot) > 0 || A_LIGATURE.test(fold(mot));
}
