import { Extension } from '@tiptap/core';
import type { ResolvedPos } from '@tiptap/pm/model';
import { Plugin, PluginKey, TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import { PLAIN, type StyleDeParagraphe } from './keys.ts';
import { isSafeLink } from './prose.ts';
import { typed } from './typographie.ts';

export interface OptionsDEcriture {
	/** Takes a rule back: each is a step of its own. */
	undo: Pick<Y.UndoManager, 'stopCapturing' | 'undo'>;
	/** Whether French typography is wanted now. */
	typographie: () => boolean;
}

/** What happens while one types: Markdown's shortcuts and French typography. Backspace, or Ctrl+Z, gives back what was typed. */
export function writingRules(options: OptionsDEcriture): Extension {
	return Extension.create({
		name: 'regles',
		priority: 1_100, // Its Backspace comes before the others'.
		addProseMirrorPlugins: () => [rulesPlugin(options)]
	});
}

/** What a rule has just changed: the sign that was typed, and where one was after it. null once one writes or moves. */
interface Frais {
	signe: string;
	place: number;
}

const key = new PluginKey<Frais | null>('regles');

function rulesPlugin(options: OptionsDEcriture): Plugin<Frais | null> {
	return new Plugin<Frais | null>({
		key,
		state: {
			init: () => null,
			apply(tr, fresh) {
				const said = tr.getMeta(key) as Frais | undefined;
				if (said !== undefined) return said;
				const isOwn = (tr.docChanged || tr.selectionSet) && !tr.getMeta(ySyncPluginKey);
				return isOwn ? null : fresh;
			}
		},
		props: {
			handleTextInput: (view, from, to, text) => onText(view, { from, to, text }, options),
			handleDOMEvents: {
				// A keyboard that composes gives its text to the document first.
				compositionend(view) {
					setTimeout(() => !view.isDestroyed && afterComposition(view, options));
					return false;
				}
			},
			handleKeyDown(view, event) {
				const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
				const fresh = key.getState(view.state);
				if (event.key !== 'Backspace' || !isPlain || !fresh) return false;
				takeBack(view, fresh, options);
				return true;
			}
		}
	});
}

/** Gives back what was typed, the caret after it. */
function takeBack(view: EditorView, { signe, place }: Frais, { undo }: OptionsDEcriture): void {
	undo.undo();
	undo.stopCapturing();
	const { tr, doc } = view.state;
	tr.setMeta(key, null).setMeta('addToHistory', false);
	const isThere = place <= doc.content.size && doc.textBetween(place - 1, place) === signe;
	view.dispatch(isThere ? tr.setSelection(TextSelection.create(doc, place)) : tr);
}

interface Frappe {
	from: number;
	to: number;
	text: string;
}

function onText(view: EditorView, { from, to, text }: Frappe, options: OptionsDEcriture): boolean {
	if (view.composing || text.length !== 1) return false;
	const change = ruleFor(view.state, view.state.doc.resolve(from), text, options);
	if (!change) return false;
	// First what was typed, then the rule: undoing gives back what was typed.
	view.dispatch(view.state.tr.insertText(text, from, to));
	apply(view, change, { signe: text, place: from + 1 }, options);
	return true;
}

function afterComposition(view: EditorView, options: OptionsDEcriture): void {
	const { $from, empty } = view.state.selection;
	const last = textBefore($from).texte.at(-1);
	if (!empty || !last) return;
	const change = ruleFor(view.state, view.state.doc.resolve($from.pos - 1), last, options);
	if (change) apply(view, change, { signe: last, place: $from.pos }, options);
}

function apply(view: EditorView, change: Change, fresh: Frais, { undo }: OptionsDEcriture): void {
	undo.stopCapturing();
	const tr = view.state.tr;
	change(tr);
	view.dispatch(tr.setMeta(key, fresh).scrollIntoView());
	undo.stopCapturing();
}

/** What a rule makes of a document in which the sign has been written. */
type Change = (tr: Transaction) => void;

function ruleFor(state: EditorState, $at: ResolvedPos, signe: string, options: OptionsDEcriture): Change | null {
	const { parent } = $at;
	if (!parent.isTextblock || isInLink($at)) return null;
	const { texte, debut } = textBefore($at);
	return (
		(signe === ' ' && parent.type.name === 'paragraphe' && debut === $at.start() ? styleRule($at, texte) : null) ??
		markRule(state, $at, texte + signe) ??
		(options.typographie() ? typographicRule($at, texte, signe) : null)
	);
}

function isInLink($at: ResolvedPos): boolean {
	return [$at.nodeBefore, $at.nodeAfter].every((node) => node?.marks.some(({ type }) => type.name === 'lien') ?? false);
}

/** The plain text between what is no text (a note, a reference) and the place. */
function textBefore($at: ResolvedPos): { texte: string; debut: number } {
	const { parent, parentOffset } = $at;
	let texte = '';
	parent.forEach((child, offset) => {
		if (offset >= parentOffset) return;
		texte = child.isText ? texte + (child.text ?? '').slice(0, parentOffset - offset) : '';
	});
	return { texte, debut: $at.pos - texte.length };
}

// Styles of a paragraph: « # », « - », « 1. », « > » and a space, where it begins.

const STYLES: readonly [RegExp, (match: RegExpExecArray) => Partial<StyleDeParagraphe>][] = [
	[/^(#{1,3})$/u, ([signs]) => ({ titre: signs.length + 1 })],
	[/^[-*]$/u, () => ({ liste: 'puce' })],
	[/^1[.)]$/u, () => ({ liste: 'numero' })],
	[/^>$/u, () => ({ citation: 1 })]
];

function styleRule($at: ResolvedPos, texte: string): Change | null {
	const { attrs } = $at.parent;
	if (attrs.titre || attrs.liste || attrs.citation) return null;
	for (const [pattern, style] of STYLES) {
		const match = pattern.exec(texte);
		if (!match) continue;
		const [start, position] = [$at.start(), $at.before()];
		return (tr) =>
			tr
				.delete(start, start + texte.length + 1)
				.setNodeMarkup(position, undefined, { ...attrs, ...PLAIN, ...style(match) });
	}
	return null;
}

// Marks: « **gras** », « *italique* », « [texte](https://…) ».

interface Marked {
	/** The whole of what was typed, and of it what stays. */
	whole: string;
	inner: string;
	before: number;
	mark: { type: string; attrs?: Record<string, string> };
}

function markRule({ schema }: EditorState, $at: ResolvedPos, texte: string): Change | null {
	const found = markedIn(texte);
	const type = found && schema.marks[found.mark.type];
	if (!found || !type || !$at.parent.type.allowsMarkType(type)) return null;
	const end = $at.pos + 1;
	const start = end - found.whole.length;
	const from = start + found.before;
	const to = from + found.inner.length;
	return (tr) => {
		tr.delete(to, end).delete(start, from);
		tr.addMark(start, start + found.inner.length, type.create(found.mark.attrs));
		tr.setSelection(TextSelection.create(tr.doc, start + found.inner.length)).removeStoredMark(type);
	};
}

const WORDS = /[^*\s](?:[^*]*[^*\s])?/u.source;
const ITALIC_WORDS = /[^_\s](?:[^_]*[^_\s])?/u.source;
const GRAS = new RegExp(`(?<![*\\p{L}\\p{N}])\\*\\*(${WORDS})\\*\\*$`, 'u');
const ITALIQUE = new RegExp(`(?<![*\\p{L}\\p{N}])\\*(${WORDS})\\*$`, 'u');
const SOULIGNE = new RegExp(`(?<![_\\p{L}\\p{N}/])_(${ITALIC_WORDS})_$`, 'u');
const LIEN = /\[([^[\]]+)\]\(([^()\s]+)\)$/u;

export function markedIn(texte: string): Marked | null {
	const gras = GRAS.exec(texte);
	if (gras) return { whole: gras[0], inner: gras[1] as string, before: 2, mark: { type: 'gras' } };
	const italique = ITALIQUE.exec(texte) ?? SOULIGNE.exec(texte);
	if (italique) return { whole: italique[0], inner: italique[1] as string, before: 1, mark: { type: 'italique' } };
	const [whole = '', inner = '', href = ''] = LIEN.exec(texte) ?? [];
	if (whole === '' || !isSafeLink(href)) return null;
	return { whole, inner, before: 1, mark: { type: 'lien', attrs: { href } } };
}

function typographicRule($at: ResolvedPos, texte: string, signe: string): Change | null {
	const change = typed(texte, signe);
	if (!change) return null;
	const from = $at.pos - change.retire;
	return (tr) => tr.insertText(change.texte, from, $at.pos + 1);
}
