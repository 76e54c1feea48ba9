import { Extension, type Editor } from '@tiptap/core';
import { DOMParser as ProseParser, Fragment, Slice, type Node as ProseNode, type Schema } from '@tiptap/pm/model';
import { Plugin, Selection, TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state';
import { isInTable } from '@tiptap/pm/tables';
import type { EditorView } from '@tiptap/pm/view';
import { newLocalId } from '#lib/ids.ts';
import { isInNote } from './keys.ts';
import { LIMITES_DE_COLLAGE, readPasted } from './paste-html.ts';
import { readPastedText } from './paste-text.ts';
import { writeHTML } from './prose-html.ts';
import type { Prose } from './prose.ts';

export interface OptionsDeCollage {
	/** Says what became of a paste. */
	announce: (sentence: string) => void;
	/** A paste is a step of its own to take back; a long one is several. */
	undo: { stopCapturing(): void };
	/** Images that were pasted or dropped as files; absent where there is no place to keep them. */
	images?: (files: File[], at: number) => void;
}

/** Paste and drop: structure is kept, everything else is left out, and nothing is too large for the guard of the server. */
export function paste(options: OptionsDeCollage): Extension {
	return Extension.create({
		name: 'collage',
		priority: 1_050,
		addProseMirrorPlugins() {
			return [pastePlugin(this.editor, options)];
		}
	});
}

function pastePlugin({ schema }: Editor, options: OptionsDeCollage): Plugin {
	let message: string | null = null;
	return new Plugin({
		props: {
			transformPastedHTML(html) {
				if (isOwn(html)) return html;
				const { prose, images, isCut } = readPasted(html);
				message = sentenceOf(images, isCut);
				return writeHTML(prose);
			},
			clipboardTextParser(text) {
				const isCut = text.length > LIMITES_DE_COLLAGE.caracteres;
				if (isCut) message = sentenceOf(0, true);
				return sliceOf(schema, readPastedText(text.slice(0, LIMITES_DE_COLLAGE.caracteres)));
			},
			transformPasted: (slice, view) => withOwnKeys(slice, view),
			handlePaste(view, event, slice) {
				const said = message;
				message = null;
				if (options.images && hasOnlyImages(event.clipboardData)) {
					options.images(imagesOf(event.clipboardData), view.state.selection.from);
					return true;
				}
				const pasted = slice.size > 0 ? slice : textSliceOf(schema, event.clipboardData);
				const isDone = pasteInto(view, pasted, options.undo);
				if (said) options.announce(said);
				return isDone;
			},
			handleDrop(view, event) {
				const said = message;
				message = null;
				if (said) options.announce(said);
				if (!options.images || !hasOnlyImages(event.dataTransfer)) return false;
				const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
				options.images(imagesOf(event.dataTransfer), at ?? view.state.selection.from);
				event.preventDefault();
				return true;
			},
			handleDOMEvents: {
				cut(view) {
					rememberCut(view.state);
					return false;
				}
			}
		}
	});
}

/** Copied in Copacte: read by the schema itself, which knows nothing else. */
function isOwn(html: string): boolean {
	return /<[a-z]\w* [^>]*data-pm-slice="/iu.test(html.slice(0, 2_000));
}

export function sentenceOf(images: number, isCut: boolean): string | null {
	const parts: string[] = [];
	if (isCut)
		parts.push('Le texte collé est trop long\u00a0: seul son début est là. Collez la suite en plusieurs fois.');
	if (images === 1)
		parts.push('Une image a été retirée\u00a0: ajoutez-la par «\u00a0Insérer\u00a0», «\u00a0Une image\u00a0».');
	if (images > 1)
		parts.push(
			`${images} images ont été retirées\u00a0: ajoutez-les par «\u00a0Insérer\u00a0», «\u00a0Une image\u00a0».`
		);
	return parts.length > 0 ? parts.join(' ') : null;
}

/** A picture of a text comes with the text itself: then the text is meant. */
function hasOnlyImages(data: DataTransfer | null): boolean {
	if (!data || imagesOf(data).length === 0) return false;
	const html = data
		.getData('text/html')
		.replace(/<(?!img)[^>]*>/giu, '')
		.trim();
	return data.getData('text/plain').trim() === '' && (html === '' || /^<img[^>]*>$/iu.test(html));
}

function imagesOf(data: DataTransfer | null): File[] {
	return [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
}

function sliceOf(schema: Schema, prose: Prose): Slice {
	const dom = document.implementation.createHTMLDocument('').createElement('div');
	dom.innerHTML = writeHTML(prose);
	return Slice.maxOpen(ProseParser.fromSchema(schema).parse(dom).content);
}

/** The paste held HTML in which there was nothing to read, and text beside it. */
function textSliceOf(schema: Schema, data: DataTransfer | null): Slice {
	const text = data?.getData('text/plain') ?? '';
	return sliceOf(schema, readPastedText(text.slice(0, LIMITES_DE_COLLAGE.caracteres)));
}

// Constats: an id stands for one paragraph.

/** Those that were cut on this page: put back, they are the same. */
let cut = new Set<string>();

function rememberCut(state: EditorState): void {
	const { from, to } = state.selection;
	cut = keysBetween(state.doc, from, to);
}

function keysBetween(doc: ProseNode, from: number, to: number): Set<string> {
	const keys = new Set<string>();
	doc.nodesBetween(from, to, ({ attrs }) => void (typeof attrs.cle === 'string' && keys.add(attrs.cle)));
	return keys;
}

function withOwnKeys(slice: Slice, view: EditorView): Slice {
	const { doc, selection } = view.state;
	const here = keysBetween(doc, 0, doc.content.size);
	const isMoved = (view.dragging as { move?: boolean } | null)?.move === true;
	const moved = isMoved ? keysBetween(doc, selection.from, selection.to) : cut;
	const taken = new Set([...here].filter((key) => !isMoved || !moved.has(key)));
	const ownKey = (key: string) => {
		const kept = moved.has(key) && !taken.has(key) ? key : newLocalId();
		taken.add(kept);
		return kept;
	};
	return new Slice(mapKeys(slice.content, ownKey), slice.openStart, slice.openEnd);
}

function mapKeys(content: Fragment, ownKey: (key: string) => string): Fragment {
	const nodes: ProseNode[] = [];
	content.forEach((node) => {
		if (node.isText) return nodes.push(node);
		const { cle } = node.attrs as { cle?: unknown };
		const attrs = typeof cle === 'string' ? { ...node.attrs, cle: ownKey(cle) } : node.attrs;
		return nodes.push(node.type.create(attrs, mapKeys(node.content, ownKey), node.marks));
	});
	return Fragment.from(nodes);
}

// Putting it in

/** Of one transaction, so that one update stays far below what the guard lets in (256 KiB, 20 000 structs). */
const PART = { taille: 24_000, noeuds: 2_000 };
/** Of one step of undo, which comes back in one update. */
const STEP = { taille: 80_000, noeuds: 8_000 };

function pasteInto(view: EditorView, slice: Slice, undo: { stopCapturing(): void }): boolean {
	const { state } = view;
	if (slice.size === 0) return true;
	if (isInNote(state)) return pasteWords(view, slice);
	if (isInTable(state)) return pasteInCell(view, slice);
	const blocs = childrenOf(slice.content);
	if (isInline(slice, blocs)) return false; // Words in a paragraph: the editor's own way.
	undo.stopCapturing();
	pasteBlocs(view, blocs, undo);
	undo.stopCapturing();
	return true;
}

function childrenOf(content: Fragment): ProseNode[] {
	const nodes: ProseNode[] = [];
	content.forEach((node) => void nodes.push(node));
	return nodes;
}

/** A piece of one paragraph that is nothing more. */
function isInline({ openStart, size }: Slice, blocs: readonly ProseNode[]): boolean {
	const [only] = blocs;
	if (blocs.length !== 1 || !only || size > PART.taille) return false;
	if (only.isInline) return true;
	return only.type.name === 'paragraphe' && openStart > 0 && !isStyled(only);
}

function isStyled({ attrs }: ProseNode): boolean {
	return Boolean(attrs.titre || attrs.liste || attrs.citation || attrs.constat);
}

/** Whole blocks: they take the place of an empty paragraph, else come where the caret splits its own. */
function pasteBlocs(view: EditorView, blocs: readonly ProseNode[], undo: { stopCapturing(): void }): void {
	let place = makeRoom(view);
	let step = { taille: 0, noeuds: 0 };
	for (const part of partsOf(blocs)) {
		const size = sizeOf(part);
		if (step.taille > 0 && (step.taille + size.taille > STEP.taille || step.noeuds + size.noeuds > STEP.noeuds)) {
			undo.stopCapturing();
			step = { taille: 0, noeuds: 0 };
		}
		step = { taille: step.taille + size.taille, noeuds: step.noeuds + size.noeuds };
		const before = view.state.doc.content.size;
		view.dispatch(view.state.tr.insert(place, part).setMeta('paste', true).setMeta('uiEvent', 'paste'));
		place += view.state.doc.content.size - before;
	}
	const { tr } = view.state;
	view.dispatch(tr.setSelection(Selection.near(tr.doc.resolve(place), -1)).scrollIntoView());
}

/** Takes away what is selected; gives the place between two blocks where the paste goes. */
function makeRoom(view: EditorView): number {
	const tr = view.state.tr.deleteSelection();
	const place = splitAt(tr);
	if (tr.docChanged) view.dispatch(tr);
	return place;
}

function splitAt(tr: Transaction): number {
	const { $from } = tr.selection;
	if ($from.depth === 0) return $from.pos;
	const { parent, parentOffset } = $from;
	if (parent.content.size === 0) {
		const place = $from.before(1);
		tr.delete(place, $from.after(1));
		return place;
	}
	if (parentOffset === 0) return $from.before(1);
	if (parentOffset < parent.content.size) tr.split($from.pos);
	return tr.doc.resolve($from.pos).after(1);
}

interface Size {
	taille: number;
	noeuds: number;
}

function sizeOf(blocs: readonly ProseNode[]): Size {
	let [taille, noeuds] = [0, 0];
	for (const bloc of blocs) {
		taille += bloc.nodeSize;
		noeuds++;
		bloc.descendants(() => void noeuds++);
	}
	return { taille, noeuds };
}

function* partsOf(blocs: readonly ProseNode[]): Generator<ProseNode[]> {
	let part: ProseNode[] = [];
	let size = { taille: 0, noeuds: 0 };
	for (const bloc of blocs.flatMap(piecesOf)) {
		const own = sizeOf([bloc]);
		if (part.length > 0 && (size.taille + own.taille > PART.taille || size.noeuds + own.noeuds > PART.noeuds)) {
			yield part;
			part = [];
			size = { taille: 0, noeuds: 0 };
		}
		part.push(bloc);
		size = { taille: size.taille + own.taille, noeuds: size.noeuds + own.noeuds };
	}
	if (part.length > 0) yield part;
}

/** A table longer than the guard lets in becomes several, cut where no cell spans the cut; so does a paragraph. */
function piecesOf(bloc: ProseNode): ProseNode[] {
	const { taille, noeuds } = sizeOf([bloc]);
	if (taille <= PART.taille * 2 && noeuds <= PART.noeuds * 4) return [bloc];
	if (bloc.type.name === 'paragraphe') return cutParagraphe(bloc);
	return bloc.type.name === 'tableau' ? cutTableau(bloc) : [bloc];
}

function cutParagraphe(bloc: ProseNode): ProseNode[] {
	const pieces: ProseNode[] = [];
	for (let from = 0; from < bloc.content.size; from += PART.taille)
		pieces.push(bloc.cut(from, Math.min(from + PART.taille, bloc.content.size)));
	return pieces;
}

function cutTableau(bloc: ProseNode): ProseNode[] {
	const pieces: ProseNode[] = [];
	let rows: ProseNode[] = [];
	let spanned = 0;
	for (const row of childrenOf(bloc.content)) {
		const { taille, noeuds } = sizeOf([...rows, row]);
		if (rows.length > 0 && spanned <= 0 && (taille > PART.taille * 2 || noeuds > PART.noeuds * 4)) {
			pieces.push(bloc.copy(Fragment.from(rows)));
			rows = [];
		}
		rows.push(row);
		spanned = Math.max(spanned - 1, ...childrenOf(row.content).map(({ attrs }) => Number(attrs.rowspan) - 1));
	}
	pieces.push(bloc.copy(Fragment.from(rows)));
	return pieces;
}

/** A footnote holds words only. */
function pasteWords(view: EditorView, slice: Slice): boolean {
	const { schema, tr } = view.state;
	const words: ProseNode[] = [];
	slice.content.descendants((node) => {
		if (node.isTextblock && words.length > 0) words.push(schema.text(' '));
		if (node.isText) words.push(schema.text(node.text as string, node.marks));
		return true;
	});
	const { from, to } = tr.selection;
	const content = Fragment.from(words);
	tr.replaceWith(from, to, content);
	view.dispatch(tr.setSelection(TextSelection.create(tr.doc, from + content.size)).scrollIntoView());
	return true;
}

/** A cell holds paragraphs; a table pasted in a table fills its cells, the way of `@tiptap/pm/tables`. */
function pasteInCell(view: EditorView, slice: Slice): boolean {
	const blocs = childrenOf(slice.content);
	if (blocs.some(({ type }) => type.spec.tableRole !== undefined) || isInline(slice, blocs)) return false;
	const lines = blocs.filter(({ type }) => type.name === 'paragraphe');
	if (lines.length === 0) return true;
	const { tr } = view.state;
	const content = Fragment.from(lines.map((line) => line.type.create({ ...line.attrs, titre: null }, line.content)));
	view.dispatch(tr.replaceSelection(new Slice(content, 1, 1)).scrollIntoView());
	return true;
}
