import type { Ligne } from './lignes.ts';
import { fold, type Vocabulaire } from './mots.ts';
import type { ListeBrute } from './plan.ts';
import { continues, groupPuces } from './puces.ts';
import { readEnteteDeFiche } from './reperes.ts';

export interface EntreeDeListe {
	/** The number that the list prints; null when it prints none. */
	code: string | null;
	titre: string;
	ligne: number;
}

export interface ListeLue {
	titre: ListeBrute['titre'];
	/** Line number of the heading. */
	ligne: number;
	entrees: EntreeDeListe[];
	lignes: number[];
}

/** The entries under « Perspectives de l'axe 1 » or « Fiches actions ». */
export function readListe(brute: ListeBrute, tete: Ligne, mots: Vocabulaire): ListeLue {
	const { puces } = groupPuces(extentOf(brute.lignes), mots, beginsWithCode);
	const points = puces.some(({ texte }) => /[,;]$/.test(texte)) ? /\s*[,;.]$/ : /\s*[,;]$/;
	const entrees = puces.map(({ texte, rang, debut }) => ({
		...readEntree(texte.replace(points, ''), rang),
		ligne: debut
	}));
	const lignes = entrees.length === 0 ? [] : [tete.numero, ...puces.flatMap((puce) => puce.lignes)];
	return { titre: brute.titre, ligne: tete.numero, entrees, lignes };
}

/** Longer than this, a line without a bullet is prose. */
const LONGUEUR_DE_PROSE = 120;

/** The list ends where its layout does: nothing closes it but the text that follows. */
function extentOf(lignes: readonly Ligne[]): Ligne[] {
	const pleines = lignes.filter(({ vide }) => !vide);
	const [premiere, deuxieme] = pleines;
	if (premiere === undefined) return [];
	// « Cet axe vise à : », then the list.
	const annonce = premiere.marque === null && premiere.texte.endsWith(':') && (deuxieme?.marque ?? null) !== null;
	const tete = annonce ? deuxieme! : premiere;
	const debut = lignes.indexOf(tete);
	const fin = tete.marque === null ? endOfUnmarked(lignes, debut) : endOfMarked(lignes, debut);
	return lignes.slice(debut, fin);
}

function endOfMarked(lignes: readonly Ligne[], debut: number): number {
	const { retrait } = lignes[debut]!;
	let precedente = lignes[debut]!;
	for (let i = debut + 1; i < lignes.length; i++) {
		const ligne = lignes[i]!;
		if (ligne.vide) continue;
		const commeLesAutres = ligne.marque !== null || (retrait > 0 && ligne.retrait >= retrait);
		if (lignes[i - 1]!.vide && !commeLesAutres && !continues(ligne, precedente)) return i;
		precedente = ligne;
	}
	return lignes.length;
}

/** Plain lines: a list in one block ends with it, a list with blank lines between its items when a paragraph comes. */
function endOfUnmarked(lignes: readonly Ligne[], debut: number): number {
	const espacee = lignes[debut + 1]?.vide ?? false;
	let precedente: Ligne | null = null;
	for (let i = debut; i < lignes.length; i++) {
		const ligne = lignes[i]!;
		if (ligne.vide) {
			if (espacee) continue;
			return i;
		}
		const suite = precedente !== null && continues(ligne, precedente);
		const paragraphe = espacee && i > debut && !lignes[i - 1]!.vide && !suite;
		if (ligne.marque !== null || ligne.texte.length > LONGUEUR_DE_PROSE || paragraphe) return i;
		precedente = ligne;
	}
	return lignes.length;
}

const CODE = /^(\d{1,2}(?:\.\d{1,2})+)\.?\s*(?:[:–—-]\s*)?(?=\p{L}|«)/u;

function beginsWithCode(ligne: Ligne): boolean {
	return CODE.test(ligne.texte) || readEnteteDeFiche(ligne) !== null;
}

function readEntree(texte: string, rang: string | null): Omit<EntreeDeListe, 'ligne'> {
	const entete = readEnteteDeFiche({ texte, plie: fold(texte) });
	if (entete !== null && entete.titre !== '') return { code: entete.code, titre: entete.titre };
	const code = CODE.exec(texte);
	if (code !== null) return { code: code[1]!, titre: texte.slice(code[0].length) };
	return { code: rang, titre: texte };
}
