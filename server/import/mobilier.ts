import type { Ligne } from './lignes.ts';
import { isLigneDeSommaire } from './reperes.ts';

const NUMERO_DE_PAGE = /^(?:page\s*)?(?:[-–—]\s*)?\d{1,3}(?:\s*[-–—])?(?:\s*(?:\/|sur)\s*\d{1,3})?$/;

/**
 * The furniture of the pages, as line numbers: page numbers, the heading that comes back beside them, rules, tables of contents.
 * It belongs to no field; a line that `isRepere` knows is never furniture.
 */
export function findMobilier(lignes: readonly Ligne[], isRepere: (ligne: Ligne) => boolean): Set<number> {
	const pleines = lignes.filter((ligne) => !ligne.vide);
	const mobilier = new Set<number>();
	const voisines = new Map<string, Ligne[]>();
	const courants = titresCourants(pleines);
	for (const [i, ligne] of pleines.entries()) {
		if (isFilet(ligne) || isLigneDeSommaire(ligne)) mobilier.add(ligne.numero);
		else if (isNumeroDePage(ligne, lignes) || isSousTitreCourant(ligne, pleines[i - 1], courants)) {
			mobilier.add(ligne.numero);
			for (const voisine of [pleines[i - 1], pleines[i + 1]])
				if (voisine !== undefined && canBeTitreCourant(voisine) && !isRepere(voisine))
					voisines.set(voisine.plie, (voisines.get(voisine.plie) ?? []).concat(voisine));
		}
	}
	for (const repetees of voisines.values())
		if (repetees.length > 1) for (const ligne of repetees) mobilier.add(ligne.numero);
	return mobilier;
}

/** A line without any letter or digit, other than the « … » of an open list. */
function isFilet({ vide, texte }: Ligne): boolean {
	return !vide && !/[\p{L}\p{N}]/u.test(texte) && !/^(?:…|\.{3})$/.test(texte);
}

function isNumeroDePage(ligne: Ligne, lignes: readonly Ligne[]): boolean {
	if (ligne.texte.length > 20 || !NUMERO_DE_PAGE.test(ligne.brut.trim().toLowerCase())) return false;
	const avant = lignes[ligne.numero - 2];
	const apres = lignes[ligne.numero];
	return (avant?.vide ?? true) || ligne.debutDePage ? (apres?.vide ?? true) || apres!.debutDePage : false;
}

/** The lines that come back right above a number, another one each time: headers whose page number has no blank before it. */
function titresCourants(pleines: readonly Ligne[]): ReadonlySet<string> {
	const numeros = new Map<string, Set<string>>();
	for (const [i, { plie, texte }] of pleines.entries()) {
		const precedente = pleines[i - 1];
		if (precedente === undefined || texte.length > 20 || !NUMERO_DE_PAGE.test(plie) || !canBeTitreCourant(precedente))
			continue;
		numeros.set(precedente.plie, (numeros.get(precedente.plie) ?? new Set()).add(texte));
	}
	return new Set([...numeros].filter(([, pages]) => pages.size > 2).map(([plie]) => plie));
}

function isSousTitreCourant(ligne: Ligne, precedente: Ligne | undefined, courants: ReadonlySet<string>): boolean {
	return precedente !== undefined && courants.has(precedente.plie) && NUMERO_DE_PAGE.test(ligne.plie);
}

/** What the source marks as a heading is one, however often it comes back: « ### Perspectives » under each axe. */
function canBeTitreCourant({ texte, marque, profondeur }: Ligne): boolean {
	return texte.length <= 100 && marque === null && profondeur === 0;
}

const REPETITIONS = 4;

/**
 * The headers and footers that come back through the text without a page number beside them: the same line, its figures
 * aside, alone between blank lines, after something else each time.
 */
export function findRepetees(lignes: readonly Ligne[], isRepere: (ligne: Ligne) => boolean): Ligne[][] {
	const parForme = new Map<string, { ligne: Ligne; precedente: string }[]>();
	let precedente: Ligne | null = null;
	for (const [i, ligne] of lignes.entries()) {
		if (ligne.vide) continue;
		const isolee = (lignes[i - 1]?.vide ?? true) || ligne.debutDePage;
		if (isolee && (lignes[i + 1]?.vide ?? true) && canBeTitreCourant(ligne) && ligne.texte.length > 3) {
			const forme = ligne.plie.replace(/\d+/g, '0');
			const deja = parForme.get(forme) ?? [];
			deja.push({ ligne, precedente: precedente?.plie ?? '' });
			parForme.set(forme, deja);
		}
		precedente = ligne;
	}
	return [...parForme.values()]
		.filter((groupe) => groupe.length >= REPETITIONS && !groupe.some(({ ligne }) => isRepere(ligne)))
		.filter((groupe) => new Set(groupe.map(({ precedente }) => precedente)).size * 2 > groupe.length)
		.map((groupe) => groupe.map(({ ligne }) => ligne));
}
