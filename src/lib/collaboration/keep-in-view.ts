import { tick } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import type * as Y from 'yjs';

/**
 * While one writes inside an element, what others change in a document does not move the input away from under the eyes:
 * the page follows it. The browser's own scroll anchoring is put off meanwhile, because it may follow something else.
 */
export function keepInView(doc: Y.Doc): Attachment<HTMLElement> {
	return (element) => {
		let waiting = false;
		const remember = ({ local }: Y.Transaction) => {
			const active = document.activeElement;
			if (local || waiting || !active || active === element || !element.contains(active)) return;
			const { top } = active.getBoundingClientRect();
			waiting = true;
			void tick().then(() => {
				waiting = false;
				if (document.activeElement !== active) return;
				const moved = active.getBoundingClientRect().top - top;
				if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: 'instant' });
			});
		};
		const { style } = document.documentElement;
		const takeOver = () => style.setProperty('overflow-anchor', 'none');
		const giveBack = () => style.removeProperty('overflow-anchor');
		doc.on('beforeTransaction', remember);
		element.addEventListener('focusin', takeOver);
		element.addEventListener('focusout', giveBack);
		return () => {
			doc.off('beforeTransaction', remember);
			element.removeEventListener('focusin', takeOver);
			element.removeEventListener('focusout', giveBack);
			giveBack();
		};
	};
}
