import { readEtiquettes } from './etiquettes.ts';
import { findJalons, isMarked, type Jalons } from './jalons.ts';
import type { Ligne } from './lignes.ts';
import {
	isEtiquetteDeCorps,
	readEnteteDeFiche,
	type EnteteDeFiche,
	type MentionDAxe,
	type TitreDeListe
} from './reperes.ts';

/** The lines of a list, under its heading. */
export interface ListeBrute {
	titre: Exclude<TitreDeListe, { genre: 'axes' | 'signataires' }>;
	/** Index of the heading. */
	index: number;
	lignes: Ligne[];
}

export interface FicheBrute {
	index: number;
	entete: EnteteDeFiche;
	/** The box printed above the head: « Axe 5 », « Pilote ». */
	avant: Ligne[];
	lignes: Ligne[];
}

/** What stands between the heading of an axe and the next one. The first section has no heading. */
export interface Section {
	mention: MentionDAxe | null;
	listes: ListeBrute[];
	fiches: FicheBrute[];
}

export interface Plan {
	/** What the text calls its top level: « axe », « orientation »… Null when it names none. */
	niveau: string | null;
	sections: Section[];
	/** Indexes of the headings « Nos axes » and « Signataires ». */
	titresDAxes: number[];
	titresDeSignataires: number[];
}

/** Cuts the text at its landmarks: sections of axes, lists, fiches. `mobilier` holds the lines to step over. */
export function readPlan(lignes: readonly Ligne[], mobilier: ReadonlySet<number>): Plan {
	return new Decoupe(lignes, mobilier).read();
}

/** Reads the lines one after the other; each goes to the fiche, the list or the box that is open, or to none. */
class Decoupe {
	readonly #lignes: readonly Ligne[];
	readonly #mobilier: ReadonlySet<number>;
	readonly #jalons: Jalons;
	readonly #plan: Plan;
	#liste: ListeBrute | null = null;
	#fiche: FicheBrute | null = null;
	/** A box whose fiche has not begun. */
	#avant: Ligne[] | null = null;
	/** What the open fiche has shown so far. */
	#vu = { corps: false, cadre: false };

	constructor(lignes: readonly Ligne[], mobilier: ReadonlySet<number>) {
		this.#lignes = lignes;
		this.#mobilier = mobilier;
		this.#jalons = findJalons(lignes, mobilier);
		const sections: Section[] = [{ mention: null, listes: [], fiches: [] }];
		this.#plan = { niveau: this.#jalons.niveau, sections, titresDAxes: [], titresDeSignataires: [] };
	}

	read(): Plan {
		for (let i = 0; i < this.#lignes.length; i = this.#readFrom(i) + 1);
		return this.#plan;
	}

	/** Reads what begins at this line; returns the index of its last line. */
	#readFrom(i: number): number {
		const ligne = this.#lignes[i]!;
		if (this.#mobilier.has(ligne.numero)) return i;
		const mention = this.#jalons.mentions.get(i);
		const titre = this.#jalons.titres.get(i);
		if (this.#isTete(i)) this.#openFiche(i);
		else if (mention !== undefined && this.#isCadre(mention)) return this.#addCadre(mention);
		else if (mention !== undefined && !this.#isItem(ligne)) return this.#openSection(mention);
		else if (titre !== undefined && this.#isListe(titre, ligne)) this.#openListe(titre, i);
		else this.#addLigne(ligne);
		return i;
	}

	get #section(): Section {
		return this.#plan.sections.at(-1)!;
	}

	#close(): void {
		[this.#liste, this.#fiche, this.#avant] = [null, null, null];
	}

	// — Fiches —

	/** After the heads that are sure, a line of their form in the middle of a fiche begins the next one, even empty. */
	#isTete(i: number): boolean {
		const { tetes, entetes, formes } = this.#jalons;
		const entete = entetes.get(i);
		if (entete === undefined || tetes.has(i)) return entete !== undefined;
		return this.#fiche !== null && formes.has(entete.forme) && !isMarked(this.#lignes[i]!);
	}

	#openFiche(i: number): void {
		const avant = this.#avant ?? [];
		this.#vu = { corps: false, cadre: this.#avant !== null };
		this.#close();
		this.#fiche = { index: i, entete: this.#jalons.entetes.get(i)!, avant, lignes: [] };
		this.#section.fiches.push(this.#fiche);
	}

	#addLigne(ligne: Ligne): void {
		(this.#avant ?? this.#fiche?.lignes ?? this.#liste?.lignes)?.push(ligne);
		this.#vu.corps ||= this.#fiche !== null && isEtiquetteDeCorps(ligne);
	}

	// — Boxes and sections —

	/** The box of a fiche names its axe too: beside its pilote, with a bar, or before any field of the fiche. */
	#isCadre({ index, fin, etiquettes, barre }: MentionDAxe): boolean {
		if (this.#isItem(this.#lignes[index]!)) return false;
		const nomme = etiquettes.length > 0 || isEtiquetteDeCadre(this.#nextPleine(fin + 1));
		if (this.#fiche === null) return nomme && this.#nextTete(fin + 1) !== -1;
		return nomme || barre || !this.#vu.corps;
	}

	#addCadre({ index, fin }: MentionDAxe): number {
		if (this.#belongsToNext(index)) {
			this.#close();
			this.#avant = [];
		}
		(this.#avant ?? this.#fiche!.lignes).push(...this.#lignes.slice(index, fin + 1));
		this.#vu.cadre = true;
		return fin;
	}

	/** Between two fiches: the box of the second when the first has its own, or when it stands on the page of the second. */
	#belongsToNext(i: number): boolean {
		if (this.#fiche === null) return this.#avant === null;
		const tete = this.#nextTete(i + 1);
		if (tete === -1) return false;
		return this.#vu.cadre || (this.#lignes[i]!.debutDePage && !this.#lignes[tete]!.debutDePage);
	}

	#openSection(mention: MentionDAxe): number {
		this.#close();
		this.#plan.sections.push({ mention, listes: [], fiches: [] });
		return mention.fin;
	}

	// — Lists —

	/**
	 * « Objectifs » inside a fiche is a field of it, and « actions » at the end of a sentence is no heading: a list needs the
	 * section of an axe, or to name its axe, or to be made of fiches.
	 */
	#isListe(titre: TitreDeListe, ligne: Ligne): boolean {
		if (titre.genre === 'signataires') return true;
		if (titre.genre === 'axes') return this.#fiche === null;
		if (titre.axe !== null) return true;
		const dansUnAxe = this.#section.mention !== null;
		if (titre.genre === 'niveau') return this.#fiche === null && dansUnAxe;
		if (/^\p{Ll}/u.test(ligne.texte) && !ligne.texte.endsWith(':')) return false;
		if (this.#fiche !== null && !ligne.plie.includes('fiche')) return false;
		const suivante = this.#nextPleine(ligne.numero);
		return dansUnAxe || (suivante !== undefined && readEnteteDeFiche(suivante) !== null);
	}

	#openListe(titre: TitreDeListe, index: number): void {
		this.#close();
		if (titre.genre === 'axes') this.#plan.titresDAxes.push(index);
		else if (titre.genre === 'signataires') this.#plan.titresDeSignataires.push(index);
		else this.#section.listes.push((this.#liste = { titre, index, lignes: [] }));
	}

	// — What stands around —

	/** Inside a fiche, « - Axe 2 : le logement » is an item of one of its lists. */
	#isItem(ligne: Ligne): boolean {
		return this.#fiche !== null && isMarked(ligne);
	}

	#nextPleine(i: number): Ligne | undefined {
		while (this.#lignes[i]?.vide || this.#mobilier.has(i + 1)) i++;
		return this.#lignes[i];
	}

	/** The index of the next head, when it is the next landmark; else -1. */
	#nextTete(i: number): number {
		const { tetes, mentions, titres, entetes } = this.#jalons;
		for (; i < this.#lignes.length; i++) {
			if (tetes.has(i)) return i;
			if (mentions.has(i) || titres.has(i) || entetes.has(i)) return -1;
		}
		return -1;
	}
}

function isEtiquetteDeCadre(ligne: Ligne | undefined): boolean {
	if (ligne === undefined) return false;
	return readEtiquettes(ligne).some(({ cle }) => cle === 'pilote' || cle === 'partenaires' || cle === 'echeance');
}
