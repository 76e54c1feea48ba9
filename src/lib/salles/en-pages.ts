/**
 * Things of unlike lengths, put in pages that a wall shows whole: no page is higher than `lignes`, none holds more than `auPlus`. One that
 * is higher than a page is alone on its own.
 */
export function enPages<T>(
	things: readonly T[],
	{ lignesDe, lignes, auPlus }: { lignesDe: (thing: T) => number; lignes: number; auPlus: number }
): T[][] {
	const pages: T[][] = [];
	let height = 0;
	for (const thing of things) {
		const own = lignesDe(thing);
		const page = pages.at(-1);
		if (page && page.length < auPlus && height + own <= lignes) {
			page.push(thing);
			height += own;
		} else {
			pages.push([thing]);
			height = own;
		}
	}
	return pages;
}

/** The page that was asked for, or the last one there is. */
export function pageDe<T>(pages: readonly T[], asked: number): { page: number; pages: number; contenu: T | null } {
	const page = Math.min(Math.max(0, asked), Math.max(0, pages.length - 1));
	return { page, pages: pages.length, contenu: pages[page] ?? null };
}
