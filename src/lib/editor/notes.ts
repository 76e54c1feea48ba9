import type { Node as ProseNode } from '@tiptap/pm/model';
import { Plugin, TextSelection, type Command, type EditorState } from '@tiptap/pm/state';

/** A footnote of the text, in the order of the calls. */
export interface NoteDuTexte {
	numero: number;
	texte: string;
	/** Where it begins in the editor. */
	position: number;
}

export function notesIn(doc: ProseNode): NoteDuTexte[] {
	const notes: NoteDuTexte[] = [];
	doc.descendants((node, position) => {
		if (node.type.name !== 'note') return true;
		notes.push({ numero: notes.length + 1, texte: node.textContent.trim(), position });
		return false;
	});
	return notes;
}

/** The note in which the caret is, by its number; null outside of notes. */
export function noteAt(notes: readonly NoteDuTexte[], doc: ProseNode, place: number): NoteDuTexte | null {
	return (
		notes.find(({ position }) => place > position && place < position + (doc.nodeAt(position)?.nodeSize ?? 0)) ?? null
	);
}

/** An empty note after what is selected, with the caret in it. Not in another note. */
export const insertNote: Command = (state, dispatch) => {
	const { note } = state.schema.nodes;
	const { $to } = state.selection;
	if (!note || $to.parent.type.name !== 'paragraphe') return false;
	const tr = state.tr.insert($to.pos, note.create());
	dispatch?.(tr.setSelection(TextSelection.create(tr.doc, $to.pos + 1)).scrollIntoView());
	return true;
};

/** The caret at the end of a note. */
export function goToNote({ position }: NoteDuTexte): Command {
	return (state, dispatch) => {
		const node = state.doc.nodeAt(position);
		if (node?.type.name !== 'note') return false;
		const end = position + 1 + node.content.size;
		dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, end)).scrollIntoView());
		return true;
	};
}

/** The note in which one writes, if it is one. */
function ownNote({ selection }: EditorState): { from: number; to: number; isEmpty: boolean } | null {
	const { $from } = selection;
	if ($from.parent.type.name !== 'note') return null;
	return { from: $from.before(), to: $from.after(), isEmpty: $from.parent.content.size === 0 };
}

/** Backspace at the beginning of a note takes it away when it is empty, and goes no further otherwise. */
export const endNoteBackward: Command = (state, dispatch) => {
	const note = ownNote(state);
	if (!note || !state.selection.empty || state.selection.$from.parentOffset > 0) return false;
	if (note.isEmpty) dispatch?.(state.tr.delete(note.from, note.to).scrollIntoView());
	return true;
};

/** Delete at the end of a note takes nothing from after it. */
export const endNoteForward: Command = (state) => {
	const { $from, empty } = state.selection;
	return empty && ownNote(state) !== null && $from.parentOffset === $from.parent.content.size;
};

/** Browsers put the caret out of an inline element that holds nothing: the first sign of a note is put in by us. */
export function emptyNotes(): Plugin {
	return new Plugin({
		props: {
			handleDOMEvents: {
				beforeinput(view, event) {
					const { inputType, data } = event as InputEvent;
					if (inputType !== 'insertText' || !data || !ownNote(view.state)?.isEmpty) return false;
					event.preventDefault();
					view.dispatch(view.state.tr.insertText(data).scrollIntoView());
					return true;
				}
			}
		}
	});
}
