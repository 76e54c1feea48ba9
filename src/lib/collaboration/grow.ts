/**
 * Makes a textarea as high as its text, where CSS cannot (`field-sizing: content`, which `.croit` asks for). Gives the
 * function to call when the text has changed, or null when there is nothing to do. The page never scrolls by it.
 */
export function growWithText(area: HTMLTextAreaElement, signal: AbortSignal): (() => void) | null {
	if (CSS.supports('field-sizing', 'content')) return null;
	let width = area.clientWidth;
	const grow = () => {
		const { scrollX, scrollY } = window;
		area.style.height = 'auto';
		area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
		if (window.scrollY !== scrollY) window.scrollTo(scrollX, scrollY);
	};
	const resized = new ResizeObserver(() => {
		if (area.clientWidth === width) return;
		width = area.clientWidth;
		grow();
	});
	resized.observe(area);
	signal.addEventListener('abort', () => resized.disconnect());
	grow();
	return grow;
}
