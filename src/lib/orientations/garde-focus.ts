import { tick } from 'svelte';
import type { ArbreVue } from './arbre-vue.svelte.ts';

/**
 * Keeps the focus, the caret and the scroll where they are while a change of others draws the tree again: a line that
 * moves in the page would lose the first two, a line added above would push what one reads. Call it before the drawing.
 */
export async function keepPlace(vue: ArbreVue, tree: HTMLElement): Promise<void> {
	const active = document.activeElement;
	if (!(active instanceof HTMLElement) || !tree.contains(active) || active.id === '') return;
	const top = active.getBoundingClientRect().top;
	const selection = selectionOf(active);
	vue.redessine = true;
	await tick();
	vue.redessine = false;
	const now = document.getElementById(active.id);
	if (!now) return;
	// Somebody who is elsewhere by now has gone there.
	if (document.activeElement === document.body) now.focus({ preventScroll: true });
	if (document.activeElement !== now) return;
	if (now !== active && selection && now instanceof HTMLTextAreaElement) now.setSelectionRange(...selection);
	const shift = now.getBoundingClientRect().top - top;
	if (Math.abs(shift) > 1) window.scrollBy({ top: shift, behavior: 'instant' });
}

function selectionOf(element: HTMLElement): [number, number] | null {
	if (!(element instanceof HTMLTextAreaElement)) return null;
	return [element.selectionStart, element.selectionEnd];
}
