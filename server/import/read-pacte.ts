import type { Doute, FicheProposee, NoeudPropose, Proposition } from '#lib/import/proposition.ts';
import { readAxes, type Axe, type AxesLus, type SectionLue } from './axes.ts';
import { isRattachement } from './corps.ts';
import { findDoutes, findDoutesDesFiches } from './doutes.ts';
import { readEtiquettes } from './etiquettes.ts';
import { readFiche, readUsages } from './fiche.ts';
import { readGlossaireDuTexte, type GlossaireLu } from './glossaire.ts';
import { readLignes, type Ligne, type Texte } from './lignes.ts';
import { readLibre, type LectureLibre } from './lecture-libre.ts';
import { readListe } from './listes.ts';
import { findMobilier } from './mobilier.ts';
import { fold, sameForm } from './mots.ts';
import { splitOrganismes, splitPilotes } from './organismes.ts';
import { numeroOf, placeFiches, type FichePlacee, type Places } from './places.ts';
import { readPlan, type Plan } from './plan.ts';
import { readEnteteDeFiche, readMentionDAxe, readTitreDeListe } from './reperes.ts';
import { findFichesManquees, findRestes } from './restes.ts';
import { readSignataires, readTableDeSignataires, type SignatairesLus } from './signataires.ts';
import { readStructures } from './structures.ts';
import { pairRangees, unmarkEtiquettes } from './tableaux.ts';
import { readTitre, type TitreLu } from './titre.ts';

/**
 * Reads the text of a pacte: a proposal for people to correct. Landmarks are labels and layout, never the words of one
 * text. Each stage is a pure function; whatever none of them claims ends in `restes`.
 *
 *   lines → furniture and title → plan (sections, lists, fiches) → axes → places of the fiches → doubts and remainders
 */
export function readPacte(source: string): Proposition {
	const texte = readLignes(source);
	const { lignes } = texte;
	unmarkEtiquettes(lignes);
	pairRangees(lignes);
	const mobilier = findMobilier(lignes, (ligne) => isRepere(ligne, lignes));
	const titre = readTitre(lignes);
	const plan = readPlan(lignes, mobilier);
	const avecTete = plan.sections.reduce((nombre, { fiches }) => nombre + fiches.length, 0);
	// Where no heading names an axe and the fiches do, they are read by their fields.
	if (avecTete === 0 || (plan.niveau === null && lignes.some((ligne) => !ligne.vide && isRattachement(ligne)))) {
		const libre = readLibre(texte, mobilier, (ligne) => isRepere(ligne, lignes));
		if (libre !== null && libre.fiches.length >= avecTete) return proposeLibre(texte, titre, plan, libre);
	}
	const sections = readSections(plan, texte);
	const axes = readAxes(sections);
	const places = placeFiches(sections, axes);
	const noeuds = buildNoeuds(sections, axes, places);
	const connus = readPartenairesConnus(places);
	const fiches = places.fiches.map((placee) => ({
		placee,
		proposee: toProposee(placee, noeuds.idDe.get(placee)!, connus)
	}));
	const signataires = readTousSignataires(plan, texte, namesOf(fiches));
	const glossaire = readGlossaireDuTexte(lignes, mobilier);
	const prises = findPrises({ titre, plan, sections, axes, signataires, glossaire, lignes });
	const lu = { noeuds: noeuds.noeuds, signataires: signataires.signataires, fiches: fiches.length };
	const structures = readStructures(texte, lu, { prises, mobilier });
	return {
		titre: titre.titre,
		periode: titre.periode,
		...structures.lu,
		fiches: fiches.map(({ proposee }) => proposee).sort((a, b) => a.ligne - b.ligne),
		...(glossaire.entrees.length > 0 && { glossaire: glossaire.entrees }),
		doutes: inOrder([
			...findDoutes({ texte, sections, axes, places, fiches, signataires, prises }, structures),
			...findFichesManquees(lignes, prises, mobilier)
		]),
		restes: findRestes(lignes, prises.union(structures.prises), mobilier)
	};
}

/** The proposal of a text whose fiches have no « Fiche action n » at their head. */
function proposeLibre(texte: Texte, titre: TitreLu, plan: Plan, libre: LectureLibre): Proposition {
	const { noeuds, fiches, mobilier } = libre;
	const signataires = readTousSignataires(plan, texte, namesOf(fiches));
	const glossaire = readGlossaireDuTexte(texte.lignes, mobilier);
	const prises = new Set([...titre.lignes, ...signataires.lignes, ...glossaire.lignes, ...libre.prises]);
	const lu = { noeuds, signataires: signataires.signataires, fiches: fiches.length };
	const structures = readStructures(texte, lu, { prises, mobilier });
	const places = { fiches: fiches.map(({ placee }) => placee), entrees: new Map() };
	const doutes = findDoutesDesFiches({ texte, places, fiches, signataires, prises });
	return {
		titre: titre.titre,
		periode: titre.periode,
		...structures.lu,
		fiches: fiches.map(({ proposee }) => proposee),
		...(glossaire.entrees.length > 0 && { glossaire: glossaire.entrees }),
		doutes: inOrder([
			...libre.doutes,
			...doutes,
			...structures.doutes,
			...findFichesManquees(texte.lignes, prises, mobilier)
		]),
		restes: findRestes(texte.lignes, prises.union(structures.prises), mobilier)
	};
}

function inOrder(doutes: Doute[]): Doute[] {
	return doutes.sort((a, b) => a.ligne - b.ligne);
}

function isRepere(ligne: Ligne, lignes: readonly Ligne[]): boolean {
	return (
		readEtiquettes(ligne).length > 0 ||
		readTitreDeListe(ligne) !== null ||
		readEnteteDeFiche(ligne) !== null ||
		readMentionDAxe(lignes, ligne.numero - 1) !== null
	);
}

function readSections(plan: Plan, { lignes, mots }: Texte): SectionLue[] {
	const usages = readUsages(
		plan.sections.flatMap(({ fiches }) => fiches),
		plan.niveau,
		mots
	);
	return plan.sections.map(({ mention, listes, fiches }) => ({
		mention,
		listes: listes.map((liste) => readListe(liste, lignes[liste.index]!, mots)),
		fiches: fiches.map((fiche) => readFiche(fiche, lignes[fiche.index]!, usages))
	}));
}

// — Nodes —

interface Noeuds {
	noeuds: NoeudPropose[];
	idDe: Map<FichePlacee, string>;
}

interface NoeudEnAttente {
	axe: Axe | null;
	niveau: string;
	code: string;
	titre: string;
	ligne: number;
	/** Where the text first names it: nodes stand in the order of the text. */
	ordre: number;
	fiche: FichePlacee | null;
}

/** Level by level from the top, each in the order of the text. */
function buildNoeuds(sections: readonly SectionLue[], { axes, axeDe }: AxesLus, places: Places): Noeuds {
	const noeuds: NoeudPropose[] = [];
	const idDe = new Map<FichePlacee, string>();
	const idDAxe = new Map<Axe | null, string>();
	const rangs = new Map<Axe | null, number>([...axes.values()].map((axe, rang) => [axe, rang]));
	const add = (noeud: Omit<NoeudPropose, 'id'>): string => {
		const id = `n${noeuds.length + 1}`;
		noeuds.push({ id, ...noeud });
		return id;
	};
	for (const axe of axes.values()) {
		const { niveau, code, titre, ligne } = axe;
		idDAxe.set(axe, add({ parent: null, niveau, code, titre, ligne }));
	}
	const parNiveau = Map.groupBy([...entriesOf(sections, axeDe), ...actionsOf(places, axes)], ({ niveau }) => niveau);
	for (const attente of parNiveau.values()) {
		attente.sort((a, b) => (rangs.get(a.axe) ?? -1) - (rangs.get(b.axe) ?? -1) || a.ordre - b.ordre);
		for (const { axe, niveau, code, titre, ligne, fiche } of attente) {
			const id = add({ parent: idDAxe.get(axe) ?? null, niveau, code, titre, ligne });
			if (fiche !== null) idDe.set(fiche, id);
		}
	}
	return { noeuds, idDe };
}

/** Perspectives and the like: nodes without a fiche, and without a code unless their list numbers them. */
function entriesOf(sections: readonly SectionLue[], axeDe: AxesLus['axeDe']): NoeudEnAttente[] {
	return sections.flatMap((section) =>
		section.listes.flatMap(({ titre, entrees }) =>
			titre.genre !== 'niveau'
				? []
				: entrees.map((entree) => ({
						axe: axeDe.get(section) ?? null,
						niveau: titre.niveau,
						code: codeWithin(axeDe.get(section) ?? null, entree.code),
						titre: entree.titre,
						ligne: entree.ligne,
						ordre: entree.ligne,
						fiche: null
					}))
		)
	);
}

function codeWithin(axe: Axe | null, imprime: string | null): string {
	if (imprime === null) return '';
	return axe === null ? imprime : `${axe.code}.${numeroOf(imprime)}`;
}

/** One node for each fiche, and for each entry of a list that the text gives no fiche for. */
function actionsOf({ fiches, entrees }: Places, axes: AxesLus['axes']): NoeudEnAttente[] {
	const prises = new Set(fiches.map(({ entree }) => entree));
	const avecFiche = fiches.map((placee): NoeudEnAttente => {
		const { fiche, axe, code, entree } = placee;
		return {
			axe,
			niveau: 'action',
			code,
			titre: fiche.titre || (entree?.titre ?? ''),
			ligne: fiche.ligneDuTitre,
			ordre: entree?.ligne ?? fiche.ligne,
			fiche: placee
		};
	});
	const sansFiche = [...entrees.values()].flat().filter((entree) => !prises.has(entree));
	return avecFiche.concat(
		sansFiche.map(({ axe, numero, titre, ligne }) => ({
			axe: axes.get(axe ?? '') ?? null,
			niveau: 'action',
			code: axe === null ? numero : `${axe}.${numero}`,
			titre,
			ligne,
			ordre: ligne,
			fiche: null
		}))
	);
}

// — Fiches —

function toProposee(placee: FichePlacee, noeud: string, connus: ReadonlySet<string>): FicheProposee {
	const { fiche, code, entree } = placee;
	const { noms, ouverte, phrase } = splitOrganismes(fiche.partenaires, connus);
	return {
		noeud,
		code,
		code_imprime: fiche.codeImprime,
		titre: fiche.titre || (entree?.titre ?? ''),
		ligne: fiche.ligne,
		pilotes: splitPilotes(fiche.pilote),
		partenaires: noms,
		...(phrase === null ? {} : { partenaires_texte: phrase }),
		liste_ouverte: ouverte,
		echeance: fiche.echeance,
		champs: fiche.champs
	};
}

/** The names that the lists of partners print beside others: a name alone in another list is known by them. */
function readPartenairesConnus({ fiches }: Places): Set<string> {
	const connus = new Set<string>();
	for (const { fiche } of fiches) {
		const { noms } = splitOrganismes(fiche.partenaires);
		if (noms.length > 1) for (const nom of noms) connus.add(sameForm(nom));
		for (const pilote of splitPilotes(fiche.pilote)) connus.add(sameForm(pilote));
	}
	return connus;
}

// — Signatories —

function namesOf(fiches: readonly { proposee: FicheProposee }[]): string[] {
	const noms = new Map<string, string>();
	for (const { proposee } of fiches)
		for (const nom of [...proposee.pilotes, ...proposee.partenaires]) noms.set(fold(nom), nom);
	return [...noms.values()];
}

/** Several headings may speak of signatories; the one that most names stand under is theirs. */
function readTousSignataires(
	{ titresDeSignataires }: Plan,
	{ lignes, mots }: Texte,
	connus: readonly string[]
): SignatairesLus {
	const limites = { debut: 0, fin: lignes.length };
	let meilleurs = readTableDeSignataires(lignes);
	for (const titre of titresDeSignataires) {
		const lus = readSignataires(lignes, titre, limites, mots, connus);
		if (lus.signataires.length > meilleurs.signataires.length) meilleurs = lus;
	}
	return meilleurs;
}

// — What was understood —

interface Compris {
	titre: TitreLu;
	plan: Plan;
	sections: readonly SectionLue[];
	axes: AxesLus;
	signataires: SignatairesLus;
	glossaire: GlossaireLu;
	lignes: readonly Ligne[];
}

function findPrises({ titre, plan, sections, axes, signataires, glossaire, lignes }: Compris): Set<number> {
	const prises = new Set([...titre.lignes, ...signataires.lignes, ...glossaire.lignes]);
	for (const { listes, fiches } of sections) {
		for (const { lignes } of listes) for (const numero of lignes) prises.add(numero);
		for (const { lignes } of fiches) for (const numero of lignes) prises.add(numero);
	}
	for (const axe of axes.axes.values()) {
		for (const { mention } of axe.sections) addMention(mention!.index, mention!.fin);
		for (const { mention, ligne } of axe.rappels)
			// The heading of an introduction stays with it: read apart, one would not know which axe it introduces.
			if (ligne === axe.ligne || !isFollowedByProse(mention.fin)) addMention(mention.index, mention.fin);
	}
	for (const index of plan.titresDAxes) {
		const suivante = lignes.slice(index + 1, index + 4).find(({ vide }) => !vide);
		if (suivante !== undefined && prises.has(suivante.numero)) prises.add(index + 1);
	}
	return prises;

	function addMention(debut: number, fin: number): void {
		for (let i = debut; i <= fin; i++) prises.add(i + 1);
	}

	function isFollowedByProse(index: number): boolean {
		const suivante = lignes[index + 1];
		return (
			suivante !== undefined &&
			!suivante.vide &&
			readMentionDAxe(lignes, index + 1) === null &&
			!prises.has(suivante.numero)
		);
	}
}
