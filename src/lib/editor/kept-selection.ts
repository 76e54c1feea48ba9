import type { Node as ProseNode } from '@tiptap/pm/model';
import { AllSelection, Plugin, Selection, type EditorState, type Transaction } from '@tiptap/pm/state';
import type { Mappable } from '@tiptap/pm/transform';
import type { EditorView } from '@tiptap/pm/view';
import {
	absolutePositionToRelativePosition,
	relativePositionToAbsolutePosition,
	ySyncPluginKey
} from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { bindingOf, isOwnTransaction, type Binding } from './carets.ts';

/**
 * What one has selected stays what it was, whatever comes from others. The binding replaces the whole document, and guesses by its
 * words where one was: of two lines that say the same, it leaves the one that someone has just changed.
 */
export function keepSelection(): Plugin {
	let kept: Kept | null = null;
	return new Plugin({
		appendTransaction(transactions, before, state) {
			const received = transactions.find((tr) => tr.docChanged && isReceived(tr));
			if (!received) return null;
			const selection = kept ? (kept.in(state) ?? state.selection) : Selection.atStart(state.doc);
			const storedMarks = before.storedMarks;
			if (selection.eq(state.selection) && !storedMarks) return null;
			const { isUndoRedoOperation } = received.getMeta(ySyncPluginKey);
			return state.tr
				.setSelection(selection)
				.setStoredMarks(storedMarks)
				.setMeta(ySyncPluginKey, { isChangeOrigin: true, isUndoRedoOperation })
				.setMeta('addToHistory', false);
		},
		view(view) {
			const doc = bindingOf(view.state)?.doc;
			const remember = () => {
				if (!isOwnTransaction(doc)) kept = keptOf(view);
			};
			doc?.on('beforeAllTransactions', remember);
			return { destroy: () => doc?.off('beforeAllTransactions', remember) };
		}
	});
}

function isReceived(tr: Transaction): boolean {
	const meta = tr.getMeta(ySyncPluginKey) as { isChangeOrigin?: boolean } | undefined;
	return meta?.isChangeOrigin ?? false;
}

/** A selection by what it touches in the shared text. */
interface Kept {
	in(state: EditorState): Selection | null;
}

function keptOf({ state }: EditorView): Kept | null {
	const binding = bindingOf(state);
	if (!binding) return null;
	const { selection, doc } = state;
	// ProseMirror selects all of an empty text, which has no other place: nobody chose that.
	if (selection instanceof AllSelection && doc.content.size === 0) return null;
	const places = new Map<number, Y.RelativePosition>();
	const bookmark = selection.getBookmark();
	bookmark.map(
		mappable((place) => {
			places.set(place, absolutePositionToRelativePosition(place, binding.type, binding.mapping));
			return { pos: place, deleted: false };
		})
	);
	return {
		in(after) {
			const now = bindingOf(after);
			if (!now) return null;
			const mapped = bookmark.map(
				mappable((place) => {
					const { pos, deleted } = placeIn(now, places.get(place) as Y.RelativePosition);
					const found = deleted ? placeAround(place, doc, after.doc) : null;
					return { pos: Math.min(found ?? pos, after.doc.content.size), deleted };
				})
			);
			try {
				return mapped.resolve(after.doc);
			} catch (error) {
				// Cells of a table that others have left uneven.
				if (!(error instanceof RangeError)) throw error;
				return null;
			}
		}
	};
}

interface Place {
	pos: number;
	deleted: boolean;
}

function mappable(placeOf: (place: number) => Place): Mappable {
	return {
		map: (place) => placeOf(place).pos,
		mapResult: (place) => placeOf(place) as ReturnType<Mappable['mapResult']>
	};
}

function placeIn({ doc, type, mapping }: Binding, relative: Y.RelativePosition): Place {
	// The library gives nothing for the very beginning of the text, which it takes for a fault of its own.
	const pos = relativePositionToAbsolutePosition(doc, type, relative, mapping) ?? 1;
	const id = relative.item ?? relative.type;
	return { pos, deleted: id !== null && Y.getItem(doc.store, id).deleted };
}

/** Whoever cuts a line in two, or puts a note into it, writes the rest of it anew: what did not change is known by that. */
function placeAround(place: number, before: ProseNode, after: ProseNode): number | null {
	const start = before.content.findDiffStart(after.content);
	const end = before.content.findDiffEnd(after.content);
	if (start === null || end === null) return null;
	if (place <= start) return place;
	return place >= end.a ? place + end.b - end.a : null;
}
