import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type * as Y from 'yjs';
import { isOwnTransaction } from './carets.ts';

/**
 * A click or an arrow moves the browser's caret at once, and ProseMirror reads it a moment later. What comes from others in
 * between would put the caret back where it was, and one would write there; a key would act there.
 */
export function readCaretFirst(doc: Y.Doc): Plugin {
	const readOnKey = (view: EditorView) => {
		readCaret(view);
		return false;
	};
	return new Plugin({
		view(view) {
			const read = () => {
				// While the editor takes the focus, it does acts of its own, and the browser's caret is not where one was.
				if (!isOwnTransaction(doc)) readCaret(view);
			};
			doc.on('beforeAllTransactions', read);
			return { destroy: () => doc.off('beforeAllTransactions', read) };
		},
		props: {
			// Before it acts; and once it has moved the caret, which ProseMirror may put back a moment after it took the focus.
			handleDOMEvents: {
				keydown: readOnKey,
				keyup: readOnKey,
				focus(view) {
					setTimeout(() => !view.isDestroyed && readCaret(view)); // A click has its caret by then.
					return false;
				}
			}
		}
	});
}

/** What ProseMirror keeps to itself: what it has not read of the page yet. */
interface DomObserver {
	pendingRecords(): MutationRecord[];
	flush(): void;
	flushSoon(): void;
	/** Now, what was to be read soon. */
	forceFlush(): void;
}

function readCaret(view: EditorView): void {
	const observer = (view as unknown as { domObserver: DomObserver }).domObserver;
	// What was typed waits: read here, it would become a part of the others' transaction.
	if (observer.pendingRecords().some(({ type }) => type !== 'attributes')) return observer.flushSoon();
	observer.forceFlush();
	observer.flush();
}
