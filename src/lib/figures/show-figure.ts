import { mount, unmount } from 'svelte';
import type { FigureLue } from './figure.ts';
import FigureDeTexte from './FigureDeTexte.svelte';

/**
 * Shows a figure in an element that is not Svelte's: a block of the editor. `figures` is read again whenever it changes, so that
 * the block follows the figure. Gives the way to take it off.
 *
 *     figure: (element, { figure }) => showFigure(element, figure ?? '', () => data.figures)
 */
export function showFigure(element: HTMLElement, id: string, figures: () => readonly FigureLue[]): () => void {
	const shown = mount(FigureDeTexte, { target: element, props: { id, figures } });
	return () => void unmount(shown);
}
