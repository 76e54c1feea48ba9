import { byAlphabet, cleanDefinition, faultOf, type Definition } from '#lib/glossaire/entree.ts';
import { cleOfSigle } from '#lib/glossaire/sigles.ts';
import { foldNom } from '#lib/organismes/fold.ts';
import {
	PARTIES_VIDES,
	type ArchivePacte,
	type FicheArchive,
	type OrganismeArchive,
	type ValeurChamp,
	type ValeurOrganismes
} from '#lib/pactes/archive.ts';
import { planOf } from '#lib/sections/plan-type.ts';
import { PLAN_TYPE } from '#lib/sections/section.ts';
import {
	ECHEANCE,
	MODELE_ORNE,
	PARTENAIRES,
	PILOTES,
	type Champ,
	type Modele,
	type Niveau
} from '#lib/pactes/modele.ts';
import type { ChampPropose, FicheProposee, NoeudPropose, Proposition } from './proposition.ts';

/** What people settle by hand before a proposal becomes a pacte. */
export interface Reglages {
	intitule: string;
	territoire: string;
	debut: number | null;
	fin: number | null;
}

/** Turns a reviewed proposal into a pacte: nothing that it holds is left out. */
export function archiveFromProposition(proposition: Proposition, reglages: Reglages): ArchivePacte {
	const modele = modeleOf(proposition);
	const organismes = new Organismes();
	const fiches = proposition.fiches.map((fiche) => ficheOf(fiche, modele, organismes));
	const signataires = proposition.signataires.map(({ organisme, personne = '' }) => ({
		organisme: organismes.idOf(organisme),
		personne,
		fonction: '',
		statut: 'pressenti' as const,
		date: '',
		instance: ''
	}));
	const engagements = proposition.engagements.map(({ organisme, puces }) => ({
		organisme: organisme === null ? null : organismes.idOf(organisme),
		puces
	}));
	return {
		format: 'copacte/pacte',
		version: 1,
		...reglages,
		modele,
		organismes: organismes.list,
		noeuds: inReadingOrder(proposition.noeuds).map(({ id, parent, niveau, titre }) => ({
			id,
			parent,
			niveau: levelId(niveau),
			titre
		})),
		fiches,
		signataires,
		engagements,
		textes: proposition.restes,
		...PARTIES_VIDES,
		sections: planOf(PLAN_TYPE),
		glossaire: glossaireOf(proposition)
	};
}

/** A review may have emptied an entry, or given two the same sigle. */
function glossaireOf({ glossaire = [] }: Proposition): Definition[] {
	const entrees = new Map<string, Definition>();
	for (const { sigle, developpe, definition = '' } of glossaire) {
		const entree = cleanDefinition({ sigle, developpe, definition });
		const cle = cleOfSigle(entree.sigle);
		if (faultOf(entree) === null && !entrees.has(cle)) entrees.set(cle, entree);
	}
	return [...entrees.values()].sort(byAlphabet);
}

/** Each node, then what hangs below it: a review may have moved a node under one that comes later. */
function inReadingOrder(noeuds: readonly NoeudPropose[], parent: string | null = null): NoeudPropose[] {
	return noeuds
		.filter((noeud) => noeud.parent === parent)
		.flatMap((noeud) => [noeud, ...inReadingOrder(noeuds, noeud.id)]);
}

/** Bodies by their folded name: « CCAS – CIAS » and « CCAS-CIAS » are one. */
class Organismes {
	readonly list: OrganismeArchive[] = [];
	readonly #byFold = new Map<string, OrganismeArchive>();

	idOf(nom: string): string {
		const fold = foldNom(nom);
		let organisme = this.#byFold.get(fold);
		if (!organisme) {
			organisme = { id: `o${this.list.length + 1}`, nom: nom.trim(), alias: [] };
			this.list.push(organisme);
			this.#byFold.set(fold, organisme);
		}
		return organisme.id;
	}
}

/** The Orne's model, completed by the levels and the fields that this text has and it lacks. */
function modeleOf(proposition: Proposition): Modele {
	const champs = [...MODELE_ORNE.champs];
	for (const champ of proposition.fiches.flatMap((fiche) => fiche.champs)) {
		if (!champs.some(({ id }) => id === champId(champ))) champs.splice(-3, 0, newChamp(champ));
	}
	return { ...MODELE_ORNE, champs, niveaux: niveauxOf(proposition) };
}

function newChamp(champ: ChampPropose): Champ {
	const common = { id: champId(champ), etiquette: sentenceCase(champ.etiquette), requis: false };
	return 'puces' in champ ? { ...common, type: 'puces', puce: 'une ligne' } : { ...common, type: 'texte' };
}

/** A recognised meaning, else the label itself. */
function champId({ cle, etiquette }: ChampPropose): string {
	return cle ?? levelId(etiquette);
}

function levelId(nom: string): string {
	return (
		foldNom(nom)
			.replace(/[^a-z0-9]+/g, '_')
			.replace(/^_|_$/g, '') || 'autre'
	);
}

/** Labels are often printed in capitals. */
function sentenceCase(text: string): string {
	const trimmed = text.replace(/\s*:\s*$/, '').trim();
	return trimmed === trimmed.toUpperCase() ? trimmed.charAt(0) + trimmed.slice(1).toLowerCase() : trimmed;
}

function niveauxOf({ noeuds, fiches }: Proposition): Niveau[] {
	const known = new Set(MODELE_ORNE.niveaux.map(({ id }) => id));
	if (noeuds.every(({ niveau }) => known.has(levelId(niveau)))) return MODELE_ORNE.niveaux;
	const levelOfNode = new Map(noeuds.map(({ id, niveau }) => [id, levelId(niveau)]));
	const withFiche = new Set(fiches.map(({ noeud }) => levelOfNode.get(noeud)));
	const niveaux = new Map<string, Niveau>();
	for (const { niveau: nom, parent, code } of noeuds) {
		const id = levelId(nom);
		const niveau = niveaux.get(id) ?? newNiveau(id, nom, withFiche.has(id));
		const above = parent === null ? null : (levelOfNode.get(parent) ?? null);
		if (!niveau.parents.includes(above)) niveau.parents.push(above);
		if (code !== '') niveau.numerotation = '1';
		niveaux.set(id, niveau);
	}
	return [...niveaux.values()];
}

function newNiveau(id: string, nom: string, fiche: boolean): Niveau {
	const orne = MODELE_ORNE.niveaux.find((niveau) => niveau.id === id);
	const pluriel = nom.endsWith('s') || nom.endsWith('x') ? nom : `${nom}s`;
	return { id, nom, pluriel, genre: 'm', ...orne, parents: [], numerotation: 'aucune', fiche };
}

function ficheOf(fiche: FicheProposee, modele: Modele, organismes: Organismes): FicheArchive {
	const champs: Record<string, ValeurChamp> = {};
	for (const champ of fiche.champs) {
		const id = champId(champ);
		champs[id] = joined(champs[id], valueFor(modele.champs.find((known) => known.id === id) as Champ, champ));
	}
	champs[ECHEANCE] = { texte: fiche.echeance };
	champs[PILOTES] = organismesOf(fiche.pilotes, organismes);
	champs[PARTENAIRES] = {
		...organismesOf(fiche.partenaires, organismes),
		ouverte: fiche.liste_ouverte,
		texte: fiche.partenaires_texte ?? ''
	};
	for (const champ of modele.champs) champs[champ.id] ??= emptyValue(champ);
	return { noeud: fiche.noeud, champs };
}

function organismesOf(noms: readonly string[], organismes: Organismes): ValeurOrganismes {
	return { organismes: [...new Set(noms.map((nom) => organismes.idOf(nom)))], ouverte: false, texte: '' };
}

/** The same label twice in a fiche: the second adds to the first. */
function joined(first: ValeurChamp | undefined, second: ValeurChamp): ValeurChamp {
	if (!first) return second;
	if ('puces' in first && 'puces' in second) return { puces: [...first.puces, ...second.puces] };
	if ('texte' in first && 'texte' in second) return { ...first, texte: `${first.texte}\n${second.texte}` };
	return first;
}

function valueFor(champ: Champ, proposed: ChampPropose): ValeurChamp {
	const lines = linesOf(proposed);
	if (champ.type === 'tableau') {
		const [first] = champ.colonnes;
		return { lignes: first ? lines.map((line) => ({ [first.id]: line })) : [] };
	}
	return champ.type === 'puces' ? { puces: lines } : { texte: lines.join('\n') };
}

function linesOf(champ: ChampPropose): string[] {
	if ('puces' in champ) return champ.puces;
	if ('texte' in champ) return champ.texte.split('\n');
	return [champ.colonnes, ...champ.lignes].map((row) => row.join(' | '));
}

function emptyValue(champ: Champ): ValeurChamp {
	switch (champ.type) {
		case 'puces':
			return { puces: [] };
		case 'texte':
		case 'echeance':
			return { texte: '' };
		case 'organismes':
			return { organismes: [], ouverte: false, texte: '' };
		case 'tableau':
			return { lignes: [] };
		default:
			return champ satisfies never;
	}
}
