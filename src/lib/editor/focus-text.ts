import type { Editor } from '@tiptap/core';
import { flushSync } from 'svelte';

/** The keys go to the text again, and at once: the library waits for a frame, and a letter may come before. A dialog closes first. */
export function focusText(editor: Editor): void {
	flushSync();
	editor.view.focus();
	editor.commands.scrollIntoView();
}
