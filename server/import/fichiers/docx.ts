import { paragraphe, type BlocLu, type CelluleLue, type ParagrapheLu, type TableauDeFichier } from './blocs-lus.ts';
import { Compteur, type NiveauDeListe } from './numerotation.ts';
import { childOf, elementsOf, findAll, readXml, type Element } from './xml.ts';

/*
 * A Word document, as its reader sees it: headings by their style or their outline, numbers that Word computes, lists, tables, notes
 * where they are called. What was deleted under revision, comments and the contents are left out.
 */

export const PARTIES_DOCX = [
	'word/document.xml',
	'word/styles.xml',
	'word/numbering.xml',
	'word/footnotes.xml',
	'word/endnotes.xml'
];

export function readDocx(parties: Record<string, Uint8Array>): BlocLu[] {
	const part = (nom: string) => (parties[nom] ? readXml(parties[nom]) : undefined);
	const document = readXml(parties['word/document.xml']!);
	const lecteur = new LecteurDocx(readStyles(part('word/styles.xml')), readNumerotation(part('word/numbering.xml')), {
		pied: part('word/footnotes.xml'),
		fin: part('word/endnotes.xml')
	});
	const corps = findAll(document, 'w:body')[0];
	return corps ? lecteur.blocs(corps) : [];
}

interface Style {
	/** From 1; 0: no heading. */
	rang: number;
	liste: { id: string; niveau: number } | null;
	isSommaire: boolean;
}

interface StyleBrut extends Omit<Style, 'rang'> {
	rang: number | null;
	parent: string | undefined;
}

function readStyles(part: Element | undefined): Map<string, Style> {
	const bruts = new Map<string, StyleBrut>();
	for (const style of part ? findAll(part, 'w:style') : []) {
		const proprietes = childOf(style, 'w:pPr');
		const nom = (valueOf(childOf(style, 'w:name')) ?? '').toLowerCase();
		bruts.set(style.attributs['w:styleId'] ?? '', {
			rang: outlineOf(proprietes) ?? rankOfName(nom),
			liste: listOf(proprietes),
			isSommaire: /^(?:toc|tm|table des mati[eè]res) ?\d?$/.test(nom),
			parent: valueOf(childOf(style, 'w:basedOn'))
		});
	}
	const resolve = (id: string | undefined, depth = 0): Style => {
		const brut = id === undefined ? undefined : bruts.get(id);
		if (!brut || depth > 20) return { rang: 0, liste: null, isSommaire: false };
		const parent = resolve(brut.parent, depth + 1);
		return {
			rang: brut.rang ?? parent.rang,
			liste: withIdOf(brut.liste, parent.liste),
			isSommaire: brut.isSommaire || parent.isSommaire
		};
	};
	return new Map([...bruts.keys()].map((id) => [id, resolve(id)]));
}

function rankOfName(nom: string): number | null {
	const rang = /^(?:heading|titre) ?([1-9])$/.exec(nom)?.[1];
	return rang === undefined ? null : Number(rang);
}

/** Level 9 is the text's own: no heading. */
function outlineOf(proprietes: Element | undefined): number | null {
	const niveau = Number(valueOf(childOf(proprietes, 'w:outlineLvl')) ?? NaN);
	return Number.isNaN(niveau) ? null : niveau >= 0 && niveau < 9 ? niveau + 1 : 0;
}

/** An id of '' goes on with that of the style. */
function listOf(proprietes: Element | undefined): Style['liste'] {
	const liste = childOf(proprietes, 'w:numPr');
	if (!liste) return null;
	const niveau = Number(valueOf(childOf(liste, 'w:ilvl')) ?? 0);
	return { id: valueOf(childOf(liste, 'w:numId')) ?? '', niveau: niveau >= 0 && niveau < 9 ? niveau : 0 };
}

/** A paragraph or a style may say its level only. */
function withIdOf(liste: Style['liste'], herite: Style['liste']): Style['liste'] {
	if (liste === null) return herite;
	return liste.id !== '' ? liste : herite && { ...herite, niveau: liste.niveau };
}

/** A list of the document, and where Word starts it again. */
interface Numerotation {
	abstraite: string;
	departs: Map<number, number>;
}

interface Numerotations {
	compteurs: Map<string, Compteur>;
	listes: Map<string, Numerotation>;
	formats: Map<string, Map<number, NiveauDeListe>>;
}

const FORMATS = new Set(['decimal', 'upperRoman', 'lowerRoman', 'upperLetter', 'lowerLetter', 'bullet', 'none']);

function readNumerotation(part: Element | undefined): Numerotations {
	const formats = new Map<string, Map<number, NiveauDeListe>>();
	const listes = new Map<string, Numerotation>();
	for (const abstraite of part ? findAll(part, 'w:abstractNum') : []) {
		const niveaux = new Map<number, NiveauDeListe>();
		for (const niveau of elementsOf(abstraite).filter(({ nom }) => nom === 'w:lvl'))
			niveaux.set(Number(niveau.attributs['w:ilvl'] ?? 0), readNiveau(niveau));
		formats.set(abstraite.attributs['w:abstractNumId'] ?? '', niveaux);
	}
	for (const liste of part ? findAll(part, 'w:num') : []) {
		const departs = new Map<number, number>();
		for (const autre of elementsOf(liste).filter(({ nom }) => nom === 'w:lvlOverride')) {
			const depart = valueOf(childOf(autre, 'w:startOverride'));
			if (depart !== undefined) departs.set(Number(autre.attributs['w:ilvl'] ?? 0), Number(depart));
		}
		listes.set(liste.attributs['w:numId'] ?? '', {
			abstraite: valueOf(childOf(liste, 'w:abstractNumId')) ?? '',
			departs
		});
	}
	return { compteurs: new Map(), listes, formats };
}

function readNiveau(niveau: Element): NiveauDeListe {
	const format = valueOf(childOf(niveau, 'w:numFmt')) ?? 'decimal';
	return {
		format: (FORMATS.has(format) ? format : 'decimal') as NiveauDeListe['format'],
		modele: valueOf(childOf(niveau, 'w:lvlText')) ?? '',
		depart: Number(valueOf(childOf(niveau, 'w:start')) ?? 1)
	};
}

class LecteurDocx {
	readonly #styles: Map<string, Style>;
	readonly #listes: Numerotations;
	readonly #notes: Map<string, Element>;
	readonly #commencees = new Set<string>();
	#boites: BlocLu[] = [];

	constructor(
		styles: Map<string, Style>,
		listes: Numerotations,
		notes: { pied: Element | undefined; fin: Element | undefined }
	) {
		this.#styles = styles;
		this.#listes = listes;
		this.#notes = new Map([
			...notesOf(notes.pied, 'w:footnote').map(([id, note]) => [`pied ${id}`, note] as const),
			...notesOf(notes.fin, 'w:endnote').map(([id, note]) => [`fin ${id}`, note] as const)
		]);
	}

	blocs(parent: Element): BlocLu[] {
		return elementsOf(parent).flatMap((element) => {
			switch (element.nom) {
				case 'w:p':
					return this.#paragraphe(element);
				case 'w:tbl':
					return [this.#tableau(element)];
				case 'w:sdt':
					return isSommaire(element) ? [] : this.blocs(childOf(element, 'w:sdtContent') ?? VIDE);
				case 'w:ins':
				case 'w:moveTo':
				case 'w:customXml':
				case 'w:smartTag':
					return this.blocs(element);
				case 'mc:AlternateContent':
					return this.blocs(childOf(element, 'mc:Choice') ?? childOf(element, 'mc:Fallback') ?? VIDE);
				default:
					return [];
			}
		});
	}

	#paragraphe(element: Element): BlocLu[] {
		const proprietes = childOf(element, 'w:pPr');
		const style = this.#styles.get(valueOf(childOf(proprietes, 'w:pStyle')) ?? '');
		if (style?.isSommaire) return [];
		const dehors = this.#boites;
		this.#boites = [];
		const texte = this.#texte(element);
		const boites = this.#boites;
		this.#boites = dehors;
		const rang = outlineOf(proprietes) ?? style?.rang ?? 0;
		const liste = listOf(proprietes);
		const page = texte.includes('\f') || isOn(childOf(proprietes, 'w:pageBreakBefore'));
		const lu = texte.replaceAll('\f', '\n');
		const bloc = lu.trim() === '' ? [] : [this.#marked(lu, rang, withIdOf(liste, style?.liste ?? null))];
		return [...(page ? [{ t: 'page' } as const] : []), ...bloc, ...boites];
	}

	#marked(texte: string, rang: number, liste: Style['liste']): ParagrapheLu {
		const marque = liste === null ? null : this.#next(liste);
		if (marque === null || liste === null) return paragraphe(texte, { rang });
		if (rang > 0) return paragraphe(marque === '-' ? texte : `${marque} ${texte}`, { rang });
		// « Action 3 : » is the beginning of a line, not the mark of an item.
		if (/\p{L}{3}/u.test(marque)) return paragraphe(`${marque} ${texte}`);
		return paragraphe(texte, { marque: marque || '-', retrait: liste.niveau });
	}

	/** null: a list that numbers nothing (id 0). */
	#next({ id, niveau }: NonNullable<Style['liste']>): string | null {
		const liste = this.#listes.listes.get(id);
		if (!liste) return null;
		const niveaux = this.#listes.formats.get(liste.abstraite) ?? new Map<number, NiveauDeListe>();
		const compteur = compteurOf(this.#listes, liste.abstraite, niveaux);
		if (!this.#commencees.has(id)) {
			this.#commencees.add(id);
			for (const [autre, depart] of liste.departs) compteur.restart(autre, depart);
		}
		return compteur.next(niveau);
	}

	#texte(element: Element): string {
		return elementsOf(element)
			.map((enfant): string => {
				switch (enfant.nom) {
					case 'w:t':
						return enfant.enfants.filter((texte) => typeof texte === 'string').join('');
					case 'w:tab':
					case 'w:ptab':
						return '\t';
					case 'w:br':
						return enfant.attributs['w:type'] === 'page' ? '\f' : '\n';
					case 'w:cr':
						return '\n';
					case 'w:noBreakHyphen':
						return '-';
					case 'w:footnoteReference':
						return this.#note(`pied ${enfant.attributs['w:id']}`);
					case 'w:endnoteReference':
						return this.#note(`fin ${enfant.attributs['w:id']}`);
					case 'w:txbxContent':
						this.#boites.push(...this.blocs(enfant));
						return '';
					case 'mc:AlternateContent':
						return this.#texte(childOf(enfant, 'mc:Choice') ?? childOf(enfant, 'mc:Fallback') ?? VIDE);
					case 'w:pPr':
					case 'w:rPr':
					case 'w:del':
					case 'w:moveFrom':
					case 'w:instrText':
					case 'w:softHyphen':
						return '';
					default:
						return this.#texte(enfant);
				}
			})
			.join('');
	}

	/** Where it is called: it says something about these words. */
	#note(id: string): string {
		const note = this.#notes.get(id);
		if (!note) return '';
		this.#notes.delete(id);
		const texte = findAll(note, 'w:p')
			.map((element) => this.#texte(element).trim())
			.filter(Boolean)
			.join(' ');
		return texte === '' ? '' : ` (${texte.replace(/\s+/g, ' ')})`;
	}

	#tableau(element: Element): TableauDeFichier {
		const rangees = rowsOf(element);
		const isEntete = (rangee: Element) => isOn(childOf(childOf(rangee, 'w:trPr'), 'w:tblHeader'));
		const premiere = rangees.findIndex((rangee) => !isEntete(rangee));
		return {
			t: 'tableau',
			entetes: premiere === -1 ? 0 : premiere,
			rangees: rangees.map((rangee) => cellsOf(rangee).map((cellule) => this.#cellule(cellule)))
		};
	}

	#cellule(element: Element): CelluleLue {
		const proprietes = childOf(element, 'w:tcPr');
		const fusion = childOf(proprietes, 'w:vMerge');
		const colonnes = Number(valueOf(childOf(proprietes, 'w:gridSpan')) ?? 1);
		return {
			colonnes: colonnes >= 1 && colonnes <= 63 ? colonnes : 1,
			suite: fusion !== undefined && valueOf(fusion) !== 'restart',
			blocs: this.blocs(element)
		};
	}
}

const VIDE: Element = { nom: '', attributs: {}, enfants: [] };

function compteurOf({ compteurs }: Numerotations, id: string, niveaux: Map<number, NiveauDeListe>): Compteur {
	const compteur = compteurs.get(id) ?? new Compteur(niveaux);
	compteurs.set(id, compteur);
	return compteur;
}

function notesOf(part: Element | undefined, nom: string): [string, Element][] {
	return (part ? findAll(part, nom) : [])
		.filter(({ attributs }) => attributs['w:type'] === undefined || attributs['w:type'] === 'normal')
		.map((note) => [note.attributs['w:id'] ?? '', note]);
}

/** Rows and cells stand in the table, or in a control of it. */
function rowsOf(element: Element): Element[] {
	return inside(element, 'w:tr');
}

function cellsOf(element: Element): Element[] {
	return inside(element, 'w:tc');
}

function inside(element: Element, nom: string): Element[] {
	return elementsOf(element).flatMap((enfant) => {
		if (enfant.nom === nom) return [enfant];
		return ['w:sdt', 'w:sdtContent', 'w:ins', 'w:customXml'].includes(enfant.nom) ? inside(enfant, nom) : [];
	});
}

/** The contents that Word makes: its words are those of the headings. */
function isSommaire(element: Element): boolean {
	const galerie = findAll(childOf(element, 'w:sdtPr') ?? VIDE, 'w:docPartGallery')[0];
	return valueOf(galerie) === 'Table of Contents';
}

function valueOf(element: Element | undefined): string | undefined {
	return element?.attributs['w:val'];
}

function isOn(element: Element | undefined): boolean {
	return element !== undefined && !['0', 'false', 'off'].includes(valueOf(element) ?? '');
}
