import snowball from 'snowball-stemmers';

/** A word of a text, where it stands. */
export interface Mot {
	/** As it was written. */
	ecrit: string;
	/** Without case nor accents: what people may type. */
	forme: string;
	/** What its family shares: « accompagner », « accompagnement ». */
	racine: string;
	debut: number;
	fin: number;
}

/** Soft hyphens and zero-width marks are inside words; apostrophes and hyphens are between them. */
const MOT = /(?!\u02bc)[\p{L}\p{N}](?:(?!\u02bc)[\p{L}\p{N}\p{M}\u00ad\u200b-\u200d\ufeff])*/gu;
const INVISIBLES = /[\u00ad\u200b-\u200d\ufeff]/g;
/** No word of a text is longer: what is, is no word. */
const LONGUEUR = 60;

/** The words of a text that can be looked for: neither « l’ » nor « qu’ », nor the words that every line has. */
export function motsOf(texte: string): Mot[] {
	return tousLesMots(texte).filter(({ forme }) => !isVide(forme));
}

/** The same, with those that say nothing. */
export function tousLesMots(texte: string): Mot[] {
	const mots: Mot[] = [];
	for (const { 0: ecrit, index } of texte.matchAll(MOT)) {
		const propre = ecrit.replace(INVISIBLES, '').normalize('NFC').slice(0, LONGUEUR);
		mots.push({
			ecrit: propre,
			forme: fold(propre),
			racine: racineOf(propre),
			debut: index,
			fin: index + ecrit.length
		});
	}
	return mots;
}

/** Without case nor accents; « cœur » is « coeur ». */
export function fold(texte: string): string {
	return texte.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/æ/g, 'ae');
}

const stemmer = snowball.newStemmer('french');
const racines = new Map<string, string>();
/** Stemming costs microseconds, and a pacte has few words, many times. */
const RACINES_GARDEES = 50_000;

/** What the forms of a word share, folded. The stemmer reads the accents, so that it is given the word as written. */
export function racineOf(mot: string): string {
	const minuscule = mot.toLowerCase();
	let racine = racines.get(minuscule);
	if (racine === undefined) {
		racine = fold(stem(minuscule));
		if (racines.size >= RACINES_GARDEES) racines.clear();
		racines.set(minuscule, racine);
	}
	return racine;
}

/** Plurals that the stemmer leaves alone. */
const IRREGULIERS: Record<string, string> = { travail: 'traval', yeux: 'oeil', oeil: 'oeil' };

function stem(mot: string): string {
	const irregulier = IRREGULIERS[mot];
	if (irregulier) return irregulier;
	if (/\d/.test(mot)) return mot;
	const racine = stemmer.stem(mot);
	return racine === mot && mot.length > 4 && /[sx]$/.test(mot) ? stemmer.stem(mot.slice(0, -1)) : racine;
}

/**
 * The stems that a word typed without its accents may have: « inserees » is « insérées », whose family the stemmer
 * only sees with them.
 */
export function racinesPossibles(mot: string): string[] {
	const minuscule = mot.toLowerCase();
	const accentue = minuscule.replace(/ee(s?)$/, 'ée$1');
	const aigu = minuscule.replace(/([^eé])e(s?)$/, '$1é$2');
	return [...new Set([minuscule, accentue, aigu].map(racineOf))];
}

function isVide(forme: string): boolean {
	return (forme.length === 1 && !/\d/.test(forme)) || VIDES.has(forme);
}

const VIDES = new Set(
	`au aux avec ce ceci cela ces cet cette ceux comme dans de des donc dont du elle elles en entre est et etc eux il ils je la le
	les leur leurs lors lorsqu lorsque lui ma mais me meme memes mes moi mon ne ni nos notre nous on ont or ou par pas pour
	puisqu puisque qu quand que quel quelle quelles quels qui quoi quoiqu sa sans se ses si son sont sous sur ta te tes toi ton
	tous tout toute toutes tu un une vers via vos votre vous ainsi alors aussi car chez ci etre ete etait afin apres
	avant fait jusqu jusque la-bas peut plus tres`.split(/\s+/)
);
