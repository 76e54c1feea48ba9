import { byAlphabet, cleanDefinition, faultOf, type Definition } from '#lib/glossaire/entree.ts';
import { cleOfSigle } from '#lib/glossaire/sigles.ts';
import { foldNom } from '#lib/organismes/fold.ts';
import {
	PARTIES_VIDES,
	type ArchivePacte,
	type FicheArchive,
	type NoeudArchive,
	type OrganismeArchive,
	type ValeurChamp,
	type ValeurOrganismes,
	type ValeurSchemas,
	type ValeurTableau
} from '#lib/pactes/archive.ts';
import { emptyValeur } from '#lib/pactes/archive-schema.ts';
import { codesOf } from '#lib/orientations/arbre.ts';
import { arbreFromRows } from '#lib/orientations/arbre-from-rows.ts';
import {
	allChamps,
	ECHEANCE,
	LIBELLE,
	PARTENAIRES,
	PILOTES,
	type Champ,
	type ChampTableau,
	type Modele
} from '#lib/pactes/modele.ts';
import type { SchemaLie } from '#lib/schemas/schema-lie.ts';
import {
	champId,
	colonneId,
	findNiveau,
	findVariante,
	idOf,
	indicateurColonne,
	missingColonnes,
	modeleOf,
	natureNamed
} from './modele-from-proposition.ts';
import { planOfProposition } from './plan-of-proposition.ts';
import type { ChampPropose, FicheProposee, NoeudPropose, Proposition, TableauPropose } from './proposition.ts';
import { readSchemas } from './schemas-cites.ts';

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
	const schemas = new Schemas();
	const fiches = proposition.fiches.map((fiche) => ficheOf(fiche, modele, organismes, schemas));
	const signataires = proposition.signataires.map(({ organisme, personne = '', reserve }) => ({
		organisme: organismes.idOf(organisme),
		personne,
		fonction: '',
		statut: reserve?.trim() ? ('sous_reserve' as const) : ('pressenti' as const),
		date: '',
		instance: reserve?.trim() ?? ''
	}));
	const { sections, parties } = planOfProposition(proposition, (nom) => organismes.idOf(nom));
	return {
		format: 'copacte/pacte',
		version: 1,
		...reglages,
		modele,
		organismes: organismes.list,
		noeuds: noeudsOf(proposition, modele),
		fiches,
		signataires,
		engagements: [],
		textes: proposition.restes,
		...PARTIES_VIDES,
		schemas: schemas.list,
		sections,
		parties,
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

/** Nodes with the codes that the text printed, where the pacte will compute others. */
function noeudsOf({ noeuds, fiches }: Proposition, modele: Modele): NoeudArchive[] {
	const places = placesOf(noeuds, modele);
	const codes = codesOf(arbreFromRows(places.map((noeud) => ({ ...noeud, aClasser: false }))), modele);
	const imprimes = new Map(fiches.map(({ noeud, code_imprime }) => [noeud, code_imprime]));
	const lus = new Map(noeuds.map(({ id, code }) => [id, code]));
	return places.map((noeud) => {
		const code = codes.get(noeud.id) ?? '';
		const anciens = [imprimes.get(noeud.id) ?? '', lus.get(noeud.id) ?? ''].filter((ancien) => !isPartOf(ancien, code));
		return { ...noeud, ...(anciens.length > 0 && { anciens: [...new Set(anciens)] }) };
	});
}

function placesOf(noeuds: readonly NoeudPropose[], modele: Modele): NoeudArchive[] {
	return inReadingOrder(noeuds).map(({ id, parent, niveau, titre }) => ({
		id,
		parent,
		niveau: findNiveau(modele, niveau)?.id ?? idOf(niveau),
		titre
	}));
}

/** The code that each node of a proposal will have in its pacte. */
export function codesOfProposition(proposition: Proposition): Map<string, string> {
	const modele = modeleOf(proposition);
	const places = placesOf(proposition.noeuds, modele);
	return codesOf(arbreFromRows(places.map((noeud) => ({ ...noeud, aClasser: false }))), modele);
}

/** « 2 » says no more than « 1.2 ». */
function isPartOf(ancien: string, code: string): boolean {
	return (
		ancien === '' ||
		ancien === code ||
		(/^\d+$/.test(ancien) && code.endsWith(`.${ancien}`)) ||
		(ancien.length === 1 && code.endsWith(ancien))
	);
}

/** Schemas by their folded name; « k1 » is the first. */
class Schemas {
	readonly list: SchemaLie[] = [];
	readonly #byFold = new Map<string, string>();

	valueOf(imprime: string): ValeurSchemas {
		const { noms, texte } = readSchemas(imprime);
		return { schemas: noms.map((nom) => this.#idOf(nom)), texte };
	}

	#idOf(nom: string): string {
		const fold = foldNom(nom);
		const known = this.#byFold.get(fold);
		if (known !== undefined) return known;
		this.list.push({ intitule: nom, dans: '', precision: '' });
		const id = `k${this.list.length}`;
		this.#byFold.set(fold, id);
		return id;
	}
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

function ficheOf(fiche: FicheProposee, modele: Modele, organismes: Organismes, schemas: Schemas): FicheArchive {
	const champs: Record<string, ValeurChamp> = {};
	const connus = allChamps(modele);
	const etiquettes = new Map<string, string>();
	for (const propose of fiche.champs) {
		const id = champId(propose);
		const champ = connus.find((known) => known.id === id) as Champ;
		const autre = etiquettes.has(id) && etiquettes.get(id) !== propose.etiquette;
		champs[id] = joined(champs[id], valueFor(champ, propose, schemas), autre ? propose.etiquette : '');
		etiquettes.set(id, propose.etiquette);
	}
	if (connus.some(({ id }) => id === ECHEANCE)) champs[ECHEANCE] = { texte: fiche.echeance };
	champs[PILOTES] = organismesOf(fiche.pilotes, organismes);
	champs[PARTENAIRES] = {
		...organismesOf(fiche.partenaires, organismes),
		ouverte: fiche.liste_ouverte,
		texte: fiche.partenaires_texte ?? ''
	};
	const variante = varianteOf(fiche, modele);
	return {
		noeud: fiche.noeud,
		...(variante !== null && { variante }),
		champs: Object.fromEntries(connus.map((champ) => [champ.id, champs[champ.id] ?? emptyValeur(champ)]))
	};
}

/** The form whose columns are those that this fiche prints. */
function varianteOf({ champs }: FicheProposee, modele: Modele): string | null {
	for (const propose of champs) {
		const champ = modele.champs.find(({ id }) => id === champId(propose));
		if (champ?.type !== 'tableau' || !('colonnes' in propose)) continue;
		const sans = missingColonnes(champ, propose.colonnes);
		if (sans.length > 0) return findVariante(modele.variantes ?? [], champ.id, sans)?.id ?? null;
	}
	return null;
}

function organismesOf(noms: readonly string[], organismes: Organismes): ValeurOrganismes {
	return { organismes: [...new Set(noms.map((nom) => organismes.idOf(nom)))], ouverte: false, texte: '' };
}

/** The same meaning twice in a fiche: the second adds to the first, under its own label when it has another. */
function joined(first: ValeurChamp | undefined, second: ValeurChamp, etiquette: string): ValeurChamp {
	if (!first) return second;
	if ('puces' in first && 'puces' in second) return { puces: [...first.puces, ...second.puces] };
	if ('schemas' in first && 'schemas' in second)
		return {
			schemas: [...new Set([...first.schemas, ...second.schemas])],
			texte: [first.texte, second.texte].filter((texte) => texte !== '').join('\n')
		};
	if ('lignes' in first && 'lignes' in second) return joinedTables(first, second);
	if ('texte' in first && 'texte' in second) {
		const titre = etiquette === '' ? '' : `${etiquette}\u00a0:\n`;
		return { ...first, texte: `${first.texte}\n${titre}${second.texte}` };
	}
	return first;
}

function joinedTables(first: ValeurTableau, second: ValeurTableau): ValeurTableau {
	const suites = [
		...(first.suites ?? []),
		...(second.suites ?? []).map(({ ligne, colonne }) => ({ ligne: ligne + first.lignes.length, colonne }))
	];
	return { lignes: [...first.lignes, ...second.lignes], ...(suites.length > 0 && { suites }) };
}

function valueFor(champ: Champ, propose: ChampPropose, schemas: Schemas): ValeurChamp {
	switch (champ.type) {
		case 'tableau':
			return 'colonnes' in propose
				? tableOf(champ, propose)
				: { lignes: linesOf(propose).map((line) => firstCell(champ, line)) };
		case 'indicateurs':
			return { lignes: indicateursOf(propose) };
		case 'schemas':
			return schemas.valueOf(linesOf(propose).join('\n'));
		case 'puces':
			return { puces: linesOf(propose).map((line) => line.replace(/^- /, '')) };
		default: {
			const lines = linesOf(propose);
			return { texte: ('puces' in propose && lines.length > 1 ? lines.map((line) => `- ${line}`) : lines).join('\n') };
		}
	}
}

function tableOf(champ: ChampTableau, { colonnes, lignes, suites = [] }: TableauPropose): ValeurTableau {
	const ids = colonnes.map((etiquette, c) => colonneId(champ.colonnes, etiquette, c));
	const cell = (texte: string, id: string) =>
		champ.colonnes.find((colonne) => colonne.id === id)?.type === 'liste' ? texte.replace(/^- /gm, '') : texte;
	const placees = suites
		.map(([ligne, c]) => ({ ligne, colonne: ids[c] ?? '' }))
		.filter(({ ligne, colonne }) => ligne > 0 && ligne < lignes.length && colonne !== '');
	return {
		lignes: lignes.map((rangee) =>
			Object.fromEntries(champ.colonnes.map(({ id }) => [id, cell(rangee[ids.indexOf(id)] ?? '', id)]))
		),
		...(placees.length > 0 && { suites: placees })
	};
}

function firstCell({ colonnes }: ChampTableau, texte: string): Record<string, string> {
	return Object.fromEntries(colonnes.map(({ id }, c) => [id, c === 0 ? texte : '']));
}

/** One indicator a row; what its words say of its nature is proposed. */
function indicateursOf(propose: ChampPropose): Record<string, string>[] {
	if (!('colonnes' in propose))
		return linesOf(propose)
			.map((line) => line.replace(/^- /, ''))
			.map((libelle) => ({ libelle, nature: natureOf(libelle), cible: '', ventilation: '' }));
	const ids = propose.colonnes.map(indicateurColonne);
	return propose.lignes.map((rangee) => {
		const cell = (id: string) => rangee[ids.findIndex((one) => one === id)] ?? '';
		const libelle = cell(LIBELLE);
		const nature = natureNamed(cell('nature')) ?? natureOf(libelle);
		return { libelle, nature, cible: cell('cible'), ventilation: cell('ventilation') };
	});
}

function natureOf(libelle: string): string {
	const plie = foldNom(libelle);
	if (/^(?:a definir|a preciser|a determiner)\b/.test(plie)) return 'à définir';
	if (/^(?:nombre|nb|effectif|nbre)\b/.test(plie)) return 'nombre';
	if (/^(?:taux|part|pourcentage|proportion|%)/.test(plie)) return 'taux';
	if (/^(?:montant|budget|cout)\b/.test(plie)) return 'montant';
	return /^(?:nature|typologie)\b/.test(plie) ? 'nature' : '';
}

function linesOf(champ: ChampPropose): string[] {
	if ('puces' in champ) return champ.puces;
	if ('texte' in champ) return champ.texte.split('\n').filter((line) => line !== '');
	return [champ.colonnes, ...champ.lignes].map((row) => row.join(' | '));
}
