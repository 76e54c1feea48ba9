import type { Ligne } from './lignes.ts';
import {
	isEtiquetteDeCorps,
	readEnteteDeFiche,
	readMentionDAxe,
	readTitreDeListe,
	type EnteteDeFiche,
	type MentionDAxe,
	type TitreDeListe
} from './reperes.ts';

/** Where the text changes subject, by index of line. */
export interface Jalons {
	/** What the text calls its top level: « axe », « orientation »… Null when it names none. */
	niveau: string | null;
	mentions: Map<number, MentionDAxe>;
	titres: Map<number, TitreDeListe>;
	entetes: Map<number, EnteteDeFiche>;
	/** The lines « Fiche action n » that are heads of fiches, and the forms they are printed in. */
	tetes: Set<number>;
	formes: Set<string>;
}

/** Finds the landmarks of a text; `mobilier` holds the lines to step over. */
export function findJalons(lignes: readonly Ligne[], mobilier: ReadonlySet<number>): Jalons {
	const mentions = new Map<number, MentionDAxe>();
	const titres = new Map<number, TitreDeListe>();
	const entetes = new Map<number, EnteteDeFiche>();
	for (const [i, ligne] of lignes.entries()) {
		if (ligne.vide || mobilier.has(ligne.numero)) continue;
		const mention = readMentionDAxe(lignes, i);
		const titre = readTitreDeListe(ligne);
		const entete = readEnteteDeFiche(ligne);
		if (mention !== null) mentions.set(i, mention);
		if (titre !== null) titres.set(i, titre);
		if (entete !== null) entetes.set(i, entete);
	}
	const niveau = keepMainNiveau(mentions);
	return { niveau, mentions, titres, entetes, ...findTetes(lignes, { mentions, titres, entetes }) };
}

/** A text numbers its axes under one name; « Orientation 1 » beside « Axe 1 » belongs to something else. */
function keepMainNiveau(mentions: Map<number, MentionDAxe>): string | null {
	const comptes = new Map<string, number>();
	for (const { niveau } of mentions.values()) comptes.set(niveau, (comptes.get(niveau) ?? 0) + 1);
	const principal = [...comptes].sort(([a, x], [b, y]) => rank(b) - rank(a) || y - x)[0]?.[0] ?? null;
	for (const [i, { niveau }] of mentions) if (niveau !== principal) mentions.delete(i);
	return principal;

	function rank(niveau: string): number {
		return niveau.startsWith('axe') ? 1 : 0;
	}
}

/**
 * Which of the lines « Fiche action n » are heads of fiches, the others being lists: a head is followed by the fields of
 * its fiche before the next such line. A head with an empty fiche is known by its form, which it shares with the others.
 */
function findTetes(
	lignes: readonly Ligne[],
	{ mentions, titres, entetes }: Pick<Jalons, 'mentions' | 'titres' | 'entetes'>
): Pick<Jalons, 'tetes' | 'formes'> {
	const tetes = new Set<number>();
	const formes = new Set<string>();
	const sansCorps: number[] = [];
	let candidate: number | null = null;
	for (const [i, ligne] of lignes.entries()) {
		if (entetes.has(i)) {
			if (candidate !== null) sansCorps.push(candidate);
			candidate = i;
		} else if (candidate !== null && isEtiquetteDeCorps(ligne)) {
			tetes.add(candidate);
			formes.add(entetes.get(candidate)!.forme);
			candidate = null;
		} else if (candidate !== null && (titres.get(i)?.genre === 'fiches' || isSectionHead(i))) {
			sansCorps.push(candidate);
			candidate = null;
		}
	}
	if (candidate !== null) sansCorps.push(candidate);
	for (const i of sansCorps) {
		const { forme, titre } = entetes.get(i)!;
		if (formes.has(forme) && titre === '' && !isMarked(lignes[i]!)) tetes.add(i);
	}
	return { tetes, formes };

	function isSectionHead(i: number): boolean {
		const mention = mentions.get(i);
		return mention !== undefined && mention.etiquettes.length === 0 && !mention.barre && mention.titre !== '';
	}
}

/** An item of a list: a bullet or a dash before it. A number may stand before a heading. */
export function isMarked({ marque }: Ligne): boolean {
	return marque === 'symbole' || marque === 'tiret';
}
