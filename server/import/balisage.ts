/*
 * What a text keeps of the format it came from: Markdown, HTML in cells. It is read as layout, and taken out of the words.
 */

/** Bounded: a text may hold a million « < ». */
const BALISE = /<\/?[a-z][a-z0-9]{0,14}(?:\s[^<>]{0,300})?\/?>/gi;
const ADRESSE = /<(https?:\/\/[^<>\s]{1,300})>/g;
const EXPOSANT = /\s?\^\{?(er|re|e|ème|eme|nd|nde|[0-9]{1,2})\}?/g;
const COUPURE = /<(?:br|\/p|\/div|\/li|\/ul|\/ol|p|div|ul|ol)(?:\s[^<>]{0,300})?\/?>/gi;
const ITEM = /<li(?:\s[^<>]{0,300})?>\s*(?:[•▪◦*-]\s+)?/gi;
const CELLULE_SUIVANTE = /<\/t[dh]>\s{0,200}(?=<t[dh]\b)/gi;
const ENTITES: Record<string, string> = {
	'&nbsp;': '\u00a0',
	'&amp;': '&',
	'&lt;': '<',
	'&gt;': '>',
	'&quot;': '"',
	'&#39;': "'",
	'&rsquo;': '’',
	'&hellip;': '…'
};

export function hasBalises(texte: string): boolean {
	return texte.includes('<') && /<\/?(?:p|br|ul|ol|li|b|i|strong|em|div|span|sup|t[dhr]|h[1-6])\b/i.test(texte);
}

/** The depth of a heading (« ## Fiche 3 », `<h2>`); 0 for another line. */
export function profondeurDeTitre(brut: string): number {
	const markdown = /^\s{0,3}(#{1,6})\s+\S/.exec(brut);
	if (markdown !== null) return markdown[1]!.length;
	return Number(/^\s{0,20}<h([1-6])\b/i.exec(brut)?.[1] ?? 0);
}

/** One line without its marks. The cells of a row stand between tabs. */
export function withoutBalisage(ligne: string): string {
	if (!/[<*_#|^&`]/.test(ligne)) return ligne;
	const cellules = isRangee(ligne) ? splitRangee(ligne).join('\t') : ligne;
	const propre = cellules
		.replace(/^\s{0,3}#{1,6}\s+(?=\S)/, '')
		.replace(/(?<!\*)\*\*(?!\*)/g, '')
		.replace(/(?<![\p{L}\p{N}_])__(?=\S)|(?<=\S)__(?![\p{L}\p{N}_])/gu, '')
		.replace(EXPOSANT, '$1');
	return propre.includes('<') || propre.includes('&') ? withoutHtml(propre) : propre;
}

function withoutHtml(texte: string): string {
	return texte
		.replace(ADRESSE, '$1')
		.replace(CELLULE_SUIVANTE, '\t')
		.replace(COUPURE, ' ')
		.replace(BALISE, '')
		.replace(/&(?:nbsp|amp|lt|gt|quot|rsquo|hellip|#39);/g, (entite) => ENTITES[entite]!);
}

/** What HTML holds in one line, a line each: paragraphs, items with their dash. */
export function linesOfHtml(texte: string): string[] {
	return (
		texte
			.replace(ITEM, '\n- ')
			.replace(COUPURE, '\n')
			// Items that have lost their own marks.
			.replace(/(?:^|[ \t\n])[•▪](?=\s)/g, '\n- ')
			.split('\n')
			.map((ligne) => withoutBalisage(ligne).trim())
			.filter((ligne) => ligne !== '')
	);
}

/** Beyond, what looks like a row is none. */
const RANGEE_LONGUE = 120;

/** A row of an HTML table printed over several lines, as one: the others hold nothing but its end. */
export function joinRangeesHtml(lignes: string[]): string[] {
	for (let i = 0; i < lignes.length; i++) {
		if (!opensRangee(lignes[i]!)) continue;
		const longueur = lignes.slice(i, i + RANGEE_LONGUE).findIndex((ligne) => /<\/tr\s*>/i.test(ligne));
		if (longueur < 1) continue;
		const rangee = lignes.slice(i, i + longueur + 1).map((ligne) => ligne.trim());
		lignes.splice(i, rangee.length, rangee.join(' '), ...rangee.slice(1).map(() => '</tr>'));
		i += longueur;
	}
	return lignes;
}

/** What stands between two rows of an HTML table. */
export function isEntreRangees(brut: string): boolean {
	return /^\s*<\/?(?:tr|tbody|thead|tfoot|colgroup|col)\b/i.test(brut);
}

function opensRangee(ligne: string): boolean {
	return /<tr\b/i.test(ligne) && !/<\/tr\s*>/i.test(ligne.slice(ligne.toLowerCase().lastIndexOf('<tr')));
}

/** « | a | b | » */
function isRangee(ligne: string): boolean {
	return /^\s{0,3}\|/.test(ligne) && ligne.indexOf('|', ligne.indexOf('|') + 1) !== -1;
}

function splitRangee(ligne: string): string[] {
	const cellules = ligne.trim().replaceAll('\\|', '\u0000').split('|');
	return cellules
		.slice(1, cellules.at(-1)!.trim() === '' ? -1 : undefined)
		.map((cellule) => cellule.replaceAll('\u0000', '|').trim());
}

/** « |---|:---:| » */
export function isTraitDeTableau(brut: string): boolean {
	return brut.includes('-') && /^[\s|:+=-]+$/.test(brut) && /[|+]/.test(brut);
}

/** The cells of a row, as the source separates them: tabs, Markdown, HTML. Null when it separates none. */
export function cellulesOf(brut: string): string[] | null {
	if (isTraitDeTableau(brut)) return null;
	const cellules = rawCellules(brut);
	return cellules === null || cellules.length < 2 ? null : cellules.map(readCellule);
}

function rawCellules(brut: string): string[] | null {
	if (isRangee(brut)) return splitRangee(brut);
	if (brut.includes('<') && /<t[dh]\b/i.test(brut))
		return brut
			.split(/<t[dh](?:\s[^<>]{0,300})?>/i)
			.slice(1)
			.map((cellule) => cellule.split(/<\/t[dhr]/i)[0]!);
	return brut.includes('\t') ? brut.split('\t') : null;
}

function readCellule(cellule: string): string {
	return linesOfHtml(cellule)
		.map((ligne) => ligne.replace(/\s+/g, (blanc) => (/[\u00a0\u202f]/.test(blanc) ? blanc : ' ')))
		.join('\n');
}
