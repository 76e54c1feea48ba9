/** How a text begins, in one line, without what stands for its bullets. */
export function firstWords(texte: string): string {
	return `${texte
		.replace(/[\uFFFD\uE000-\uF8FF\s]+/g, ' ')
		.trim()
		.slice(0, 80)}…`;
}
