import { QUESTION_MAX } from './limites.ts';
import { fold, motsOf, racinesPossibles, tousLesMots, type Mot } from './mots.ts';

/** A question, read. */
export interface Requete {
	termes: Terme[];
	/** What may be the number of a branch or a fiche: « 2.3 », « I3a1 ». */
	codes: string[];
}

/** A word of the question: any of its stems will do. */
export interface Terme {
	ecrit: string;
	forme: string;
	racines: string[];
	/** The word may not be finished: the words that begin like it will do. */
	prefixe: boolean;
}

const TERMES_MAX = 8;
/** A single letter would begin half of the words. */
const PREFIXE_MIN = 2;

/** The words to look for, and the codes. The last word typed may be the beginning of one. */
export function readRequete(question: string): Requete {
	const texte = question.slice(0, QUESTION_MAX);
	const mots = motsOf(texte);
	const utiles = mots.length > 0 ? mots : tousLesMots(texte).filter(({ forme }) => forme.length > 2);
	const last = utiles.at(-1);
	const isOpen = last !== undefined && last.fin === texte.trimEnd().length && !/\s$/.test(texte);
	return {
		termes: distinct(utiles)
			.slice(0, TERMES_MAX)
			.map((mot) => ({
				ecrit: mot.ecrit,
				forme: mot.forme,
				racines: racinesPossibles(mot.ecrit),
				prefixe: isOpen && mot.forme === last.forme && mot.forme.length >= PREFIXE_MIN
			})),
		codes: codesIn(texte)
	};
}

function distinct(mots: readonly Mot[]): Mot[] {
	return [...new Map(mots.map((mot) => [mot.forme, mot])).values()];
}

/** What stands between spaces and holds a number: « I3a1 », « 2.3 », « II ». */
function codesIn(texte: string): string[] {
	const tokens = texte.split(/[\s,;:()«»"]+/).map((token) => token.replace(/\.$/, ''));
	return [...new Set(tokens.filter((token) => CODE.test(token)).map(foldCode))];
}

const CODE = /^(?=.*\d|[IVXLC]+$)[\dA-Za-z]+(?:\.[\dA-Za-z]+)*$/;

export function foldCode(code: string): string {
	return fold(code);
}

/** Whether a word of a text answers a term. */
export function answers({ forme, racine }: Pick<Mot, 'forme' | 'racine'>, terme: Terme): boolean {
	return terme.racines.includes(racine) || (terme.prefixe && forme.startsWith(terme.forme));
}
