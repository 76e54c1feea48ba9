import { readEtiquettes } from './etiquettes.ts';
import { readIntitule } from './intitules.ts';
import type { Ligne } from './lignes.ts';
import { fold } from './mots.ts';

/** A heading that prints a code without the name of its level, and the level that it is read as. */
export interface NiveauNomme {
	ligne: number;
	imprime: string;
	niveau: string;
}

/** From the top: how unnamed levels are called. */
const NOMS = ['axe', 'objectif', 'objectif opérationnel'] as const;
const CODE_EN_TETE =
	/^([A-Z\d]{1,4}(?:[.-][A-Za-z\d]{1,3}(?!\p{L})){1,3}|[IVX]{1,5}|[A-Z]|[A-Z]?\d{1,3})\s*(?:[.:)–—-]\s*)(?=[\p{Lu}«])/u;

/**
 * « I. Accueillir », above « I.A.1 Une carte »: a level without its name, known by the codes of the fiches below it. The
 * lines come back with a name, in their places.
 */
export function nameNiveaux(
	lignes: readonly Ligne[],
	codes: readonly string[]
): { lignes: Ligne[]; nommes: NiveauNomme[] } {
	const desFiches = new Set(codes);
	const prefixes = new Set(codes.flatMap(ancestorsOf));
	const trouvees = new Map<string, number>();
	const nommees = new Set<string>();
	let ouverte = true;
	for (const [i, ligne] of lignes.entries()) {
		if (ligne.vide) continue;
		const intitule = readIntitule(ligne);
		if (intitule !== null && intitule.niveau !== null) nommees.add(intitule.code);
		const avant = lignes[i - 1];
		const code = codeEnTete(ligne);
		const isole = (avant?.vide ?? true) || trouvees.has(codeEnTete(avant!) ?? '');
		// A number alone also begins an item: only what stands outside the fields of a fiche is a heading.
		if (code !== null && prefixes.has(code) && isole && (ouverte || !/^\d+$/.test(code)))
			if (!trouvees.has(code) && !nommees.has(code)) trouvees.set(code, i);
		if (readEtiquettes(ligne).length > 0) ouverte = false;
		else if (intitule !== null && desFiches.has(intitule.code)) ouverte = true;
	}
	for (const code of nommees) trouvees.delete(code);
	const nommes: NiveauNomme[] = [];
	const reprises = lignes.slice();
	for (const [code, i] of trouvees) {
		const dessus = ancestorsOf(code).filter((ancetre) => trouvees.has(ancetre) || nommees.has(ancetre)).length;
		const niveau = NOMS[Math.min(dessus, NOMS.length - 1)]!;
		const ligne = lignes[i]!;
		const titre = (ligne.rang === null ? ligne.texte.replace(CODE_EN_TETE, '') : ligne.texte).trim();
		const texte = `${niveau.charAt(0).toUpperCase()}${niveau.slice(1)} ${code} : ${titre}`;
		reprises[i] = { ...ligne, texte, plie: fold(texte), marque: null, rang: null, etiquettes: undefined };
		nommes.push({ ligne: ligne.numero, imprime: `${code} ${titre}`, niveau });
	}
	return { lignes: reprises, nommes };
}

/** « I.A » and « I », of « I.A.3 ». */
function ancestorsOf(code: string): string[] {
	const parent = /^(.+?)[.-]?(?:\d{1,3}|(?<=[.\d-])[A-Za-z])$/.exec(code)?.[1] ?? '';
	return parent === '' ? [] : [...ancestorsOf(parent), parent];
}

function codeEnTete(ligne: Ligne): string | null {
	if (ligne.vide || ligne.texte.length > 200 || ligne.marque === 'symbole' || ligne.marque === 'tiret') return null;
	if (ligne.rang !== null) return ligne.rang;
	return CODE_EN_TETE.exec(ligne.texte)?.[1] ?? null;
}
