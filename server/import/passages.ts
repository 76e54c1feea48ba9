import type { Ligne } from './lignes.ts';
import { isInacheve } from './mots.ts';
import { isCapitales } from './reperes.ts';

/** The lines that no blank separates, or one item of a list. */
export interface Piece {
	lignes: Ligne[];
	texte: string;
	/** Blank lines above it. */
	vides: number;
}

export function cutPieces(lignes: readonly Ligne[], isLibre: (ligne: Ligne) => boolean): Piece[] {
	const pieces: Piece[] = [];
	let vides = 1;
	for (const ligne of lignes) {
		if (ligne.vide) vides++;
		else if (isLibre(ligne)) {
			const texte = ligne.texte.replaceAll('**', '');
			const ouverte = vides === 0 && ligne.marque === null ? pieces.at(-1) : undefined;
			if (ouverte === undefined) pieces.push({ lignes: [ligne], texte, vides });
			else {
				ouverte.lignes.push(ligne);
				ouverte.texte += ` ${texte}`;
			}
			vides = 0;
		}
	}
	return pieces;
}

const LIGNE_D_ETIQUETTE = 45;

/** A logo, a motto, a heading: short lines that no mark ends. */
export function isLabel({ lignes, texte }: Piece): boolean {
	return (
		lignes[0]!.marque === null &&
		lignes.every((ligne) => ligne.texte.length < LIGNE_D_ETIQUETTE) &&
		!/[.;:,!?…-]$/.test(texte) &&
		!isInacheve(texte) &&
		/\p{Lu}/u.test(texte)
	);
}

// — Sentences that go on, or not —

/** How often a sentence stops short, or begins in its middle, from one piece to the next. */
export function countBreaks(pieces: readonly Piece[]): number {
	const labels = pieces.findIndex((piece) => !isLabel(piece));
	const texte = labels === -1 ? [] : pieces.slice(labels);
	return [...texte, null].filter((piece, i) => breaks(texte[i - 1] ?? null, piece)).length;
}

function breaks(avant: Piece | null, apres: Piece | null): boolean {
	if (avant === null) return apres !== null && isSuite(apres);
	const marquee = apres !== null && apres.lignes[0]!.marque !== null;
	if (isCapitales(avant.texte)) return apres !== null && isSuite(apres);
	if (/\p{L}[-\u00ad\u2010]$/u.test(avant.texte)) return apres === null || !isSuite(apres);
	// « de la / Sarthe » goes on, « à tous ses / La Fédération » does not.
	if (isInacheve(avant.texte))
		return apres === null || marquee || /^(?:(?:L[ae]s?|Une?|Des)\s|L['’])/.test(apres.texte);
	if (apres === null) return avant.texte.endsWith(':') || (isOpen(avant) && avant.lignes[0]!.marque === null);
	if (isSuite(apres)) return /[.!?…]$/.test(avant.texte);
	// « Pacte / Territorial »: a name goes on in capitals.
	return isOpen(avant) && avant.lignes[0]!.marque === null && !marquee && !/\s\p{Lu}[\p{L}’']*$/u.test(avant.texte);
}

/** It goes on with a sentence that another began. */
export function isSuite({ lignes, texte }: Piece): boolean {
	return lignes[0]!.marque === null && /^\p{Ll}/u.test(texte);
}

function isOpen({ texte }: Piece): boolean {
	return !/[.;:!?…»)]$/u.test(texte);
}

/** The lines of the pieces, a blank between two of them unless a sentence goes on from one to the next. */
export function linesOf(pieces: readonly Piece[]): Ligne[] {
	return pieces.flatMap((piece, i) => {
		const avant = pieces[i - 1];
		return avant === undefined || goesOn(avant, piece) ? piece.lignes : [VIDE, ...piece.lignes];
	});
}

const VIDE = { vide: true } as Ligne;

function goesOn(avant: Piece, apres: Piece): boolean {
	if (isLabel(avant) || apres.lignes[0]!.marque !== null || !isOpen(avant)) return false;
	return avant.lignes[0]!.marque === null || isSuite(apres);
}

// — Passages put back in their order —

/** No text is longer, in pieces, than those that are tried. */
const PIECES_ESSAYEES = 40;

/**
 * The same pieces in the order where every sentence goes on and the text says at once whose it is, when moving one of them
 * is enough; the order of the page otherwise. `opens`: whether a text says it.
 */
export function mendOrder(pieces: readonly Piece[], opens: (texte: string) => boolean): Piece[] {
	const imprime = [...pieces];
	if (pieces.length > PIECES_ESSAYEES || countBreaks(pieces) === 0) return imprime;
	const essais = pieces.flatMap((piece, de) => {
		const autres = pieces.filter((autre) => autre !== piece);
		return pieces.flatMap((_, vers) =>
			vers === de ? [] : [{ enTete: isHead(vers, autres), ordre: autres.toSpliced(vers, 0, piece) }]
		);
	});
	const justes = essais.filter(({ ordre }) => countBreaks(ordre) === 0 && opens(textOf(ordre)));
	return (justes.findLast(({ enTete }) => enTete) ?? justes[0])?.ordre ?? imprime;
}

function isHead(place: number, pieces: readonly Piece[]): boolean {
	return pieces.slice(0, place).every(isLabel);
}

/** Without the labels. */
export function textOf(pieces: readonly Piece[]): string {
	const texte = pieces.filter((piece) => !isLabel(piece)).map(({ texte }) => texte);
	return texte.join(' ');
}

/** A list printed within the next text, that the end of this one announces: it is given back, when that mends both. */
export function moveAnnouncedList(texte: Piece[], suivant: Piece[]): Piece[] {
	if (!texte.at(-1)!.texte.endsWith(':')) return [];
	const debut = suivant.findIndex(({ lignes }, i) => i > 0 && lignes[0]!.marque !== null && lignes[0]!.rang === null);
	if (debut === -1) return [];
	const fin = suivant.findIndex(({ lignes }, i) => i > debut && lignes[0]!.marque === null);
	const liste = suivant.slice(debut, fin === -1 ? undefined : fin);
	const reste = suivant.filter((piece) => !liste.includes(piece));
	const gain = countBreaks(texte) + countBreaks(suivant) - countBreaks([...texte, ...liste]) - countBreaks(reste);
	if (gain < 2) return [];
	suivant.splice(debut, liste.length);
	texte.push(...liste);
	return liste;
}
