import { readEtiquettes } from './etiquettes.ts';
import { isTitreFort, isTitrePossible, readIdentite, readIntitule } from './intitules.ts';
import { isMarked } from './jalons.ts';
import type { Ligne } from './lignes.ts';
import { fold } from './mots.ts';

/** A fiche known by its fields, whatever stands at its head. */
export interface Corps {
	/** The lines of its heading, from the top. */
	tete: Ligne[];
	/** From its first field to its end: the end is the heading of what follows. */
	lignes: Ligne[];
}

interface Evenement {
	index: number;
	/** Meanings; a label without a known one stands for itself. */
	cles: string[];
}

interface Tete {
	/** Index of its first line. */
	debut: number;
	lignes: Ligne[];
	/** « Axe de rattachement : … », among them. */
	rattachements: Ligne[];
	/** It bears a code, a level, capitals; otherwise it is only a short line. */
	forte: boolean;
	/** It bears a code or a level. */
	codee: boolean;
}

const TETE_MAXIMALE = 10;
/** A fiche has so many different fields. */
const CHAMPS_MINIMUM = 3;
/** Between two fields of one fiche: more is another part of the text. */
const ECART_MAXIMAL = 150;

/** Finds the fiches of a text by the run of labels that comes back. `hors` holds the lines that belong to something else. */
export function findCorps(
	lignes: readonly Ligne[],
	hors: ReadonlySet<number>,
	inconnues: ReadonlySet<string> = new Set()
): Corps[] {
	const lisibles = lignes.filter(({ numero }) => !hors.has(numero));
	const evenements = findEvenements(lisibles, inconnues);
	const tetes = new Map(evenements.map(({ index }) => [index, readTete(lisibles, index)]));
	const premiere = firstField(evenements, tetes);
	if (premiere === null) return [];
	const debuts = findDebuts(evenements, tetes, premiere);
	const chapitre = debuts.length === 0 ? lisibles.length : nextChapitre(lisibles, debuts[0]!);
	let lus = 0;
	return debuts.flatMap((debut, rang) => {
		const suivant = debuts[rang + 1];
		const limite = Math.min(
			suivant === undefined ? lisibles.length : tetes.get(suivant)!.debut,
			endOfMarkedPart(lisibles, tetes.get(debut)!, debut),
			chapitre > debut ? chapitre : lisibles.length
		);
		while (lus < evenements.length && evenements[lus]!.index < debut) lus++;
		const premier = lus;
		while (lus < evenements.length && evenements[lus]!.index < limite) lus++;
		const siens = withoutGap(evenements.slice(premier, lus));
		if (siens.length === 0) return [];
		const cles = new Set(siens.flatMap(({ cles }) => cles));
		if (cles.size < CHAMPS_MINIMUM) return [];
		const fin = endOf(lisibles, siens.at(-1)!.index + 1, limite);
		const { rattachements, champs } = splitRattachements(tetes.get(debut)!.rattachements);
		const tete = [...rattachements, ...ownHeadingLast(tetes.get(debut)!.lignes)];
		return [{ tete, lignes: [...champs, ...lisibles.slice(debut, fin)] }];
	});
}

const CHAPITRE = /^(\d{1,2})[.)]?\s+\p{Lu}[^.:;!?\t]{2,78}$/u;

/** « 3 Fiches-actions » stands above the first fiche: a single « 4 Annexes » below is the chapter after them. */
function nextChapitre(lignes: readonly Ligne[], debut: number): number {
	const chapitres = lignes.flatMap((ligne, index) => {
		const isolee = (lignes[index - 1]?.vide ?? true) && (lignes[index + 1]?.vide ?? true);
		if (!isolee || ligne.vide || readEtiquettes(ligne).length > 0) return [];
		const numero = CHAPITRE.exec(ligne.brut.trim())?.[1];
		return numero === undefined ? [] : [{ index, numero: Number(numero) }];
	});
	const ouvert = chapitres.findLast(({ index }) => index < debut);
	const suivants = chapitres.filter(({ index, numero }) => index > debut && numero - 1 === ouvert?.numero);
	return suivants.length === 1 ? suivants[0]!.index : lignes.length;
}

/** Where headings are marked, a fiche ends at the next one that is no deeper than its own and names none of its fields. */
function endOfMarkedPart(lignes: readonly Ligne[], { lignes: tete }: Tete, debut: number): number {
	const profondeur = tete.findLast((ligne) => ligne.profondeur > 0)?.profondeur ?? 0;
	const fin = lignes.findIndex(
		(ligne, i) =>
			i > debut && ligne.profondeur > 0 && ligne.profondeur <= profondeur && readEtiquettes(ligne).length === 0
	);
	return fin === -1 ? lignes.length : fin;
}

/** Under its own heading, a fiche may print again the levels that hold it (« Objectif I1 » under « ## Action I1a »). */
function ownHeadingLast(tete: Ligne[]): Ligne[] {
	const place = tete.findLastIndex(({ profondeur }) => profondeur > 0);
	const code = place === -1 ? '' : (readIntitule(tete[place]!)?.code ?? '');
	const rappels = tete.slice(place + 1).filter(({ vide }) => !vide);
	const isRappel = (ligne: Ligne) => {
		const intitule = readIntitule(ligne);
		return intitule !== null && intitule.niveau !== null && intitule.code !== '' && code.startsWith(intitule.code);
	};
	if (code === '' || rappels.length === 0 || !rappels.every(isRappel)) return tete;
	return [...rappels, ...tete.slice(0, place + 1)];
}

const PROPRE = /^(\p{Lu}[^:.;!?]{2,48}?)\s*:/u;

/** « Ils en sont : », « Animation territoriale : »: the labels that only this text prints, each more than once. */
export function findEtiquettesPropres(lignes: readonly Ligne[], hors: ReadonlySet<number>): Set<string> {
	const comptes = new Map<string, number>();
	for (const ligne of lignes) {
		const propre = hors.has(ligne.numero) ? null : etiquettePropre(ligne);
		if (propre !== null) comptes.set(propre, (comptes.get(propre) ?? 0) + 1);
	}
	return new Set([...comptes].filter(([, fois]) => fois > 1).map(([propre]) => propre));
}

function etiquettePropre(ligne: Ligne): string | null {
	if (ligne.vide || isMarked(ligne) || readEtiquettes(ligne).length > 0 || readIntitule(ligne) !== null) return null;
	const [, etiquette = ''] = PROPRE.exec(ligne.texte) ?? [];
	return etiquette === '' || etiquette.split(' ').length > 6 ? null : fold(etiquette);
}

function findEvenements(lignes: readonly Ligne[], inconnues: ReadonlySet<string>): Evenement[] {
	return lignes.flatMap((ligne, index) => {
		if (ligne.vide || isMarked(ligne)) return [];
		const cles: string[] = readEtiquettes(ligne)
			.map(({ cle }) => cle)
			.filter((cle) => cle !== 'axe');
		const propre = ligne.paire?.[0] ?? (inconnues.size > 0 ? etiquettePropre(ligne) : null);
		if (cles.length === 0 && propre !== null && (ligne.paire !== undefined || inconnues.has(propre)))
			cles.push(`? ${fold(propre)}`);
		return cles.length === 0 ? [] : [{ index, cles }];
	});
}

/** What stands right above a field and looks like a heading. */
function readTete(lignes: readonly Ligne[], index: number): Tete {
	let debut = index;
	const rattachements: Ligne[] = [];
	let forte = false;
	let codee = false;
	let pleines = 0;
	for (let i = index - 1; i >= 0 && pleines < TETE_MAXIMALE;) {
		if (lignes[i]!.vide) {
			i--;
			continue;
		}
		if (isRattachement(lignes[i]!)) {
			rattachements.unshift(lignes[i--]!);
			continue;
		}
		const haut = topOfHeading(lignes, i, pleines === 0);
		if (haut === null) break;
		const ici = lignes.slice(haut, i + 1);
		forte ||= ici.some(isTitreFort);
		codee ||= ici.some((ligne) => readIntitule(ligne) !== null);
		pleines += ici.length;
		debut = haut;
		i = haut - 1;
	}
	const titres = lignes.slice(debut, index).filter((ligne) => !rattachements.includes(ligne));
	return { debut, lignes: titres, rattachements, forte, codee };
}

/** « Axe de rattachement : Axe 1 – … »: a label that names what holds the fiche. */
export function isRattachement(ligne: Ligne): boolean {
	const etiquettes = readEtiquettes(ligne);
	return etiquettes.length > 0 && etiquettes.every(({ cle }) => cle === 'axe') && readIntitule(ligne) === null;
}

/** What such a label names is a heading above the fiche, where its words tell its level and number; else a field. */
function splitRattachements(lignes: readonly Ligne[]): { rattachements: Ligne[]; champs: Ligne[] } {
	const lus = lignes.map((ligne) => {
		const [{ etiquette, valeur } = { etiquette: '', valeur: '' }] = readEtiquettes(ligne);
		const niveau = /^\S+/.exec(etiquette)?.[0] ?? '';
		const titre = [valeur, `${niveau} ${valeur}`].find((texte) => {
			const intitule = readIntitule({ ...ligne, texte, plie: fold(texte) });
			return intitule !== null && intitule.niveau !== null && intitule.code !== '';
		});
		return titre === undefined ? ligne : { ...ligne, texte: titre, plie: fold(titre), etiquettes: undefined };
	});
	return {
		rattachements: lus.filter((ligne, i) => ligne !== lignes[i]),
		champs: lus.filter((ligne, i) => ligne === lignes[i])
	};
}

/** The index where the heading that ends here begins; null when this line is none. */
function topOfHeading(lignes: readonly Ligne[], fin: number, premiere: boolean): number | null {
	for (let i = fin; i >= 0 && i > fin - 4; i--) {
		const ligne = lignes[i]!;
		if (ligne.vide || isMarked(ligne) || isEtiquetteSeule(ligne) || ligne.paire !== undefined) break;
		if (isTitreFort(ligne)) return i;
	}
	if (!premiere || !isTitrePossible(lignes[fin]!) || readEtiquettes(lignes[fin]!).length > 0) return null;
	const avant = lignes[fin - 1];
	return avant === undefined || avant.vide || lignes[fin]!.numero !== avant.numero + 1 ? fin : null;
}

/** « OBJECTIFS » in capitals is a label; « Action : Créer un relais » is a heading as well. */
function isEtiquetteSeule(ligne: Ligne): boolean {
	return readEtiquettes(ligne).length > 0 && readIntitule(ligne) === null && readIdentite(ligne) === null;
}

/** The field that comes first: the one that headings stand above. */
function firstField(evenements: readonly Evenement[], tetes: ReadonlyMap<number, Tete>): string | null {
	const poids = new Map<string, number>();
	for (const { index, cles } of evenements) {
		const { forte, codee, lignes } = tetes.get(index)!;
		if (lignes.length === 0) continue;
		poids.set(cles[0]!, (poids.get(cles[0]!) ?? 0) + (codee ? 4 : forte ? 3 : 1));
	}
	return [...poids].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/** Where fiches begin: at their first field under a heading, or at any field under a heading with a code. */
function findDebuts(evenements: readonly Evenement[], tetes: ReadonlyMap<number, Tete>, premiere: string): number[] {
	const debuts: number[] = [];
	const vues = new Set<string>();
	for (const { index, cles } of evenements) {
		const { forte, codee, lignes } = tetes.get(index)!;
		const revient = cles.some((cle) => vues.has(cle)) || debuts.length === 0;
		const commence = lignes.length > 0 && (cles[0] === premiere ? forte || revient : codee && revient);
		if (commence) {
			debuts.push(index);
			vues.clear();
		}
		for (const cle of cles) vues.add(cle);
	}
	return debuts;
}

function withoutGap(evenements: readonly Evenement[]): Evenement[] {
	const coupure = evenements.findIndex(({ index }, i) => i > 0 && index - evenements[i - 1]!.index > ECART_MAXIMAL);
	return coupure === -1 ? [...evenements] : evenements.slice(0, coupure);
}

/** After its last field, a fiche ends at the next heading that is not of its own. */
function endOf(lignes: readonly Ligne[], debut: number, limite: number): number {
	for (let i = debut; i < limite; i++) {
		const ligne = lignes[i]!;
		if (ligne.vide || isMarked(ligne)) continue;
		const intitule = readIntitule(ligne);
		if (
			ligne.profondeur > 0 ||
			(intitule !== null && intitule.niveau !== null && intitule.code !== '' && (lignes[i - 1]?.vide ?? true))
		)
			return i;
	}
	return limite;
}
