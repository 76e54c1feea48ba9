import { ETENDUE_MAX, isSafeLink, RETRAIT_MAX, sameLook } from './prose.ts';
import type { Bloc, Cellule, Inline, NatureDeListe, NiveauDeTitre, Note, Paragraphe, Prose, Texte } from './prose.ts';
import { itemOf } from './paste-text.ts';

/** What a paste gives, and what is said of it. */
export interface Collage {
	prose: Prose;
	/** Images that were left out: each leaves a word in the text. */
	images: number;
	/** Whether only the beginning was taken. */
	isCut: boolean;
}

/** What is read of one paste: some 150 pages. Beyond, only the beginning is kept. */
export const LIMITES_DE_COLLAGE = {
	html: 10_000_000,
	caracteres: 400_000,
	blocs: 6_000,
	cellules: 2_500,
	profondeur: 100
};

/**
 * The prose in HTML that comes from elsewhere: Word, LibreOffice, Google Docs, spreadsheets, web pages. Only what `prose.ts` can
 * say is read, so that nothing else can come through. The document is parsed without being shown: nothing in it runs or loads.
 */
export function readPasted(html: string): Collage {
	const { body } = new DOMParser().parseFromString(html.slice(0, LIMITES_DE_COLLAGE.html), 'text/html');
	removeAll(body);
	const reader = new Reader(takeNotes(body));
	reader.readAll(body, TOP);
	reader.end();
	const prose = withLevels(reader.blocs);
	return { prose, images: reader.images, isCut: reader.isFull || html.length > LIMITES_DE_COLLAGE.html };
}

/** What is no text of the author: programs, navigation, what is hidden, comments and removed words of a word processor. */
const DROPPED = [
	'script, style, noscript, template, iframe, frame, object, embed, applet, svg, math, canvas, video, audio, map',
	'head, title, meta, link, base, xml, input, select, textarea, button, dialog, nav, menu',
	'[role="navigation"], [role="dialog"], [role="search"], [hidden], [aria-hidden="true"]',
	'del, .msoDel, .MsoCommentReference, .msocomanchor, .mw-editsection',
	'.Apple-interchange-newline'
].join();
const DROPPED_STYLE =
	/display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-element\s*:\s*(comment|field)|mso-list\s*:\s*ignore/iu;

function removeAll(body: HTMLElement): void {
	for (const element of body.querySelectorAll('p, h1, h2, h3, h4, h5, h6')) rememberList(element as HTMLElement);
	for (const element of body.querySelectorAll(DROPPED)) element.remove();
	for (const element of body.querySelectorAll<HTMLElement>('[style]'))
		if (DROPPED_STYLE.test(styleOf(element))) element.remove();
	// Namespaced elements of Office: `o:p` holds text, `v:…` and `w:…` draw or say things to the program.
	for (const element of body.querySelectorAll('*')) if (/^[vw]:/iu.test(element.tagName)) element.remove();
}

function styleOf(element: Element): string {
	return element.getAttribute('style') ?? '';
}

// Lists of Word: paragraphs that say their level in their style, and write their own bullet.

const LISTE_WORD = /mso-list\s*:\s*l\d+\s+level(\d+)/iu;

/** The bullet is dropped with what is not text, so its nature is read before. */
function rememberList(paragraph: HTMLElement): void {
	const level = LISTE_WORD.exec(styleOf(paragraph))?.[1];
	if (!level) return;
	const bullet = [...paragraph.querySelectorAll('span')].find((span) => /mso-list\s*:\s*ignore/iu.test(styleOf(span)));
	const isNumber = /^\s*\(?(\d+|[a-z]{1,4})[.)°]/iu.test(bullet?.textContent ?? '');
	paragraph.dataset.copacteListe = isNumber ? 'numero' : 'puce';
	paragraph.dataset.copacteRetrait = String(Number(level) - 1);
}

// Footnotes: a call leads to a text further down, which leads back.

type Notes = ReadonlyMap<Element, readonly Node[]>;

/** The bodies of the notes, by their calls; they are taken out of the document. */
function takeNotes(body: HTMLElement): Notes {
	const targets = new Map<string, Element>();
	for (const element of body.querySelectorAll('[id], a[name]'))
		for (const name of [element.id, element.getAttribute('name') ?? ''])
			if (name !== '' && !targets.has(name)) targets.set(name, element);
	const notes = new Map<Element, readonly Node[]>();
	for (const call of body.querySelectorAll('a[href^="#"]')) {
		// The way back of a note that was just taken out: a place outside the document is before or after any other, at random.
		if (!body.contains(call)) continue;
		const target = targets.get(targetOf(call));
		const isBelow = target && call.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING;
		const text = isBelow ? bodyOfNote(call, target) : null;
		if (text && !text.contains(call)) notes.set(call, detach(text, call));
	}
	return notes;
}

function targetOf(link: Element): string {
	const name = (link.getAttribute('href') ?? '').slice(1);
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}

/** The block around the target that holds one way back, to this call. */
function bodyOfNote(call: Element, target: Element): Element | null {
	const names = namesOf(call);
	for (const around of [target.closest('li'), target.closest('div'), target.closest('p, dd, aside')]) {
		if (!around || around.tagName === 'BODY') continue;
		const back = [...around.querySelectorAll('a[href^="#"]')];
		const isOwn = back.length > 0 && back.every((link) => names.has(targetOf(link)));
		if (isOwn) return around;
	}
	return null;
}

function namesOf(call: Element): Set<string> {
	const own = [call.id, call.getAttribute('name') ?? '', call.closest('sup, span[id]')?.id ?? ''];
	return new Set(own.filter(Boolean));
}

/** Its words without the way back. */
function detach(text: Element, call: Element): readonly Node[] {
	const names = namesOf(call);
	for (const link of text.querySelectorAll('a[href^="#"]')) if (names.has(targetOf(link))) link.remove();
	const above = text.parentElement;
	text.remove();
	if (above && above.tagName !== 'BODY' && above.textContent?.trim() === '') above.remove();
	return [text];
}

// Reading

/** What the paragraph under way is, and what its words are. */
interface Context {
	titre?: number;
	liste?: NatureDeListe;
	/** From 1 in a list. */
	niveau: number;
	citation?: true;
	gras?: true;
	italique?: true;
	lien?: string;
	isCell?: true;
	isPre?: true;
	depth: number;
}

const TOP: Context = { niveau: 0, depth: 0 };

const BLOCKS = new Set(
	(
		'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM HEADER ' +
		'HGROUP HR LEGEND LI MAIN OL P PRE SECTION SUMMARY TBODY TD TFOOT TH THEAD TR UL H1 H2 H3 H4 H5 H6'
	).split(' ')
);

/** A heading keeps the rank that its author gave it until all are known. */
interface ParagrapheLu extends Omit<Paragraphe, 'titre'> {
	titre?: number;
}
type BlocLu = ParagrapheLu | Exclude<Bloc, Paragraphe>;

class Reader {
	readonly blocs: BlocLu[] = [];
	images = 0;
	isFull = false;
	readonly #notes: Notes;
	#contenu: Inline[] = [];
	#context: Context = TOP;
	#caracteres = 0;

	constructor(notes: Notes, caracteres = 0) {
		this.#notes = notes;
		this.#caracteres = caracteres;
	}

	readAll(parent: Node, context: Context): void {
		for (const child of parent.childNodes) {
			if (this.#isOver()) return;
			if (child.nodeType === Node.TEXT_NODE) this.#text(child.nodeValue ?? '', context);
			else if (child instanceof Element || child.nodeType === Node.ELEMENT_NODE)
				this.#element(child as HTMLElement, context);
		}
	}

	/** Ends the paragraph under way. */
	end(): void {
		const contenu = trimmed(this.#contenu);
		this.#contenu = [];
		if (contenu.length === 0) return;
		const { titre, liste, niveau, citation, isCell } = this.#context;
		const bloc: ParagrapheLu = { type: 'paragraphe', contenu };
		const typedItem = !liste && !titre && contenu[0]?.type === 'texte' ? itemOf(contenu[0].texte) : null;
		if (titre && !isCell) bloc.titre = titre;
		else if (liste) {
			bloc.liste = liste;
			if (niveau > 1) bloc.retrait = Math.min(niveau - 1, RETRAIT_MAX);
		} else if (typedItem?.nature === 'puce' && typedItem.texte !== '') {
			bloc.liste = 'puce';
			contenu[0] = { ...(contenu[0] as Texte), texte: typedItem.texte };
		} else if (citation) bloc.citation = true;
		this.blocs.push(bloc);
	}

	#isOver(): boolean {
		this.isFull ||= this.#caracteres > LIMITES_DE_COLLAGE.caracteres || this.blocs.length >= LIMITES_DE_COLLAGE.blocs;
		return this.isFull;
	}

	#text(value: string, { gras, italique, lien, isPre, ...context }: Context): void {
		const clean = cleanText(value);
		if (isPre) {
			clean.split('\n').forEach((line, i) => {
				if (i > 0) this.#contenu.push({ type: 'saut' });
				if (line) this.#push({ type: 'texte', texte: line });
			});
			return;
		}
		const texte = clean.replace(/[ \t\n\r\f]+/gu, ' ');
		if (texte === '' || (texte === ' ' && this.#contenu.length === 0)) return;
		if (this.#contenu.length === 0) this.#context = context;
		const run: Texte = { type: 'texte', texte };
		if (gras && !context.titre) run.gras = true;
		if (italique) run.italique = true;
		if (lien) run.lien = lien;
		this.#push(run);
	}

	#push(run: Texte): void {
		const room = LIMITES_DE_COLLAGE.caracteres + 1 - this.#caracteres;
		if (room <= 0) return void (this.isFull = true);
		this.#caracteres += run.texte.length;
		this.#contenu.push(run.texte.length > room ? { ...run, texte: run.texte.slice(0, room).toWellFormed() } : run);
	}

	#element(element: HTMLElement, outer: Context): void {
		const context = { ...contextOf(element, outer), depth: outer.depth + 1 };
		if (context.depth > LIMITES_DE_COLLAGE.profondeur) return this.#text(element.textContent ?? '', outer);
		const note = this.#notes.get(element);
		if (note) return this.#note(note);
		switch (element.tagName) {
			case 'BR':
				return this.#break(element, outer);
			case 'IMG':
				return this.#image(element as HTMLImageElement, outer);
			case 'TABLE':
				return this.#table(element as HTMLTableElement, outer);
			case 'SPAN':
				if (element.hasAttribute('data-note')) return this.#note([...element.childNodes]);
		}
		if (!BLOCKS.has(element.tagName)) return this.readAll(element, context);
		// A second paragraph of the same item goes on in it.
		if (isInItem(element, outer) && this.#contenu.length > 0) this.#contenu.push({ type: 'saut' });
		else this.end();
		this.#context = context;
		this.readAll(element, context);
		if (!isInItem(element, outer)) this.end();
		this.#context = outer;
	}

	#break(element: HTMLElement, context: Context): void {
		if (/page-break-before|mso-special-character\s*:\s*(line|page)-break/iu.test(styleOf(element))) return this.end();
		if (this.#contenu.length === 0) return;
		// Two of them are what people write between paragraphs.
		if (this.#contenu.at(-1)?.type !== 'saut' || context.liste) return void this.#contenu.push({ type: 'saut' });
		this.end();
		this.#context = context;
	}

	#image(image: HTMLImageElement, context: Context): void {
		const [width, height] = [image.getAttribute('width'), image.getAttribute('height')];
		if (width === '1' || height === '1' || width === '0') return; // Not to be seen.
		this.images++;
		const alternative = cleanText(image.getAttribute('alt') ?? '')
			.trim()
			.slice(0, 300);
		this.#text(alternative ? `[image retirée\u00a0: ${alternative}]` : '[image retirée]', context);
	}

	#note(nodes: readonly Node[]): void {
		const inner = new Reader(new Map(), this.#caracteres);
		for (const node of nodes) inner.readAll(node.nodeType === Node.TEXT_NODE ? (node.parentNode as Node) : node, TOP);
		inner.end();
		const contenu: Texte[] = [];
		for (const bloc of inner.blocs) {
			if (bloc.type !== 'paragraphe') continue;
			if (contenu.length > 0) contenu.push({ type: 'texte', texte: ' ' });
			for (const inline of bloc.contenu) contenu.push(inline.type === 'texte' ? inline : { type: 'texte', texte: ' ' });
		}
		const note: Note = { type: 'note', contenu: trimmed(merged(contenu)) as Texte[] };
		if (note.contenu.length > 0) this.#contenu.push(note);
	}

	#table(table: HTMLTableElement, context: Context): void {
		const rows = [...table.rows].filter((row) => row.closest('table') === table);
		const cells = rows.map((row) => [...row.cells]);
		const count = cells.reduce((sum, row) => sum + row.length, 0);
		// One cell is a frame around a text; a table in a cell is read as its lines.
		if (context.isCell || count <= 1) return this.#flatten(table, cells, context);
		this.end();
		const lines = this.#rangees(cells);
		const rangees = trimmedTable(lines);
		if (rangees.length === 0) return;
		const legende = cleanText(table.caption?.textContent ?? '')
			.replace(/\s+/gu, ' ')
			.trim();
		this.blocs.push({ type: 'tableau', legende, rangees: rectangular(rangees) });
	}

	#flatten(table: HTMLTableElement, cells: readonly HTMLTableCellElement[][], context: Context): void {
		this.end();
		if (table.caption) this.readAll(table.caption, context);
		for (const cell of cells.flat()) {
			this.end();
			this.#context = context;
			this.readAll(cell, { ...context, depth: context.depth + 1 });
		}
		this.end();
	}

	#rangees(cells: readonly HTMLTableCellElement[][]): Cellule[][] {
		const rangees: Cellule[][] = [];
		let count = 0;
		for (const row of cells) {
			count += row.length;
			if (count > LIMITES_DE_COLLAGE.cellules) this.isFull = true;
			if (this.#isOver()) break;
			rangees.push(row.map((cell) => this.#cellule(cell)));
		}
		return rangees;
	}

	#cellule(cell: HTMLTableCellElement): Cellule {
		const isHeader = cell.tagName === 'TH' || cell.closest('thead') !== null;
		const inner = new Reader(this.#notes, this.#caracteres);
		inner.readAll(cell, { niveau: 0, depth: 0, isCell: true });
		inner.end();
		this.#caracteres = inner.#caracteres;
		this.images += inner.images;
		const cellule: Cellule = { contenu: inner.blocs.filter((bloc) => bloc.type === 'paragraphe') as Paragraphe[] };
		if (isHeader) for (const { contenu } of cellule.contenu) withoutBold(contenu);
		if (isHeader) cellule.entete = true;
		const [colonnes, lignes] = [spanOf(cell.getAttribute('colspan')), spanOf(cell.getAttribute('rowspan'))];
		if (colonnes > 1) cellule.colonnes = colonnes;
		if (lignes > 1) cellule.lignes = lignes;
		return cellule;
	}
}

/** A header is bold by itself. */
function withoutBold(contenu: readonly Inline[]): void {
	for (const inline of contenu) if (inline.type === 'texte') delete inline.gras;
}

function isInItem({ tagName }: Element, { liste }: Context): boolean {
	return liste !== undefined && tagName !== 'LI' && tagName !== 'UL' && tagName !== 'OL';
}

function contextOf(element: HTMLElement, outer: Context): Context {
	const context = { ...outer, ...paragraphContext(element, outer) };
	const style = styleOf(element);
	const weight = /(?<![\w-])font-weight\s*:\s*([\w-]+)/iu.exec(style)?.[1]?.toLowerCase();
	const isBold = weight ? /^(bold|bolder|[6-9]00)$/u.test(weight) : /^(B|STRONG)$/u.test(element.tagName);
	if (isBold) context.gras = true;
	else if (weight) delete context.gras;
	const slant = /(?<![\w-])font-style\s*:\s*([\w-]+)/iu.exec(style)?.[1]?.toLowerCase();
	const isItalic = slant ? slant === 'italic' || slant === 'oblique' : /^(I|EM|CITE|DFN)$/u.test(element.tagName);
	if (isItalic) context.italique = true;
	else if (slant) delete context.italique;
	if (element.tagName === 'A') {
		const href = (element.getAttribute('href') ?? '').trim();
		if (isSafeLink(href)) context.lien = href;
	}
	return context;
}

function paragraphContext(element: HTMLElement, outer: Context): Partial<Context> {
	const { tagName } = element;
	if (tagName === 'UL' || tagName === 'OL')
		return { liste: tagName === 'OL' ? 'numero' : 'puce', niveau: outer.niveau + 1, titre: undefined };
	if (tagName === 'LI') {
		const level = Number(element.getAttribute('aria-level') ?? 0); // Google Docs.
		const retrait = element.closest('[data-retrait]')?.getAttribute('data-retrait');
		const niveau = retrait ? Number(retrait) + 1 || 1 : Math.max(outer.niveau, level);
		return { liste: outer.liste ?? 'puce', niveau: Math.max(1, niveau) };
	}
	const { copacteListe, copacteRetrait } = element.dataset;
	const titre = titreOf(element);
	if (titre) return { titre, liste: undefined, citation: undefined };
	if (copacteListe) return { liste: copacteListe === 'numero' ? 'numero' : 'puce', niveau: Number(copacteRetrait) + 1 };
	if (tagName === 'BLOCKQUOTE' || /^(Mso(Intense)?Quote|Citation\w*|Quotations?)$/u.test(element.className))
		return { citation: true };
	if (tagName === 'PRE') return { isPre: true };
	return {};
}

function titreOf(element: HTMLElement): number | null {
	const tag = /^H([1-6])$/u.exec(element.tagName)?.[1];
	if (tag) return Number(tag);
	if (element.tagName !== 'P') return null;
	if (/^MsoTitle$|^Titre$|^Title$/u.test(element.className)) return 1;
	const named = /^(?:Mso)?(?:Heading|Titre)(\d)/iu.exec(element.className)?.[1];
	const level = named ?? /mso-outline-level\s*:\s*(\d)/iu.exec(styleOf(element))?.[1];
	return level ? Number(level) : null;
}

// Mending

/** The ranks of the headings of a paste become the three that we have, in their order. */
function withLevels(blocs: readonly BlocLu[]): Prose {
	const ranks = [...new Set(blocs.flatMap((bloc) => (bloc.type === 'paragraphe' && bloc.titre ? [bloc.titre] : [])))];
	ranks.sort((a, b) => a - b);
	return blocs.map((bloc) => {
		if (bloc.type !== 'paragraphe' || !bloc.titre) return bloc as Bloc;
		return { ...bloc, titre: Math.min(4, 2 + ranks.indexOf(bloc.titre)) as NiveauDeTitre };
	});
}

/** Without the spaces and breaks at its ends, nor two spaces where two pieces meet. */
function trimmed(contenu: readonly Inline[]): Inline[] {
	const pieces = merged(contenu);
	const isBlank = (inline: Inline | undefined) =>
		inline?.type === 'saut' || (inline?.type === 'texte' && inline.texte.trim() === '');
	while (isBlank(pieces[0])) pieces.shift();
	while (isBlank(pieces.at(-1))) pieces.pop();
	pieces.forEach((inline, i) => {
		if (inline.type !== 'texte') return;
		const before = pieces[i - 1];
		const isFirst = i === 0 || before?.type === 'saut';
		const follows = before?.type === 'texte' && before.texte.endsWith(' ');
		if (isFirst || follows) inline.texte = inline.texte.replace(isFirst ? /^\s+/u : /^ +/u, '');
		if (i === pieces.length - 1 || pieces[i + 1]?.type === 'saut') inline.texte = inline.texte.replace(/\s+$/u, '');
	});
	return merged(pieces).filter((inline) => inline.type !== 'texte' || inline.texte !== '');
}

/** Neighbours of the same look are one. */
function merged<T extends Inline>(contenu: readonly T[]): T[] {
	const pieces: T[] = [];
	for (const inline of contenu) {
		const last = pieces.at(-1);
		if (inline.type === 'texte' && last?.type === 'texte' && sameLook(inline, last))
			last.texte = (last.texte + inline.texte).replace(/ {2,}/gu, ' ');
		else pieces.push({ ...inline });
	}
	return pieces;
}

/** Spreadsheets give the empty rows and columns around what was chosen. */
function trimmedTable(rangees: Cellule[][]): Cellule[][] {
	const isEmpty = (cellule: Cellule | undefined) => !cellule || cellule.contenu.length === 0;
	const rows = [...rangees];
	while (rows.length > 0 && rows.at(-1)?.every(isEmpty)) rows.pop();
	if (rows.flat().some(({ colonnes }) => colonnes)) return rows;
	let width = Math.max(0, ...rows.map((row) => row.length));
	while (width > 1 && rows.every((row) => isEmpty(row[width - 1]))) width--;
	return rows.map((row) => row.slice(0, width));
}

/** Every row as wide as the widest, spans included: an uneven table would be mended by each of its readers. */
function rectangular(rangees: readonly Cellule[][]): Cellule[][] {
	const taken: Set<number>[] = rangees.map(() => new Set());
	const rows = rangees.map((row, r) => {
		let column = 0;
		return row.map((cellule) => {
			const place = taken[r] as Set<number>;
			while (place.has(column)) column++;
			let width = 1;
			while (width < (cellule.colonnes ?? 1) && !place.has(column + width)) width++;
			const height = Math.min(cellule.lignes ?? 1, rangees.length - r);
			for (let y = r; y < r + height; y++) for (let x = column; x < column + width; x++) taken[y]?.add(x);
			column += width;
			const { colonnes: _, lignes: __, ...rest } = cellule;
			return { ...rest, ...(width > 1 && { colonnes: width }), ...(height > 1 && { lignes: height }) };
		});
	});
	const widest = Math.max(...taken.map((columns) => columns.size));
	rows.forEach((row, r) => {
		for (let missing = widest - (taken[r]?.size ?? 0); missing > 0; missing--) row.push({ contenu: [] });
	});
	return rows;
}

function spanOf(value: string | null): number {
	const span = Math.trunc(Number(value));
	return span > 1 ? Math.min(span, ETENDUE_MAX) : 1;
}

/** Without what nobody sees: controls, marks of a lost encoding, zero-width spaces. */
function cleanText(value: string): string {
	return value
		.toWellFormed()
		.replace(/(?![\t\n\r])\p{Cc}|[\u200b\u2060\ufeff\u00ad\ufffc\ufffe\uffff]/gu, '')
		.replace(/[\u202a-\u202e\u2066-\u2069]/gu, '');
}
