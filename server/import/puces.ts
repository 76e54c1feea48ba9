import type { Ligne } from './lignes.ts';
import { isInacheve, joinLignes, type Vocabulaire } from './mots.ts';

/** An item of a list, made of one line or more. */
export interface Puce {
	texte: string;
	rang: string | null;
	/** Line numbers. */
	debut: number;
	lignes: number[];
}

export interface Groupe {
	puces: Puce[];
	/** True when the text itself marks items: bullets, dashes, numbers. */
	marquees: boolean;
}

/**
 * Groups the lines of a block into items: a bullet begins one; without a bullet a new paragraph does; without either, a
 * line that does not continue the one above. `isDebut` knows lines that begin an item whatever their looks. The
 * paragraphs that follow a list without its marks belong to something else, and are left out of every item.
 */
export function groupPuces(
	lignes: readonly Ligne[],
	mots: Vocabulaire,
	isDebut: (ligne: Ligne) => boolean = () => false
): Groupe {
	const marquees = lignes.some(({ marque }) => marque !== null);
	const regle = marquees ? ruleOfMarked(lignes) : ruleOfUnmarked;
	const items: Ligne[][] = [];
	let apresVide = false;
	for (const [index, ligne] of lignes.entries()) {
		if (ligne.vide) {
			apresVide = true;
			continue;
		}
		const precedente = items.at(-1)?.at(-1);
		const begins = precedente === undefined || ligne.marque !== null || isDebut(ligne);
		const place = begins ? 'debut' : regle({ ligne, index, precedente, apresVide });
		if (place === 'dehors') break;
		if (place === 'debut') items.push([ligne]);
		else items.at(-1)!.push(ligne);
		apresVide = false;
	}
	return { puces: items.map((item) => toPuce(item, mots)), marquees };
}

interface Situation {
	ligne: Ligne;
	index: number;
	precedente: Ligne;
	apresVide: boolean;
}
type Regle = (situation: Situation) => 'debut' | 'suite' | 'dehors';

/** Some bullets were lost on the way: what is indented like the others is one of them. */
function ruleOfMarked(lignes: readonly Ligne[]): Regle {
	const derniereMarque = lignes.findLastIndex((ligne) => ligne.marque !== null);
	const retrait = lignes.reduce(
		(min, { marque, retrait }) => (marque === null ? min : Math.min(min, retrait)),
		Infinity
	);
	return ({ ligne, index, precedente, apresVide }) => {
		if (!apresVide || continues(ligne, precedente)) return 'suite';
		const commeLesAutres = retrait > 0 && ligne.retrait >= retrait;
		return commeLesAutres || index < derniereMarque ? 'debut' : 'dehors';
	};
}

function ruleOfUnmarked({ ligne, precedente, apresVide }: Situation): ReturnType<Regle> {
	if (apresVide) return continues(ligne, precedente) ? 'suite' : 'debut';
	return beginsLow(ligne) || isUnfinished(precedente) ? 'suite' : 'debut';
}

/** A sentence that goes on after a blank line, as when a page or a column breaks it. */
export function continues(ligne: Ligne, precedente: Ligne): boolean {
	return (beginsLow(ligne) && !/[.;!?…]$/.test(precedente.texte)) || isUnfinished(precedente);
}

function beginsLow(ligne: Ligne): boolean {
	return /^[\p{Ll}(]/u.test(ligne.texte);
}

function isUnfinished({ texte }: Ligne): boolean {
	return /[,‐-]$/.test(texte) || isInacheve(texte);
}

function toPuce(item: readonly Ligne[], mots: Vocabulaire): Puce {
	return {
		texte: joinLignes(
			item.map((ligne) => ligne.texte),
			mots
		),
		rang: item[0]!.rang,
		debut: item[0]!.numero,
		lignes: item.map((ligne) => ligne.numero)
	};
}

/** « Mars 2025 : ouverture »: lines that all begin so are entries, and none goes on from the one above. */
const ENTREE = /^[\p{Lu}\d][^.:;!?]{1,40} ?: /u;

/** Prose: paragraphs between blank lines, one per line of the result; an item of a list keeps a dash. */
export function joinParagraphes(lignes: readonly Ligne[], mots: Vocabulaire): string {
	const paragraphes: { lignes: string[]; item: boolean }[] = [];
	let ouvert = false;
	for (const ligne of lignes) {
		if (ligne.vide) ouvert = false;
		else if (!ouvert || ligne.marque !== null || ligne.paragraphe || isEntree(ligne, paragraphes.at(-1)!.lignes)) {
			paragraphes.push({ lignes: [ligne.texte], item: ligne.marque !== null });
			ouvert = true;
		} else paragraphes.at(-1)!.lignes.push(ligne.texte);
	}
	return paragraphes.map(({ lignes, item }) => (item ? '- ' : '') + joinLignes(lignes, mots)).join('\n');
}

function isEntree({ texte }: Ligne, [premiere = '']: readonly string[]): boolean {
	return ENTREE.test(texte) && ENTREE.test(premiere);
}
