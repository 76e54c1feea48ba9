import type { Doute, FicheProposee, NoeudPropose } from '#lib/import/proposition.ts';
import {
	isDAction,
	leavesOf,
	matchFiches,
	plantIntitules,
	plantSynthese,
	readBlocs,
	type Branche,
	type FicheEnCorps
} from './branches.ts';
import { findCorps, findEtiquettesPropres } from './corps.ts';
import { findDoutesLibres } from './doutes-libres.ts';
import { repairEtiquettes, type Coquille } from './etiquettes-fautives.ts';
import { readFiche, readUsages, type FicheLue } from './fiche.ts';
import { readIntitule } from './intitules.ts';
import { isMarked } from './jalons.ts';
import type { Ligne, Texte } from './lignes.ts';
import { plantListes } from './listes-de-branches.ts';
import { findRepetees } from './mobilier.ts';
import { sameForm } from './mots.ts';
import { splitAvecIntroduction, splitPilotes, splitPilotesAvec } from './organismes.ts';
import { nameNiveaux, type NiveauNomme } from './niveaux.ts';
import type { FichePlacee } from './places.ts';
import type { FicheBrute } from './plan.ts';
import { findTableauxDActions, isSynthese, type TableauDActions } from './rangees.ts';
import { isCapitales } from './reperes.ts';
import { readSynthese, type SyntheseLue } from './synthese.ts';

/** A fiche read without « Fiche action n » at its head, at its place in the tree. */
export interface FicheLibre {
	proposee: FicheProposee;
	placee: FichePlacee;
	branche: Branche;
	/** Its headings, from the outermost to its own. */
	bloc: FicheEnCorps['bloc'];
}

export interface LectureLibre {
	noeuds: NoeudPropose[];
	fiches: FicheLibre[];
	racines: Branche[];
	synthese: SyntheseLue | null;
	coquilles: Coquille[];
	/** Levels that the text prints by their codes alone. */
	nommes: NiveauNomme[];
	/** Headings that stand inside a fiche, and open none. */
	titresPris: { ligne: Ligne; branche: Branche }[];
	/** Actions given in rows. */
	tableaux: TableauDActions[];
	/** Headers and footers that come back without a page number: the lines of each. */
	repetees: Ligne[][];
	doutes: Doute[];
	/** Line numbers that were understood, and those of headers and footers. */
	prises: Set<number>;
	mobilier: Set<number>;
}

/**
 * Reads a text whose fiches are known by their fields alone: any heading, any level, with or without a table that
 * gathers them. Null when it has no such fiche.
 */
export function readLibre(
	texte: Texte,
	mobilierDesPages: ReadonlySet<number>,
	isRepere: (ligne: Ligne) => boolean
): LectureLibre | null {
	const { lignes: reparees, coquilles } = repairEtiquettes(texte.lignes);
	const repetees = findRepetees(reparees, isRepere);
	const mobilier = new Set([...mobilierDesPages, ...repetees.flatMap((groupe) => groupe.map(({ numero }) => numero))]);
	const enTableau = readSynthese(reparees, mobilier);
	const hors = new Set([...mobilier, ...(enTableau?.lignes ?? [])]);
	const { premiers, propres } = findFiches(reparees, hors, texte);
	const { lignes, nommes } = nameNiveaux(
		reparees,
		premiers.map(({ bloc }) => bloc.at(-1)?.code ?? '')
	);
	const enLignes = nommes.length === 0 ? premiers : readBlocs(findCorps(lignes, hors, propres), texte.mots);
	const prisesDesCorps = enLignes.flatMap(({ corps }) => corps.lignes.map(({ numero }) => numero));
	const tableaux = findTableauxDActions(lignes, new Set([...mobilier, ...prisesDesCorps])).filter(
		(tableau) => !isSynthese(tableau, enLignes)
	);
	// A table whose rows are the fiches themselves gathers nothing else.
	const synthese = tableaux.some(({ ligne }) => ligne === enTableau?.lignes[0]) ? null : enTableau;
	const corps = [...enLignes, ...tableaux.flatMap(({ fiches }) => fiches)].sort((a, b) => lineOf(a) - lineOf(b));
	if (corps.length === 0) return null;
	const { racines, brancheDe, prises } = plant(lignes, corps, synthese, hors);
	const desFiches = corps.flatMap((un) => un.corps.lignes.map(({ numero }) => numero));
	for (const numero of plantListes(lignes, racines, hors.union(new Set(desFiches)), texte.mots)) prises.add(numero);
	const lues = readFiches(corps, texte, lignes);
	const connus = namesIn(lues);
	const idDe = numberNoeuds(racines);
	const fiches = corps.map((un, i): FicheLibre => {
		const branche = brancheDe.get(un)!;
		const proposee = toProposee(lues[i]!, branche, idDe.get(branche)!, connus);
		return { proposee, placee: placeOf(lues[i]!, branche), branche, bloc: un.bloc };
	});
	for (const { bloc, placee } of fiches) {
		for (const { lignes } of bloc) for (const numero of lignes) prises.add(numero);
		for (const numero of placee.fiche.lignes) prises.add(numero);
	}
	const lecture = {
		fiches,
		racines,
		synthese,
		coquilles,
		repetees,
		nommes,
		tableaux,
		titresPris: findTitresPris(fiches, corps)
	};
	return {
		...lecture,
		noeuds: toNoeuds(racines, idDe),
		doutes: findDoutesLibres(lecture),
		prises,
		mobilier
	};
}

/** By the labels that pactes share; else, under headings of actions, by those that this text repeats. */
function findFiches(
	lignes: readonly Ligne[],
	hors: ReadonlySet<number>,
	{ mots }: Texte
): { premiers: FicheEnCorps[]; propres: ReadonlySet<string> } {
	const connues = readBlocs(findCorps(lignes, hors), mots);
	if (connues.length > 0) return { premiers: connues, propres: new Set() };
	const propres = findEtiquettesPropres(lignes, hors);
	const premiers = readBlocs(findCorps(lignes, hors, propres), mots);
	const titrees = premiers.filter(({ bloc }) => bloc.at(-1)?.code && isDAction(bloc.at(-1)!.niveau ?? ''));
	return titrees.length === premiers.length ? { premiers, propres } : { premiers: [], propres: new Set() };
}

function lineOf({ bloc, corps }: FicheEnCorps): number {
	return bloc.at(-1)?.ligne ?? corps.lignes[0]!.numero;
}

/** The shape of a code: « AA-0 » for « FA-07 ». */
function formOf(code: string): string {
	return code.replace(/\d+/g, '0').replace(/[A-Za-z]/g, 'A');
}

function findTitresPris(fiches: readonly FicheLibre[], corps: readonly FicheEnCorps[]): LectureLibre['titresPris'] {
	const formes = new Set(fiches.map(({ bloc }) => formOf(bloc.at(-1)?.code ?? '')));
	return corps.flatMap(({ corps: { lignes } }, i) =>
		lignes.flatMap((ligne) => {
			const intitule = isMarked(ligne) || ligne.paire !== undefined ? null : readIntitule(ligne);
			if (intitule === null || intitule.code === '' || intitule.titre === '' || ligne.rang !== null) return [];
			const commeEux = intitule.niveau !== null || (intitule.code.length > 2 && formes.has(formOf(intitule.code)));
			return commeEux ? [{ ligne, branche: fiches[i]!.branche }] : [];
		})
	);
}

// — The tree —

function plant(
	lignes: readonly Ligne[],
	corps: readonly FicheEnCorps[],
	synthese: SyntheseLue | null,
	hors: ReadonlySet<number>
): { racines: Branche[]; brancheDe: Map<FicheEnCorps, Branche>; prises: Set<number> } {
	if (synthese !== null) {
		const racines = plantSynthese(synthese);
		const brancheDe = matchFiches(corps, leavesOf(racines));
		// A table that names hardly any of the fiches gathers something else.
		if (brancheDe.size * 2 >= corps.length) {
			plantOrphans(corps, brancheDe, racines);
			// The table is compared with the fiches, and kept as it stands: what it alone says is not lost.
			return { racines, brancheDe, prises: new Set() };
		}
	}
	const { racines, brancheDe, lignes: prises } = plantIntitules(lignes, corps, hors);
	return { racines, brancheDe, prises };
}

/** A fiche that the table does not name stands beside the one before it. */
function plantOrphans(corps: readonly FicheEnCorps[], brancheDe: Map<FicheEnCorps, Branche>, racines: Branche[]): void {
	let voisine: Branche | null = null;
	for (const un of corps) {
		const branche = brancheDe.get(un);
		if (branche === undefined) {
			const { titre, code, ligne } = un.bloc.at(-1) ?? { titre: '', code: '', ligne: un.corps.lignes[0]!.numero };
			const parent: Branche | null = voisine?.parent ?? null;
			const orpheline: Branche = {
				...{ niveau: voisine?.niveau ?? 'action', code, entier: code, titre, ligne, ordre: ligne },
				...{ parent, enfants: [], rangee: null, rappels: [] }
			};
			const freres: Branche[] = parent?.enfants ?? racines;
			freres.splice(voisine === null ? 0 : freres.indexOf(voisine) + 1, 0, orpheline);
			brancheDe.set(un, orpheline);
			voisine = orpheline;
		} else voisine = branche;
	}
}

function numberNoeuds(racines: readonly Branche[]): Map<Branche, string> {
	const idDe = new Map<Branche, string>();
	for (let etage = racines; etage.length > 0; etage = etage.flatMap(({ enfants }) => enfants))
		for (const branche of etage) idDe.set(branche, `n${idDe.size + 1}`);
	return idDe;
}

/** Level by level from the top, each in the order of the text. */
function toNoeuds(racines: readonly Branche[], idDe: ReadonlyMap<Branche, string>): NoeudPropose[] {
	return [...idDe].map(([{ parent, niveau, entier, titre, ligne }, id]) => ({
		id,
		parent: parent === null ? null : idDe.get(parent)!,
		niveau,
		code: entier,
		titre,
		ligne
	}));
}

// — The fiches —

function readFiches(corps: readonly FicheEnCorps[], { mots }: Texte, lignes: readonly Ligne[]): FicheLue[] {
	const brutes = corps.map(({ corps, bloc }): FicheBrute => {
		const { code, titre } = bloc.at(-1) ?? { code: '', titre: '' };
		return { index: 0, entete: { code, titre, forme: '' }, avant: [], lignes: corps.lignes };
	});
	const usages = { ...readUsages(brutes, null, mots), melange: true };
	return corps.map(({ corps, bloc }, i) => {
		const premiere = headOf(bloc) ?? corps.lignes[0]!.numero;
		const fiche = readFiche(brutes[i]!, lignes[premiere - 1]!, usages);
		fiche.ligneDuTitre = bloc.at(-1)?.ligne ?? premiere;
		return fiche;
	});
}

/** Where a fiche begins: at the first of its headings that is not of an axe above it. */
function headOf(bloc: FicheEnCorps['bloc']): number | undefined {
	return (bloc.find(({ niveau }) => niveau !== null && isDAction(niveau)) ?? bloc.at(-1))?.ligne;
}

/** The names that the fiches print in lists: a name alone in another list is known by them. */
function namesIn(fiches: readonly FicheLue[]): Set<string> {
	const connus = new Set<string>();
	for (const { partenaires, pilote } of fiches) {
		const { noms } = splitAvecIntroduction(partenaires);
		if (noms.length > 1) for (const nom of noms) connus.add(sameForm(nom));
		for (const nom of splitPilotes(pilote)) connus.add(sameForm(nom));
	}
	return connus;
}

function toProposee(fiche: FicheLue, branche: Branche, noeud: string, connus: ReadonlySet<string>): FicheProposee {
	const { noms, ouverte, phrase } = splitAvecIntroduction(fiche.partenaires, connus);
	const titre = bestTitre(fiche.titre, branche.titre);
	if (branche.titre === '' || isCapitales(branche.titre) || branche.rangee !== null) branche.titre = titre;
	const imprime = branche.rangee?.code ?? '';
	return {
		noeud,
		code: branche.entier,
		code_imprime: imprime === '' ? fiche.codeImprime : imprime,
		titre,
		ligne: fiche.ligne,
		pilotes: splitPilotesAvec(fiche.pilote, branche.rangee?.pilote ?? null, connus),
		partenaires: noms,
		...(phrase === null ? {} : { partenaires_texte: phrase }),
		liste_ouverte: ouverte,
		echeance: fiche.echeance,
		champs: fiche.champs
	};
}

/** A heading in capitals has lost its accents and its names; a table that prints it otherwise has kept them. */
function bestTitre(imprime: string, ailleurs: string): string {
	if (imprime === '') return ailleurs;
	return isCapitales(imprime) && !isCapitales(ailleurs) && sameForm(imprime) === sameForm(ailleurs)
		? ailleurs
		: imprime;
}

function placeOf(fiche: FicheLue, branche: Branche): FichePlacee {
	return { fiche, axe: null, code: branche.entier, entree: null, listee: false, nommee: false };
}
