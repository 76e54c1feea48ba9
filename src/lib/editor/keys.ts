import type { Editor } from '@tiptap/core';
import { chainCommands, splitBlockAs } from '@tiptap/pm/commands';
import { keymap } from '@tiptap/pm/keymap';
import { Plugin, TextSelection, type Command, type EditorState } from '@tiptap/pm/state';
import { goToNextCell, isInTable } from '@tiptap/pm/tables';
import { RETRAIT_MAX } from './prose.ts';
import { endNoteBackward, endNoteForward } from './notes.ts';
import { nextCell } from './table.ts';

/** The keys of prose; those of a word processor, so that nobody has to learn. */
export function proseKeys(editor: Editor): Plugin {
	return keymap({
		'Mod-b': () => editor.commands.toggleMark('gras'),
		'Mod-i': () => editor.commands.toggleMark('italique'),
		'Mod-Alt-0': setParagraphe(PLAIN),
		'Mod-Alt-1': setParagraphe({ ...PLAIN, titre: 2 }),
		'Mod-Alt-2': setParagraphe({ ...PLAIN, titre: 3 }),
		'Mod-Alt-3': setParagraphe({ ...PLAIN, titre: 4 }),
		'Mod-Shift-7': toggleListe('numero'),
		'Mod-Shift-8': toggleListe('puce'),
		'Mod-Shift-b': toggleCitation,
		'Mod-]': changeRetrait(1),
		'Mod-[': changeRetrait(-1),
		'Shift-Enter': insertSaut,
		'Mod-Enter': leaveTable,
		Enter: chainCommands(endList, splitParagraphe),
		Backspace: chainCommands(endNoteBackward, dropStyle),
		Delete: endNoteForward,
		Tab: (state, dispatch, view) =>
			isInTable(state) ? nextCell(state, dispatch, view) : changeRetrait(1)(state, dispatch),
		'Shift-Tab': (state, dispatch) =>
			isInTable(state) ? goToNextCell(-1)(state, dispatch) : changeRetrait(-1)(state, dispatch)
	});
}

export type StyleDeParagraphe = Record<'titre' | 'liste' | 'retrait' | 'citation', string | number | null>;

export const PLAIN: StyleDeParagraphe = { titre: null, liste: null, retrait: null, citation: null };

/** The paragraphs that the selection touches. */
export function* selectedParagraphes(state: EditorState) {
	const found: { position: number; attrs: Record<string, unknown> }[] = [];
	const { from, to } = state.selection;
	state.doc.nodesBetween(from, to, (node, position) => {
		if (node.type.name === 'paragraphe') found.push({ position, attrs: node.attrs });
		return node.type.name !== 'paragraphe';
	});
	yield* found;
}

/** Gives the selected paragraphs a style; what they say and what others type there meanwhile is untouched. */
export function setParagraphe(style: Record<string, string | number | null>): Command {
	return changeParagraphes((attrs) => ({ ...attrs, ...style }));
}

export function changeParagraphes(change: (attrs: Record<string, unknown>) => Record<string, unknown> | null): Command {
	return (state, dispatch) => {
		const tr = state.tr;
		for (const { position, attrs } of selectedParagraphes(state)) {
			const changed = change(attrs);
			if (changed) tr.setNodeMarkup(position, undefined, changed);
		}
		if (!tr.docChanged) return false;
		dispatch?.(tr.scrollIntoView());
		return true;
	};
}

export function toggleListe(liste: 'puce' | 'numero'): Command {
	return (state, dispatch) => {
		const all = [...selectedParagraphes(state)].every(({ attrs }) => attrs.liste === liste);
		const style = all ? { liste: null, retrait: null } : { ...PLAIN, liste };
		return changeParagraphes((attrs) => ({ ...attrs, ...style, retrait: all ? null : attrs.retrait }))(state, dispatch);
	};
}

export const toggleCitation: Command = (state, dispatch) => {
	const all = [...selectedParagraphes(state)].every(({ attrs }) => attrs.citation);
	return setParagraphe({ ...PLAIN, citation: all ? null : 1 })(state, dispatch);
};

/** Only in lists: elsewhere Tab leaves the text. */
function changeRetrait(by: 1 | -1): Command {
	return changeParagraphes((attrs) => {
		if (!attrs.liste) return null;
		const retrait = Math.max(0, Math.min(RETRAIT_MAX, Number(attrs.retrait ?? 0) + by)) || null;
		return retrait === attrs.retrait ? null : { ...attrs, retrait };
	});
}

const insertSaut: Command = (state, dispatch) => {
	const saut = state.schema.nodes.saut?.create();
	if (!saut || !state.selection.$from.parent.inlineContent || isInNote(state)) return false;
	dispatch?.(state.tr.replaceSelectionWith(saut).scrollIntoView());
	return true;
};

/** A new paragraph under the table, to go on writing. */
const leaveTable: Command = (state, dispatch) => {
	const { $from } = state.selection;
	const paragraphe = state.schema.nodes.paragraphe?.create();
	if (!isInTable(state) || !paragraphe) return false;
	const after = $from.after(1);
	const tr = state.tr.insert(after, paragraphe);
	dispatch?.(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView());
	return true;
};

/** Enter in a note goes on after it; on an empty item of a list or a quotation, ends it. */
const endList: Command = (state, dispatch) => {
	const { $from, empty } = state.selection;
	if (isInNote(state)) {
		dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, $from.after())).scrollIntoView());
		return true;
	}
	const { attrs, content, type } = $from.parent;
	if (!empty || type.name !== 'paragraphe' || content.size > 0 || !(attrs.liste || attrs.citation)) return false;
	if (attrs.retrait) return changeRetrait(-1)(state, dispatch);
	return setParagraphe(PLAIN)(state, dispatch);
};

/** What follows goes on in the list or the quotation; it is no title, and no constat: that is what was written before. */
const splitParagraphe: Command = splitBlockAs((node, isAtEnd) => {
	if (node.type.name !== 'paragraphe') return null;
	return { type: node.type, attrs: { ...node.attrs, ...NO_CONSTAT, ...(isAtEnd ? { titre: null } : {}) } };
}) as Command;

export const NO_CONSTAT = { constat: null, cle: null, theme: null, noeud: null, origine: null };

/** At the beginning of a styled paragraph, Backspace first takes the style away: nothing is joined, nothing is lost. */
const dropStyle: Command = (state, dispatch) => {
	const { $from, empty } = state.selection;
	const { attrs, type } = $from.parent;
	if (!empty || $from.parentOffset > 0 || type.name !== 'paragraphe') return false;
	if (attrs.retrait) return changeRetrait(-1)(state, dispatch);
	if (!attrs.liste && !attrs.titre && !attrs.citation) return false;
	return setParagraphe(PLAIN)(state, dispatch);
};

export function isInNote(state: EditorState): boolean {
	return state.selection.$from.parent.type.name === 'note';
}
