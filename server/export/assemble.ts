import { periodOf, counted } from '#lib/format.ts';
import {
	isProfonde,
	tableDeNiveaux,
	type Chemin,
	type Marche,
	type TableDeNiveaux
} from '#lib/fiches/synthese-table.ts';
import { arbreFromRows } from '#lib/orientations/arbre-from-rows.ts';
import { A_CLASSER, codesOf, parentOf, subtree, type Arbre, type Noeud } from '#lib/orientations/arbre.ts';
import type { ArchivePacte, FicheArchive, SectionArchive, ValeurChamp } from '#lib/pactes/archive.ts';
import type { PagesDeLaMention } from '#lib/pactes/mise-en-page.ts';
import { champsOfVariante, niveauOf, type Champ, type Niveau } from '#lib/pactes/modele.ts';
import type { GenreSection } from '#lib/sections/section.ts';
import { DomainError } from '../errors.ts';
import { printBilan, type BlocBilan } from './parties/bilan.ts';
import {
	printCadre,
	printMatrice,
	printParole,
	type BlocCadre,
	type BlocMatrice,
	type BlocParole
} from './parties/engagements.ts';
import { printFinancement, type BlocFinancement } from './parties/financement.ts';
import { printInstances, type BlocInstances } from './parties/gouvernance.ts';
import { printMethode, type BlocMethode } from './parties/methode.ts';
import { printSignataires, type SignataireImprime } from './parties/signatures.ts';
import { printChamp, printedLines } from './parties/champ.ts';
import {
	printFigures,
	printListeDesFigures,
	type BlocFigure,
	type BlocFigures,
	type BlocListeDesFigures
} from './parties/figure.ts';
import { fichiersOf, imageBloc, type BlocImage, type FichierJoint } from './parties/image.ts';
import { glossaireBlocs, type BlocGlossaire } from './parties/glossaire.ts';
import { printSchemas, schemasOf, type BlocSchemas } from './parties/schemas.ts';
import { printConstats, printPartenaires, type BlocConstats, type BlocPartenaires } from './parties/constats.ts';
import type { BlocCartesDeTable } from './feuilles/cartes-de-table.ts';
import type { BlocFeuillesDeRoute } from './feuilles/feuilles-de-route.ts';
import type { BlocPresence } from './feuilles/presence.ts';
import type { ProseImprimee } from './parties/prose.ts';
import { PlanImprime, type BlocSection, type Entete } from './plan-imprime.ts';
import { french } from './typographie.ts';

/** What is printed: all of it, its tableau de synthèse, a branch, or one fiche. `noeud` is an id of the archive. */
export type Portee =
	{ type: 'pacte' } | { type: 'synthese' } | { type: 'axe'; noeud: string } | { type: 'fiche'; noeud: string };

/** A document to print, as plain data: what a template lays out, in the order of reading. */
export interface DocumentImprime {
	/** For the file and its readers. */
	titre: string;
	/** At the foot of each page. */
	pied: string;
	blocs: Bloc[];
	/** Images that it draws. */
	fichiers?: FichierJoint[];
	/** Who pays, on the pages that say so. */
	bandeau?: Bandeau;
}

export interface Bandeau {
	pages: Exclude<PagesDeLaMention, 'aucune'>;
	mention: string;
	logos: BlocImage[];
}

export type Bloc =
	| BlocBilan
	| BlocCadre
	| BlocFinancement
	| BlocInstances
	| BlocMatrice
	| BlocParole
	| BlocCouverture
	| BlocSommaire
	| BlocChapitre
	| BlocFiche
	| BlocSynthese
	| BlocSyntheseEnNiveaux
	| BlocEngagements
	| BlocSignataires
	| BlocFigure
	| BlocFigures
	| BlocListeDesFigures
	| BlocImage
	| BlocSection
	| BlocGlossaire
	| BlocConstats
	| BlocSchemas
	| BlocMethode
	| BlocPresence
	| BlocCartesDeTable
	| BlocFeuillesDeRoute
	| BlocPartenaires;

export interface BlocCouverture {
	type: 'couverture';
	territoire: string;
	titre: string;
	periode: string;
	/** « 7 axes », « 37 fiches-actions ». */
	contenu: string[];
	/** « Version du 21 novembre 2026 », or nothing. */
	version: string;
}

export interface BlocSommaire {
	type: 'sommaire';
	/** How many levels of headings it names. */
	profondeur: number;
}

/** The opening of a branch: its title, what hangs there without a text of its own, the list of its fiches. */
export interface BlocChapitre {
	type: 'chapitre';
	/** Depth of its heading, from 1. */
	rang: number;
	/** « Axe 1 »; empty when the level has no number. */
	repere: string;
	titre: string;
	nouvellePage: boolean;
	/** The texts of the plan that open this branch: its intention, its diagnostic. */
	textes: { titre: string; blocs: ProseImprimee }[];
	listes: Liste[];
	fiches: { etiquette: string; entrees: Entree[] } | null;
}

export interface Liste {
	etiquette: string;
	entrees: { code: string; titre: string }[];
}

/** A line that leads to a fiche of the same document. */
export interface Entree {
	cle: string;
	code: string;
	titre: string;
}

export interface BlocFiche {
	type: 'fiche';
	/** Where other pages lead to. */
	cle: string;
	rang: number;
	/** « Axe 1 · Rapprocher les employeurs »: the branches above, from the top. */
	chemin: string[];
	/** « Fiche-action » */
	nature: string;
	code: string;
	titre: string;
	/** Who, with whom, until when. */
	faits: { etiquette: string; valeur: string }[];
	champs: ChampImprime[];
	listes: Liste[];
}

export type ChampImprime = { etiquette: string } & (
	{ puces: string[][]; apres?: string[] } | { points: Point[] } | { paragraphes: string[] } | TableauDeChamp
);

export interface TableauDeChamp {
	colonnes: { nom: string; nombre: boolean }[];
	/** Row by row, the cells that begin there: one that goes on below is as many rows high. */
	rangees: CelluleDeChamp[][];
	totaux: string[];
	/** It is too wide for an upright page. */
	paysage: boolean;
	/** How wide each column is, as weights. */
	largeurs: number[];
}

export interface CelluleDeChamp {
	/** The place of its column. */
	x: number;
	hauteur: number;
	lignes: string[];
}

/** A bullet with its sub-points, each as its lines. */
export interface Point {
	lignes: string[];
	sous: string[][];
}

export interface BlocSynthese extends Entete {
	type: 'synthese';
	colonnes: string[];
	groupes: GroupeSynthese[];
}

export interface GroupeSynthese {
	/** Depth of the branch, from 1. */
	rang: number;
	titre: string;
	lignes: LigneImprimee[];
}

export interface LigneImprimee {
	/** Where it leads in this document; null when its fiche is not there. */
	cle: string | null;
	code: string;
	titre: string;
	cellules: string[];
}

/** The same where more than one level stands above the fiches: a column for each, one cell for what holds several fiches. */
export interface BlocSyntheseEnNiveaux extends Entete {
	type: 'syntheseEnNiveaux';
	/** The levels, then what each fiche says. */
	colonnes: string[];
	rangees: CelluleSynthese[][];
}

/** A cell where it begins. */
export interface CelluleSynthese {
	x: number;
	colonnes: number;
	lignes: number;
	code: string;
	texte: string;
	/** Where it leads in this document. */
	cle: string | null;
	/** It names what is beside it. */
	entete: boolean;
}

/** `titre` is empty under the heading of a part of the plan; so for those that follow. */
export interface BlocEngagements extends Tete {
	type: 'engagements';
	groupes: { organisme: string; puces: string[][] }[];
}

export interface BlocSignataires extends Tete {
	type: 'signataires';
	signataires: SignataireImprime[];
}

/** The heading of what is printed under no other; without a title it has none. */
export type Tete = Pick<Entete, 'rang' | 'repere' | 'titre'>;

const SYNTHESE = 'Tableau de synthèse';
const SANS_SYNTHESE =
	'Ce pacte n’a pas encore de fiche dans ses orientations\u00a0: le tableau de synthèse se fera tout seul avec elles.';
const LISTE_DES_FIGURES = 'Liste des figures et de leurs sources';

/** Makes texts printable, knowing where they stand. */
export interface Imprimeur {
	texte(source: string, lieu: string): string;
	paragraphes(source: string, lieu: string): string[];
}

export interface Edition {
	/** « Version du 21 novembre 2026 »; empty when it does not matter. */
	version: string;
}

/** Puts a pacte, or a part of it, in the order of its pages. A pure function of the archive. */
export function assemble(
	archive: ArchivePacte,
	portee: Portee,
	imprimeur: Imprimeur,
	{ version }: Edition = { version: '' }
): DocumentImprime {
	return new Assemblage(archive, imprimeur, version).document(portee);
}

/** The full name of a branch or a fiche: « Fiche-action 1.2 : Garder les enfants ». */
export function nameOf(archive: ArchivePacte, noeud: string): string {
	const asIs: Imprimeur = { texte: (source) => source.trim(), paragraphes: (source) => [source] };
	return new Assemblage(archive, asIs, '').nameOf(noeud);
}

/** A field in which nothing is written, said in words. */
const NON_RENSEIGNE = 'Non renseigné';

class Assemblage {
	readonly #archive: ArchivePacte;
	readonly #print: Imprimeur;
	readonly #version: string;
	readonly #arbre: Arbre;
	readonly #codes: Map<string, string>;
	readonly #fiches: Map<string, FicheArchive>;
	readonly #organismes: Map<string, string>;
	/** The names of the plans and schemas, by the archive's ids. */
	readonly #schemas: ReadonlyMap<string, string>;
	readonly #plan: PlanImprime;
	/** The fiches that this document prints. */
	#printed: ReadonlySet<string> = new Set();

	constructor(archive: ArchivePacte, imprimeur: Imprimeur, version: string) {
		this.#archive = archive;
		this.#print = imprimeur;
		this.#version = version;
		this.#arbre = arbreOf(archive);
		this.#codes = codesOf(this.#arbre, archive.modele);
		this.#fiches = new Map(archive.fiches.map((fiche) => [fiche.noeud, fiche]));
		this.#organismes = new Map(archive.organismes.map(({ id, nom }) => [id, nom]));
		this.#schemas = schemasOf(archive, imprimeur);
		this.#plan = new PlanImprime(archive, imprimeur, {
			generated: (...part) => this.#generated(...part),
			ownsHeading: (genre) => genre === 'synthese',
			noeud: (id) => this.#cible(id)
		});
	}

	document(portee: Portee): DocumentImprime {
		const bandeau = this.#bandeau();
		return { ...this.#blocs(portee), fichiers: fichiersOf(this.#archive.pieces), ...(bandeau && { bandeau }) };
	}

	#blocs(portee: Portee): DocumentImprime {
		switch (portee.type) {
			case 'pacte':
				return this.#whole();
			case 'synthese':
				return this.#syntheseSeule();
			case 'axe':
				return this.#branch(this.#noeud(portee.noeud));
			case 'fiche':
				return this.#single(this.#noeud(portee.noeud));
			default:
				return portee satisfies never;
		}
	}

	nameOf(noeud: string): string {
		return this.#nomComplet(this.#noeud(noeud));
	}

	#whole(): DocumentImprime {
		const titre = this.#intitule();
		const isPlanned = this.#archive.sections.length > 0;
		// Fiches that are kept aside, or whose tree is not in the plan, have no page to lead to.
		if (!isPlanned || this.#archive.sections.some(({ genre }) => genre === 'orientations'))
			this.#printed = new Set(this.#arbre.racines.flatMap((racine) => [...subtree(racine)]).map(({ id }) => id));
		const corps = isPlanned ? this.#plan.blocs() : this.#withoutPlan();
		const sommaire: Bloc = { type: 'sommaire', profondeur: depthOf(corps) };
		const blocs: Bloc[] = corps.length === 0 ? [] : [sommaire, ...corps];
		return {
			titre,
			pied: this.#pied(),
			blocs: [this.#couverture(titre), ...blocs]
		};
	}

	/** A pacte of before there was a plan: all that it holds, in the usual order. */
	#withoutPlan(): Bloc[] {
		const { racines } = this.#arbre;
		return [
			...this.#section(racines, 1, []),
			...this.#synthese(racines, { rang: 1, repere: '', titre: SYNTHESE, texte: [] }),
			...this.#engagements({ rang: 1, repere: '', titre: 'Engagements' }),
			...printMethode(this.#archive, { rang: 1, repere: '', titre: 'Méthode' }, this.#print),
			...printInstances(this.#archive, { rang: 1, repere: '', titre: 'Gouvernance' }, this.#print),
			...printFinancement(this.#archive, { rang: 1, repere: '', titre: 'Financement' }, this.#print),
			...printBilan(this.#archive, { rang: 1, repere: '', titre: 'Bilan du pacte précédent' }, this.#print),
			...printFigures(this.#archive, this.#print, { rang: 1, repere: '', titre: 'Figures' }),
			...printListeDesFigures(this.#archive, this.#print, { rang: 2, repere: '', titre: LISTE_DES_FIGURES }),
			...printSchemas(this.#archive, { rang: 1, repere: '', titre: 'Plans et schémas liés' }, this.#print),
			...glossaireBlocs(this.#archive, this.#print, { rang: 1, repere: '', titre: 'Glossaire' }),
			...this.#signataires({ rang: 1, repere: '', titre: 'Signataires' })
		];
	}

	/** What the genres of the plan show after their texts. */
	#generated(genre: GenreSection, section: SectionArchive, entete: Entete): Bloc[] {
		const { racines } = this.#arbre;
		const sansTitre = { rang: entete.rang, repere: '', titre: '' };
		switch (genre) {
			case 'orientations':
				return this.#section(racines, entete.rang + 1, []);
			case 'synthese':
				return this.#synthese(racines, entete);
			case 'engagements':
				return [...this.#engagements(sansTitre), ...printMatrice(this.#archive, sansTitre, this.#print)];
			case 'engagement':
				return printCadre(this.#archive, section.id, entete.rang, this.#print);
			case 'parole':
				return printParole(this.#archive, section.id, this.#print);
			case 'gouvernance':
				return printInstances(this.#archive, sansTitre, this.#print);
			case 'financement':
				return printFinancement(this.#archive, sansTitre, this.#print);
			case 'bilan':
				return printBilan(this.#archive, sansTitre, this.#print);
			case 'methode':
				return printMethode(this.#archive, sansTitre, this.#print);
			case 'schemas':
				return printSchemas(this.#archive, sansTitre, this.#print);
			case 'constats':
				return printConstats(this.#archive, entete.rang, (id) => this.#cible(id)?.texte ?? null, this.#print);
			case 'partenaires':
				return printPartenaires(this.#archive, this.#print);
			case 'signatures':
				return this.#signataires(sansTitre);
			case 'figures':
				return this.#figures(entete.rang);
			case 'glossaire':
				return glossaireBlocs(this.#archive, this.#print, sansTitre);
			default:
				return [];
		}
	}

	#branch(noeud: Noeud): DocumentImprime {
		if (this.#fiches.has(noeud.id)) return this.#single(noeud);
		this.#printed = new Set([...subtree(noeud)].map(({ id }) => id));
		const entete = { rang: 2, repere: '', titre: SYNTHESE, texte: [] };
		const blocs = [...this.#chapitre(noeud, 1, this.#ancestors(noeud)), ...this.#synthese([noeud], entete)];
		return { titre: this.#nomComplet(noeud), pied: this.#pied(), blocs };
	}

	#syntheseSeule(): DocumentImprime {
		const titre = `${SYNTHESE} – ${this.#intitule()}`;
		const entete = { rang: 1, repere: '', titre, texte: [] };
		const blocs = this.#synthese(this.#arbre.racines, entete);
		if (blocs.length === 0) throw new DomainError('introuvable', SANS_SYNTHESE);
		return { titre, pied: this.#pied(), blocs };
	}

	#single(noeud: Noeud): DocumentImprime {
		if (!this.#fiches.has(noeud.id)) throw new DomainError('introuvable', 'Cette fiche n’existe pas.');
		const blocs = [this.#fiche(noeud, 1, this.#ancestors(noeud))];
		return { titre: this.#nomComplet(noeud), pied: this.#pied(), blocs };
	}

	#bandeau(): Bandeau | null {
		const { mise_en_page: miseEnPage, pieces } = this.#archive;
		if (!miseEnPage || miseEnPage.pages === 'aucune') return null;
		const lieu = 'Mention des cofinanceurs';
		return {
			pages: miseEnPage.pages,
			mention: this.#print.texte(miseEnPage.mention, lieu),
			logos: miseEnPage.logos.map(({ piece, alternative }) =>
				imageBloc({ type: 'image', piece, alternative: alternative || 'Logo', legende: '' }, pieces, this.#print, lieu)
			)
		};
	}

	#noeud(id: string): Noeud {
		const noeud = this.#arbre.parId.get(id);
		if (!noeud) throw new DomainError('introuvable', 'Cette partie du pacte n’existe pas, ou n’existe plus.');
		return noeud;
	}

	#couverture(titre: string): BlocCouverture {
		const { territoire } = this.#archive;
		return {
			type: 'couverture',
			territoire: this.#print.texte(territoire, 'Territoire du pacte'),
			titre,
			periode: this.#periode(),
			contenu: this.#contenu(),
			version: this.#version
		};
	}

	/** « 7 axes », « 37 fiches-actions », « 21 signataires ». */
	#contenu(): string[] {
		const { modele, signataires } = this.#archive;
		const placed = this.#arbre.racines.flatMap((racine) => [...subtree(racine)]);
		const levels = modele.niveaux.filter(({ parents, fiche }) => parents.includes(null) || fiche);
		const counts = levels.map((niveau) => {
			const count = placed.filter((noeud) => noeud.niveau === niveau.id).length;
			return count === 0 ? '' : counted(count, niveau.nom, niveau.pluriel);
		});
		counts.push(signataires.length === 0 ? '' : counted(signataires.length, 'signataire'));
		return counts.filter((count) => count !== '');
	}

	#intitule(): string {
		return this.#print.texte(this.#archive.intitule, 'Intitulé du pacte');
	}

	#periode(): string {
		return untoldPeriod(this.#archive).replace('-', '\u2013');
	}

	#pied(): string {
		return [this.#intitule(), this.#periode(), this.#version].filter((part) => part !== '').join(' · ');
	}

	/** The branches and fiches side by side under one parent, in their order. */
	#section(noeuds: readonly Noeud[], rang: number, chemin: readonly Noeud[]): Bloc[] {
		return noeuds.flatMap((noeud) => {
			if (!this.#fiches.has(noeud.id)) return this.#chapitre(noeud, rang, chemin);
			const { suite } = this.#split(noeud);
			return [this.#fiche(noeud, rang, chemin), ...this.#section(suite, rang + 1, [...chemin, noeud])];
		});
	}

	#chapitre(noeud: Noeud, rang: number, chemin: readonly Noeud[]): Bloc[] {
		const { listes, suite } = this.#split(noeud);
		const chapitre: BlocChapitre = {
			type: 'chapitre',
			rang,
			repere: this.#repere(noeud),
			titre: this.#titre(noeud),
			nouvellePage: rang === 1 && this.#holdsFiche(noeud),
			textes: this.#plan.textesOf(noeud.id, rang + 1),
			listes,
			fiches: this.#entrees(suite)
		};
		return [chapitre, ...this.#section(suite, rang + 1, [...chemin, noeud])];
	}

	/** What hangs below, without a text of its own, is a list (perspectives); the rest has pages. */
	#split({ enfants }: Noeud): { listes: Liste[]; suite: Noeud[] } {
		const isLeaf = (noeud: Noeud) => noeud.enfants.length === 0 && !this.#fiches.has(noeud.id);
		const listes: Liste[] = [];
		const listed = new Set<string>();
		for (const [niveau, noeuds] of Map.groupBy(enfants, (enfant) => enfant.niveau)) {
			if (!noeuds.every(isLeaf)) continue;
			for (const { id } of noeuds) listed.add(id);
			const entrees = noeuds
				.map((noeud) => ({ code: this.#codes.get(noeud.id) ?? '', titre: this.#titre(noeud) }))
				.filter(({ code, titre }) => code !== '' || titre !== '');
			if (entrees.length > 0) listes.push({ etiquette: capitalised(this.#niveau(niveau).pluriel), entrees });
		}
		return { listes, suite: enfants.filter(({ id }) => !listed.has(id)) };
	}

	#entrees(noeuds: readonly Noeud[]): BlocChapitre['fiches'] {
		const fiches = noeuds.filter(({ id }) => this.#fiches.has(id));
		const [first] = fiches;
		if (!first) return null;
		return {
			etiquette: capitalised(this.#niveau(first.niveau).pluriel),
			entrees: fiches.map((noeud) => ({
				cle: noeud.id,
				code: this.#codes.get(noeud.id) ?? '',
				titre: this.#titre(noeud)
			}))
		};
	}

	#fiche(noeud: Noeud, rang: number, chemin: readonly Noeud[]): BlocFiche {
		const { champs: valeurs, variante = null } = this.#fiches.get(noeud.id) as FicheArchive;
		const champs = champsOfVariante(this.#archive.modele, variante);
		const at = (champ: Champ) => `${this.#lieu(noeud)}, ${champ.etiquette}`;
		const printed = champs.flatMap(
			(champ) =>
				printChamp(champ, valeurs[champ.id], { print: this.#print, lieu: at(champ), schemas: this.#schemas }) ?? []
		);
		return {
			type: 'fiche',
			cle: noeud.id,
			rang,
			chemin: chemin.map((above) => this.#nomComplet(above)),
			nature: capitalised(this.#niveau(noeud.niveau).nom),
			code: this.#codes.get(noeud.id) ?? '',
			titre: this.#titre(noeud),
			faits: factsOf(champs).map((champ) => ({
				etiquette: this.#etiquette(champ),
				valeur: this.#fait(champ, valeurs[champ.id], at(champ)) || NON_RENSEIGNE
			})),
			champs: printed,
			listes: this.#split(noeud).listes
		};
	}

	/** An échéance, or organismes: « CAF, MSA… », followed or replaced by its sentence, which an open list ends too. */
	#fait(champ: Champ, valeur: ValeurChamp | undefined, lieu: string): string {
		if (!valeur || !('texte' in valeur)) return '';
		const sentence = this.#print.texte(valeur.texte, lieu);
		if (!('organismes' in valeur)) return sentence;
		const list = valeur.organismes.map((id) => this.#organisme(id)).join(', ');
		if (list === '') return valeur.ouverte && sentence !== '' ? `${sentence.replace(/[.…]+$/, '')}…` : sentence;
		const open = valeur.ouverte ? `${list}…` : list;
		return [open, sentence].filter((part) => part !== '').join(valeur.ouverte ? ' ' : '. ');
	}

	#synthese(racines: readonly Noeud[], entete: Entete): (BlocSynthese | BlocSyntheseEnNiveaux)[] {
		const facts = factsOf(this.#archive.modele.champs);
		const chemins = this.#chemins(racines);
		const table = tableDeNiveaux(chemins, this.#archive.modele);
		const last = table.colonnes.at(-1);
		if (last === undefined) return [];
		if (isProfonde(table)) return [{ type: 'syntheseEnNiveaux', ...entete, ...this.#enNiveaux(chemins, table, facts) }];
		const levels = new Set(chemins.map((chemin) => chemin.at(-1)?.niveau));
		const first = levels.size === 1 ? capitalised(last.nom) : 'Action';
		const colonnes = [first, ...facts.map((champ) => this.#etiquette(champ))];
		return [{ type: 'synthese', ...entete, colonnes, groupes: this.#groupes(racines, 1, facts) }];
	}

	/** The fiches below these branches, each with what is above it. */
	#chemins(noeuds: readonly Noeud[]): Chemin[] {
		const all = noeuds.flatMap((noeud) => [...subtree(noeud)]);
		return all
			.filter(({ id }) => this.#fiches.has(id))
			.map((noeud) =>
				[...this.#ancestors(noeud), noeud].map((step) => ({
					id: step.id,
					niveau: step.niveau,
					code: this.#codes.get(step.id) ?? '',
					titre: this.#titre(step)
				}))
			);
	}

	#enNiveaux(
		chemins: readonly Chemin[],
		{ colonnes, rangees }: TableDeNiveaux,
		facts: readonly Champ[]
	): Pick<BlocSyntheseEnNiveaux, 'colonnes' | 'rangees'> {
		const names = colonnes.map(({ pluriel }) => this.#print.texte(capitalised(pluriel), 'Modèle du pacte'));
		return {
			colonnes: [...names, ...facts.map((champ) => this.#etiquette(champ))],
			rangees: rangees.map((rangee, i) => {
				const { id } = chemins[i]?.at(-1) as Marche;
				const { cellules = [], cle = null } = this.#ligne(this.#noeud(id), facts) ?? {};
				return [
					...rangee.map(({ x, colonnes: largeur, lignes, noeud, fiche }) => ({
						x,
						colonnes: largeur,
						lignes,
						code: noeud?.code ?? '',
						texte: noeud?.titre ?? '',
						cle: fiche ? cle : null,
						entete: noeud !== null
					})),
					...cellules.map((texte, j) => ({
						x: names.length + j,
						colonnes: 1,
						lignes: 1,
						code: '',
						texte,
						cle: null,
						entete: false
					}))
				];
			})
		};
	}

	/** One group per branch that leads to fiches; fiches at the top have a group without a title. */
	#groupes(noeuds: readonly Noeud[], rang: number, facts: readonly Champ[], titre = ''): GroupeSynthese[] {
		const lignes = noeuds.flatMap((noeud) => this.#ligne(noeud, facts) ?? []);
		const own: GroupeSynthese[] =
			lignes.length > 0 || titre !== '' ? [{ rang: Math.max(1, rang - 1), titre, lignes }] : [];
		const below = noeuds.flatMap((noeud) => {
			const branch = noeud.enfants.some((enfant) => this.#holdsFiche(enfant));
			return branch ? this.#groupes(noeud.enfants, rang + 1, facts, this.#nomComplet(noeud)) : [];
		});
		return [...own, ...below];
	}

	#ligne(noeud: Noeud, facts: readonly Champ[]): LigneImprimee | null {
		const fiche = this.#fiches.get(noeud.id);
		if (!fiche) return null;
		return {
			cle: this.#printed.has(noeud.id) ? noeud.id : null,
			code: this.#codes.get(noeud.id) ?? '',
			titre: this.#titre(noeud),
			cellules: facts.map(
				(champ) =>
					this.#fait(champ, fiche.champs[champ.id], `${this.#lieu(noeud)}, ${champ.etiquette}`) || NON_RENSEIGNE
			)
		};
	}

	#engagements(tete: Tete): BlocEngagements[] {
		const groupes = this.#archive.engagements
			.map(({ organisme, puces }) => ({
				organisme: organisme === null ? 'Tous les signataires' : this.#organisme(organisme),
				puces: printedLines(puces, this.#print, 'Engagements')
			}))
			.filter(({ puces }) => puces.length > 0);
		return groupes.length === 0 ? [] : [{ type: 'engagements', ...tete, groupes }];
	}

	#signataires(tete: Tete): BlocSignataires[] {
		const signataires = printSignataires(this.#archive, this.#print);
		return signataires.length === 0 ? [] : [{ type: 'signataires', ...tete, signataires }];
	}

	/** Those that no text shows, then where all of them are. */
	#figures(rang: number): Bloc[] {
		const others = (id: string) => !this.#plan.figures.has(id);
		const tete = { rang: rang + 1, repere: '', titre: LISTE_DES_FIGURES };
		return [
			...printFigures(this.#archive, this.#print, { rang, repere: '', titre: '' }, others),
			...printListeDesFigures(this.#archive, this.#print, tete)
		];
	}

	#holdsFiche(noeud: Noeud): boolean {
		return [...subtree(noeud)].some(({ id }) => this.#fiches.has(id));
	}

	#ancestors(noeud: Noeud): Noeud[] {
		const above: Noeud[] = [];
		for (let at = parentOf(this.#arbre, noeud); at; at = parentOf(this.#arbre, at)) above.unshift(at);
		return above;
	}

	#organisme(id: string): string {
		const nom = this.#organismes.get(id) ?? '';
		return this.#print.texte(nom, 'Noms des organismes');
	}

	#etiquette(champ: Champ): string {
		return this.#print.texte(champ.etiquette, 'Modèle du pacte');
	}

	#titre(noeud: Noeud): string {
		return this.#print.texte(noeud.titre, `${this.#lieu(noeud)}, titre`) || 'Sans titre';
	}

	/** « Axe 1 », « Fiche-action 1.2 », or nothing. */
	#repere({ id, niveau }: Noeud): string {
		const code = this.#codes.get(id) ?? '';
		return code === '' ? '' : `${capitalised(this.#niveau(niveau).nom)}\u00a0${code}`;
	}

	#nomComplet(noeud: Noeud): string {
		const repere = this.#repere(noeud);
		return repere === '' ? this.#titre(noeud) : `${repere}\u00a0: ${this.#titre(noeud)}`;
	}

	/** How a text leads to a branch or a fiche. */
	#cible(id: string): { texte: string; fiche: string | null } | null {
		const noeud = this.#arbre.parId.get(id);
		if (!noeud) return null;
		const code = this.#codes.get(id) ?? '';
		const isFiche = this.#fiches.has(id);
		const nature = isFiche ? 'fiche' : this.#niveau(noeud.niveau).nom;
		const texte = code === '' ? `«\u00a0${this.#titre(noeud)}\u00a0»` : `${nature}\u00a0${code}`;
		return { texte, fiche: isFiche && this.#printed.has(id) ? id : null };
	}

	/** How a place is named in the report; what has no number is named by its title. */
	#lieu(noeud: Noeud): string {
		const titre = french(noeud.titre.length > 60 ? `${noeud.titre.slice(0, 60)}…` : noeud.titre);
		return this.#repere(noeud) || `${capitalised(this.#niveau(noeud.niveau).nom)} «\u00a0${titre}\u00a0»`;
	}

	#niveau(id: string): Pick<Niveau, 'nom' | 'pluriel'> {
		return niveauOf(this.#archive.modele, id) ?? { nom: id, pluriel: id };
	}
}

/** How deep the contents go: three ranks, and always down to the fiches. */
function depthOf(blocs: readonly Bloc[]): number {
	return Math.max(3, ...blocs.flatMap((bloc) => (bloc.type === 'fiche' ? [bloc.rang] : [])));
}

/** The years, unless the title says them already. */
export function untoldPeriod({ intitule, debut, fin }: ArchivePacte): string {
	return debut !== null && intitule.includes(String(debut)) ? '' : periodOf({ debut, fin });
}

function arbreOf({ noeuds }: ArchivePacte): Arbre {
	return arbreFromRows(
		noeuds.map(({ parent, ...noeud }) => {
			const aClasser = parent === A_CLASSER;
			return { ...noeud, parent: aClasser ? null : parent, aClasser };
		})
	);
}

/** Who answers for it first, then the others and the date, in the model's order. */
function factsOf(champs: readonly Champ[]): Champ[] {
	const order = (champ: Champ) =>
		champ.type === 'echeance' ? 1 : champ.type === 'organismes' && champ.ouverte ? 2 : 0;
	return champs.filter(({ type }) => type === 'organismes' || type === 'echeance').sort((a, b) => order(a) - order(b));
}

function capitalised(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
