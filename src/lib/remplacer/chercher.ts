/** How closely what is found must read like what is asked for. */
export interface Exigences {
	/** « Caf » is not « CAF ». */
	casse: boolean;
	/** « Region » is not « Région ». */
	accents: boolean;
	/** « insertion » is not in « réinsertion ». */
	mot: boolean;
}

/** A place of a text, in units of JavaScript strings. */
export interface Occurrence {
	debut: number;
	longueur: number;
}

/**
 * Where a text says something, from left to right, never twice the same letters. Spaces are alike, apostrophes too: which of them was typed
 * is no part of what a text says. Letters are compared whole, with their accents, whatever way they are encoded.
 */
export function occurrencesOf(texte: string, cherche: string, exigences: Exigences): Occurrence[] {
	const wanted = lettersOf(cherche.trim(), exigences).map(({ folded }) => folded);
	const length = wanted.join('').length;
	if (length === 0) return [];
	const letters = lettersOf(texte, exigences);
	const needle = wanted.join('');
	// Where each folded unit comes from: a letter may fold into two, « œ » into « oe ».
	const from: number[] = [];
	letters.forEach(({ folded }, i) => from.push(...Array.from({ length: folded.length }, () => i)));
	const haystack = letters.map(({ folded }) => folded).join('');
	const found: Occurrence[] = [];
	for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at)) {
		const [first, last] = [from[at] as number, from[at + length - 1] as number];
		const isWhole = from[at - 1] !== first && from[at + length] !== last;
		if (isWhole && (!exigences.mot || standsAlone(letters, first, last))) {
			const [start, end] = [letters[first] as Lettre, letters[last] as Lettre];
			found.push({ debut: start.debut, longueur: end.debut + end.texte.length - start.debut });
			at += length;
		} else at++;
	}
	return found;
}

interface Lettre {
	debut: number;
	texte: string;
	folded: string;
}

/** A sign with the accents that follow it. */
const SIGN = /\P{M}\p{M}*|\p{M}+/gsu;

function lettersOf(texte: string, exigences: Exigences): Lettre[] {
	return [...texte.matchAll(SIGN)].map(({ 0: sign, index }) => ({
		debut: index,
		texte: sign,
		folded: fold(sign, exigences)
	}));
}

function fold(sign: string, { casse, accents }: Exigences): string {
	if (/^[\s\u00a0\u202f]$/u.test(sign)) return ' ';
	if (/^[\u2019\u02bc\u2032`´]$/u.test(sign)) return "'";
	const whole = accents ? sign.normalize('NFC') : withoutAccents(sign);
	return casse ? whole : whole.toLowerCase();
}

function withoutAccents(sign: string): string {
	const bare = sign.normalize('NFD').replace(/\p{M}/gu, '');
	return LIGATURES[bare] ?? bare;
}

const LIGATURES: Record<string, string> = { œ: 'oe', Œ: 'OE', æ: 'ae', Æ: 'AE' };

function standsAlone(letters: readonly Lettre[], first: number, last: number): boolean {
	const isWord = (lettre: Lettre | undefined) => lettre !== undefined && /[\p{L}\p{N}]/u.test(lettre.texte);
	return !(
		(isWord(letters[first]) && isWord(letters[first - 1])) ||
		(isWord(letters[last]) && isWord(letters[last + 1]))
	);
}

/** What stands before and after a place of a text, for whoever decides on it. */
export interface Extrait {
	avant: string;
	trouve: string;
	apres: string;
}

const AUTOUR = 60;

export function extraitOf(texte: string, { debut, longueur }: Occurrence): Extrait {
	const fin = debut + longueur;
	const from = Math.max(0, debut - AUTOUR);
	const to = Math.min(texte.length, fin + AUTOUR);
	const avant = texte.slice(from, debut).toWellFormed();
	const apres = texte.slice(fin, to).toWellFormed();
	return {
		avant: from === 0 ? avant : `…${avant.replace(/^\S*\s/u, '')}`,
		trouve: texte.slice(debut, fin),
		apres: to === texte.length ? apres : `${apres.replace(/\s\S*$/u, '')}…`
	};
}
