import type { Attachment } from 'svelte/attachments';

export interface UndoActs {
	annuler: () => void;
	retablir: () => void;
}

/**
 * Ctrl+Z, Ctrl+Maj+Z, Ctrl+Y (⌘ on a Mac) and the browser's own « Annuler » inside an element: the browser knows nothing of
 * shared texts. An input of one's own that is not shared (`data-a-soi`) keeps its undo while something is typed in it.
 */
export function undoKeys({ annuler, retablir }: UndoActs): Attachment<HTMLElement> {
	return (element) => {
		const listening = new AbortController();
		const options = { signal: listening.signal };
		element.addEventListener('keydown', onKey, options);
		element.addEventListener('beforeinput', (event) => onInput(event as InputEvent), options);
		return () => listening.abort();

		function onKey(event: KeyboardEvent) {
			if (!(event.ctrlKey || event.metaKey) || event.altKey || isOneOwn(event.target)) return;
			const key = event.key.toLowerCase();
			if (key !== 'z' && (key !== 'y' || event.shiftKey)) return;
			event.preventDefault();
			event.stopPropagation();
			if (key === 'y' || event.shiftKey) retablir();
			else annuler();
		}

		function onInput(event: InputEvent) {
			if (isOneOwn(event.target)) return;
			if (event.inputType === 'historyUndo') annuler();
			else if (event.inputType === 'historyRedo') retablir();
			else return;
			event.preventDefault();
			event.stopPropagation();
		}
	};
}

function isOneOwn(target: EventTarget | null): boolean {
	return target instanceof HTMLInputElement && 'aSoi' in target.dataset && target.value !== '';
}
