import { hasBalises, joinRangeesHtml, linesOfHtml, profondeurDeTitre, withoutBalisage } from './balisage.ts';
import type { Etiquette } from './etiquettes.ts';
import { fold, repairLigatures, Vocabulaire } from './mots.ts';

/** How a line begins when it is an item of a list. */
export type Marque = 'symbole' | 'tiret' | 'numero';

/** A line of the source, cleaned for reading; `brut` keeps it as it is. */
export interface Ligne {
	/** From 1. */
	numero: number;
	brut: string;
	/** Without indentation, bullet and stray characters. A tab stands for a change of column. */
	texte: string;
	/** `texte` folded, index for index. Empty beyond what any landmark can measure. */
	plie: string;
	marque: Marque | null;
	/** « 3 » of « 3. Appeler ». */
	rang: string | null;
	retrait: number;
	debutDePage: boolean;
	/** The depth of a heading that the source marks as one; else 0. */
	profondeur: number;
	vide: boolean;
	/** A label and its value, in a table that holds a fiche. */
	paire?: [etiquette: string, valeur: string];
	/** It begins a paragraph, whatever stands above it. */
	paragraphe: boolean;
	/** Its labels, once they have been read: each stage asks again. */
	etiquettes: readonly Etiquette[] | undefined;
}

export interface Texte {
	lignes: Ligne[];
	mots: Vocabulaire;
	/** Words put back together after a ligature, by line. */
	recolles: { ligne: number; avant: string; apres: string }[];
}

/** No heading, label or title of a fiche is longer than this. */
export const LONGUEUR_REPERE = 400;

/** Reads the lines of a text, with their numbers as an editor shows them. */
export function readLignes(texte: string): Texte {
	const lignes = joinRangeesHtml(texte.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)).map(readBrute);
	giveLoneMarques(lignes);
	const mots = new Vocabulaire(lignes.map((ligne) => ligne.texte));
	const recolles: Texte['recolles'] = [];
	for (const ligne of lignes) {
		const { texte, repares } = repairLigatures(ligne.texte, mots);
		ligne.texte = texte;
		ligne.plie = fold(texte.slice(0, LONGUEUR_REPERE));
		for (const [avant, apres] of repares) recolles.push({ ligne: ligne.numero, avant, apres });
	}
	return { lignes, mots, recolles };
}

/** Symbols printed before an item, and what a PDF or a word processor leaves in their place. */
const SYMBOLE = /^[\uFFFD\uE000-\uF8FF•‣⁃◦∙·●○◉▪▫■□▢◆◇♦►▶▸▹➔➜➢➤→⇒✓✔✗❖★☐☑☒∑◼◾]+[\s\uFFFD]*/u;
/** Dashes, then letters that are Word's bullets in a lost font. */
const TIRET = /^(?:[-–—−‐‑₋*+]+\s+(?=\S)|[-–—−₋*](?=\p{Lu}|«)|[oÿØü§]\s+(?=\p{L}|«))/u;
const NUMERO =
	/^(?:\(?(\d{1,2})\s?[.)](?!\d)\s*(?=[\p{L}«\uFFFD\t ])|(\d{1,2})(?:\s?[/–—-]\s+|\/)(?=\p{L}|«)|([a-z])\)\s+)/u;

/** One line, or a piece of one; `index` from 0. */
export function readLigne(brut: string, index: number): Ligne {
	const lue = readBrute(brut, index);
	return { ...lue, plie: fold(lue.texte.slice(0, LONGUEUR_REPERE)) };
}

function readBrute(brut: string, index: number): Ligne {
	const propre = withoutBalisage(clean(brut.trimEnd()));
	const retrait = propre.length - propre.trimStart().length;
	const { reste, marque, rang } = readMarque(propre.trim());
	return {
		numero: index + 1,
		brut,
		texte: separateColumns(reste),
		plie: '',
		marque,
		rang,
		retrait,
		debutDePage: /^(?:\f| (?! ))/.test(brut),
		profondeur: profondeurDeTitre(brut),
		vide: reste === '' && marque === null,
		paragraphe: /^\s{0,40}<p[\s>]/i.test(brut),
		etiquettes: undefined
	};
}

/** A line that holds several paragraphs or items in HTML, as so many lines of the same number. */
export function splitHtml(ligne: Ligne): Ligne[] {
	if (ligne.vide || !hasBalises(ligne.brut)) return [ligne];
	const contenues = linesOfHtml(ligne.brut);
	// A paragraph alone on its line stays known as one.
	if (contenues.length === 1 && ligne.paragraphe) return [ligne];
	return contenues.map((brut) => readLigne(brut, ligne.numero - 1));
}

/** Without the characters that no one sees, ligatures spelt out, accents composed. */
function clean(brut: string): string {
	if (!/[^ -~\t]/.test(brut)) return brut;
	const compose = brut.normalize('NFC');
	if (!/(?!\t)[\p{Cc}\p{Cf}]|[\ufb00-\ufb06]/u.test(compose)) return compose;
	return compose
		.replace(/(?![\t\u00ad])[\p{Cc}\p{Cf}]/gu, '')
		.replace(/\u00ad(?=.)/g, '')
		.replace(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize('NFKC'));
}

function readMarque(texte: string): { reste: string; marque: Marque | null; rang: string | null } {
	let reste = texte;
	let marque: Marque | null = null;
	// Most lines begin with a word.
	if (/^\p{L}{2}/u.test(texte)) return { reste, marque, rang: null };
	let rang: string | null = null;
	// « 1. • Titre »: two at most.
	for (let tour = 0; tour < 2; tour++) {
		const symbole = SYMBOLE.exec(reste) ?? TIRET.exec(reste);
		const numero: RegExpExecArray | null = symbole === null && rang === null ? NUMERO.exec(reste) : null;
		if (symbole !== null) marque ??= SYMBOLE.test(reste) ? 'symbole' : 'tiret';
		else if (numero !== null) {
			marque ??= 'numero';
			rang = numero[1] ?? numero[2] ?? null;
		} else break;
		reste = reste.slice((symbole ?? numero)![0].length).trimStart();
	}
	return { reste, marque, rang };
}

/** A bullet in the middle of a line is a change of column: the page had two boxes side by side. */
function separateColumns(texte: string): string {
	if (!/[\uFFFD\uE000-\uF8FF]/.test(texte)) return texte;
	return texte.replace(/(^|[\s:])[\uFFFD\uE000-\uF8FF]+\s*/gu, '$1\t').trim();
}

/** A bullet alone on its line belongs to the next one. */
function giveLoneMarques(lignes: Ligne[]): void {
	let seule: Marque | null = null;
	for (const ligne of lignes) {
		if ((ligne.texte === '' && ligne.marque !== null) || /^[-–—o]$/.test(ligne.texte)) {
			seule = ligne.marque ?? 'tiret';
			ligne.texte = '';
			ligne.marque = null;
			ligne.vide = true;
		} else if (!ligne.vide) {
			if (seule !== null) ligne.marque ??= seule;
			seule = null;
		}
	}
}
