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
	for (const [i, ligne] of pleines.entries()) {
		if (isFilet(ligne) || isLigneDeSommaire(ligne)) mobilier.add(ligne.numero);
		else if (isNumeroDePage(ligne, lignes)) {
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

function canBeTitreCourant({ texte, marque }: Ligne): boolean {
	return texte.length <= 100 && marque === null;
}
