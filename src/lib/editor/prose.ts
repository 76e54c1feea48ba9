import * as Y from 'yjs';

/**
 * Prose as plain data: what projections, pages, exports and imports share. The editor's schema (`schema.ts`) writes
 * exactly this, and nothing here depends on the editor.
 *
 * A paragraph carries what it is (title, item of a list, quotation, constat) as attributes, and lists do not nest: turning one
 * into another then changes an attribute and replaces nothing, so that what someone else types in it meanwhile stays.
 */
export type Prose = Bloc[];
export type Bloc = Paragraphe | Tableau | FigureInseree | ImageInseree;

export type NiveauDeTitre = 2 | 3 | 4;
export type NatureDeListe = 'puce' | 'numero';
export type NatureConstat = 'constat' | 'enjeu';

export interface Paragraphe {
	type: 'paragraphe';
	titre?: NiveauDeTitre;
	liste?: NatureDeListe;
	/** Depth in the list, from 0. */
	retrait?: number;
	citation?: true;
	constat?: Constat;
	contenu: Inline[];
}

/** What makes a paragraph a constat or an enjeu. */
export interface Constat {
	/** Its id, for as long as the paragraph lives. */
	cle: string;
	nature: NatureConstat;
	theme: string;
	/** The branch that it concerns: an id of a node, or empty. */
	noeud: string;
	/** Where it comes from: « groupe d’usagers du 12 mars ». */
	origine: string;
}

export interface Tableau {
	type: 'tableau';
	legende: string;
	rangees: Cellule[][];
}

export interface Cellule {
	entete?: true;
	/** Columns and rows that it spans, when more than one. */
	colonnes?: number;
	lignes?: number;
	contenu: Paragraphe[];
}

/** A figure of the pacte, shown here. */
export interface FigureInseree {
	type: 'figure';
	figure: string;
}

export interface ImageInseree {
	type: 'image';
	/** Id of the attachment. */
	piece: string;
	/** What it shows, for who cannot see it. */
	alternative: string;
	legende: string;
}

export type Inline = Texte | Note | Renvoi | Chiffre | Saut;

export interface Texte {
	type: 'texte';
	texte: string;
	gras?: true;
	italique?: true;
	lien?: string;
}

/** A footnote, where it is called. */
export interface Note {
	type: 'note';
	contenu: Texte[];
}

/** Leads to another part of the pacte: its text is its number and follows it. */
export interface Renvoi {
	type: 'renvoi';
	/** `noeud:<id>`, `section:<id>`, `figure:<id>`. */
	cible: string;
}

/** One value of a figure, quoted: changed there, it is changed here. */
export interface Chiffre {
	type: 'chiffre';
	figure: string;
	ligne: string;
	serie: string;
}

export interface Saut {
	type: 'saut';
}

/** Names of the elements and attributes in the live document. Stored: never renamed, only added to. */
export const RACINE = 'corps';

export function corpsOf(doc: Y.Doc): Y.XmlFragment {
	return doc.getXmlFragment(RACINE);
}

// Reading

/** A pure function of the document; what this version does not know is left out, and stays in the document. */
export function readProse(fragment: Y.XmlFragment): Prose {
	return elementsOf(fragment).flatMap((element) => readBloc(element) ?? []);
}

function readBloc(element: Y.XmlElement): Bloc | null {
	switch (element.nodeName) {
		case 'paragraphe':
			return readParagraphe(element);
		case 'tableau':
			return readTableau(element);
		case 'figure':
			return { type: 'figure', figure: textAttribute(element, 'figure') };
		case 'image':
			return {
				type: 'image',
				piece: textAttribute(element, 'piece'),
				alternative: textAttribute(element, 'alternative'),
				legende: textAttribute(element, 'legende')
			};
		default:
			return null;
	}
}

function readParagraphe(element: Y.XmlElement): Paragraphe {
	const bloc: Paragraphe = { type: 'paragraphe', contenu: [] };
	const titre = Number(attribute(element, 'titre'));
	if (titre === 2 || titre === 3 || titre === 4) bloc.titre = titre;
	const liste = attribute(element, 'liste');
	if (liste === 'puce' || liste === 'numero') bloc.liste = liste;
	const retrait = Number(attribute(element, 'retrait') ?? 0);
	if (bloc.liste && retrait > 0) bloc.retrait = Math.min(Math.trunc(retrait), RETRAIT_MAX);
	if (attribute(element, 'citation')) bloc.citation = true;
	const nature = attribute(element, 'constat');
	if (nature === 'constat' || nature === 'enjeu') bloc.constat = readConstat(element, nature);
	bloc.contenu = element.toArray().flatMap((child) => readInline(child));
	return bloc;
}

export const RETRAIT_MAX = 3;

function readConstat(element: Y.XmlElement, nature: NatureConstat): Constat {
	return {
		cle: textAttribute(element, 'cle'),
		nature,
		theme: textAttribute(element, 'theme'),
		noeud: textAttribute(element, 'noeud'),
		origine: textAttribute(element, 'origine')
	};
}

function readInline(child: unknown): Inline[] {
	if (child instanceof Y.XmlText) return readTexte(child);
	if (!(child instanceof Y.XmlElement)) return [];
	switch (child.nodeName) {
		case 'note':
			return [
				{
					type: 'note',
					contenu: child.toArray().flatMap((inner) => (inner instanceof Y.XmlText ? readTexte(inner) : []))
				}
			];
		case 'renvoi':
			return [{ type: 'renvoi', cible: textAttribute(child, 'cible') }];
		case 'chiffre':
			return [
				{
					type: 'chiffre',
					figure: textAttribute(child, 'figure'),
					ligne: textAttribute(child, 'ligne'),
					serie: textAttribute(child, 'serie')
				}
			];
		case 'saut':
			return [{ type: 'saut' }];
		default:
			return [];
	}
}

function readTexte(text: Y.XmlText): Texte[] {
	const runs: Texte[] = [];
	for (const { insert, attributes } of text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]) {
		if (typeof insert !== 'string' || insert === '') continue;
		const run: Texte = { type: 'texte', texte: insert };
		if (attributes?.gras) run.gras = true;
		if (attributes?.italique) run.italique = true;
		const lien = (attributes?.lien as { href?: unknown } | null | undefined)?.href;
		if (typeof lien === 'string' && isSafeLink(lien)) run.lien = lien;
		const last = runs.at(-1);
		// What formats leave behind may cut a text otherwise on each side.
		if (last && sameLook(last, run)) last.texte += run.texte;
		else runs.push(run);
	}
	return runs;
}

export function sameLook(a: Texte, b: Texte): boolean {
	return a.gras === b.gras && a.italique === b.italique && a.lien === b.lien;
}

function readTableau(element: Y.XmlElement): Tableau {
	const rangees = elementsOf(element)
		.filter(({ nodeName }) => nodeName === 'rangee')
		.map((rangee) => elementsOf(rangee).flatMap((cellule) => readCellule(cellule) ?? []));
	return { type: 'tableau', legende: textAttribute(element, 'legende'), rangees };
}

function readCellule(element: Y.XmlElement): Cellule | null {
	if (element.nodeName !== 'cellule' && element.nodeName !== 'entete') return null;
	const cellule: Cellule = { contenu: [] };
	if (element.nodeName === 'entete') cellule.entete = true;
	const [colonnes, lignes] = [spanOf(element, 'colspan'), spanOf(element, 'rowspan')];
	if (colonnes > 1) cellule.colonnes = colonnes;
	if (lignes > 1) cellule.lignes = lignes;
	cellule.contenu = elementsOf(element)
		.filter(({ nodeName }) => nodeName === 'paragraphe')
		.map(readParagraphe);
	return cellule;
}

export const ETENDUE_MAX = 100;

function spanOf(element: Y.XmlElement, name: string): number {
	const span = Math.trunc(Number(attribute(element, name) ?? 1));
	return span >= 1 ? Math.min(span, ETENDUE_MAX) : 1;
}

function elementsOf(parent: Y.XmlFragment): Y.XmlElement[] {
	return parent.toArray().filter((child) => child instanceof Y.XmlElement);
}

function attribute(element: Y.XmlElement, name: string): unknown {
	return element.getAttribute(name);
}

function textAttribute(element: Y.XmlElement, name: string): string {
	const value = attribute(element, name);
	return typeof value === 'string' ? value : '';
}

/** What a link may lead to: nothing that runs. */
export function isSafeLink(href: string): boolean {
	return /^(https?:\/\/|mailto:|tel:)[^\s\p{Cc}]+$/iu.test(href) && href.length <= LIEN_MAX;
}

const LIEN_MAX = 2_000;

// Writing

/** Appends prose to a document: its birth from an import or an archive, a block that the server adds. */
export function writeProse(fragment: Y.XmlFragment, prose: readonly Bloc[]): void {
	fragment.push(prose.map(blocElement));
}

function blocElement(bloc: Bloc): Y.XmlElement {
	switch (bloc.type) {
		case 'paragraphe':
			return paragrapheElement(bloc);
		case 'tableau':
			return tableauElement(bloc);
		case 'figure':
			return elementWith('figure', { figure: bloc.figure });
		case 'image':
			return elementWith('image', { piece: bloc.piece, alternative: bloc.alternative, legende: bloc.legende });
		default:
			return bloc satisfies never;
	}
}

type Attributes = Record<string, string | number | undefined>;

function elementWith(name: string, attributes: Attributes, children: (Y.XmlElement | Y.XmlText)[] = []): Y.XmlElement {
	const element = new Y.XmlElement(name);
	for (const [key, value] of Object.entries(attributes))
		if (value !== undefined && value !== '') element.setAttribute(key, value as string);
	if (children.length > 0) element.insert(0, children);
	return element;
}

function paragrapheElement({ titre, liste, retrait, citation, constat, contenu }: Paragraphe): Y.XmlElement {
	const attributes: Attributes = { titre, liste, retrait, citation: citation ? 1 : undefined };
	if (constat) {
		const { cle, nature, theme, noeud, origine } = constat;
		Object.assign(attributes, { cle, constat: nature, theme, noeud, origine });
	}
	return elementWith('paragraphe', attributes, inlineChildren(contenu));
}

/** Runs that follow one another are one text of Yjs. */
function inlineChildren(contenu: readonly Inline[]): (Y.XmlElement | Y.XmlText)[] {
	const children: (Y.XmlElement | Y.XmlText)[] = [];
	let runs: Texte[] = [];
	const endText = () => {
		if (runs.length === 0) return;
		const text = new Y.XmlText();
		text.applyDelta(runs.map((run) => ({ insert: run.texte, attributes: formatsOf(run) })));
		children.push(text);
		runs = [];
	};
	for (const inline of contenu) {
		if (inline.type === 'texte') {
			if (inline.texte !== '') runs.push(inline);
			continue;
		}
		endText();
		children.push(inlineElement(inline));
	}
	endText();
	return children;
}

function inlineElement(inline: Exclude<Inline, Texte>): Y.XmlElement {
	switch (inline.type) {
		case 'note':
			return elementWith('note', {}, inlineChildren(inline.contenu));
		case 'renvoi':
			return elementWith('renvoi', { cible: inline.cible });
		case 'chiffre':
			return elementWith('chiffre', { figure: inline.figure, ligne: inline.ligne, serie: inline.serie });
		case 'saut':
			return elementWith('saut', {});
		default:
			return inline satisfies never;
	}
}

function formatsOf({ gras, italique, lien }: Texte): Record<string, object> {
	return { ...(gras && { gras: {} }), ...(italique && { italique: {} }), ...(lien && { lien: { href: lien } }) };
}

function tableauElement({ legende, rangees }: Tableau): Y.XmlElement {
	const rows = rangees.map((cellules) => elementWith('rangee', {}, cellules.map(celluleElement)));
	return elementWith('tableau', { legende }, rows);
}

function celluleElement({ entete, colonnes, lignes, contenu }: Cellule): Y.XmlElement {
	const spans = { colspan: colonnes, rowspan: lignes };
	return elementWith(entete ? 'entete' : 'cellule', spans, contenu.map(paragrapheElement));
}

// What is asked of a prose

/** Its text, block by block, without its figures: for counting words, searching, finding sigles. */
export function texteOf(prose: Prose): string {
	return prose.flatMap(lignesOf).filter(Boolean).join('\n');
}

function lignesOf(bloc: Bloc): string[] {
	switch (bloc.type) {
		case 'paragraphe':
			return [plainText(bloc.contenu), ...notesOf(bloc.contenu)];
		case 'tableau':
			return [bloc.legende, ...bloc.rangees.flat().flatMap(({ contenu }) => contenu.flatMap(lignesOf))];
		case 'image':
			return [bloc.legende];
		case 'figure':
			return [];
		default:
			return bloc satisfies never;
	}
}

/** The words of a line, its footnotes apart. */
export function plainText(contenu: readonly Inline[]): string {
	return contenu.map((inline) => (inline.type === 'texte' ? inline.texte : inline.type === 'saut' ? ' ' : '')).join('');
}

function notesOf(contenu: readonly Inline[]): string[] {
	return contenu.flatMap((inline) => (inline.type === 'note' ? [plainText(inline.contenu)] : []));
}

export function countWords(text: string): number {
	return text.match(/[\p{L}\p{N}]+(?:['’\-\u2011][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}

/** The paragraphs of a prose, those in tables included, in the order of reading. */
export function* paragraphesOf(prose: Prose): Generator<Paragraphe> {
	for (const bloc of prose) {
		if (bloc.type === 'paragraphe') yield bloc;
		else if (bloc.type === 'tableau') for (const { contenu } of bloc.rangees.flat()) yield* contenu;
	}
}
