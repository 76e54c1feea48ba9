/** No-break, as wide as a space: the house's choice before all of « : ; ? ! » and inside guillemets (`server/export/typographie.ts`). */
const NBSP = '\u00a0';

/** What a typed sign becomes: that many characters before the caret go, and this comes in its place. */
export interface Remplacement {
	retire: number;
	texte: string;
}

/**
 * French typography as one types: `signe` was typed after `avant`, the text of the paragraph up to the caret. null: it stays as it is.
 */
export function typed(avant: string, signe: string): Remplacement | null {
	if (isInAddress(avant)) return null;
	switch (signe) {
		case '"':
			return guillemet(avant);
		case "'":
			return /\d$/u.test(avant) ? null : { retire: 0, texte: '’' };
		case '.':
			return avant.endsWith('..') && !avant.endsWith('...') ? { retire: 2, texte: '…' } : null;
		case ':':
		case ';':
		case '?':
		case '!':
			return /[^\s«] $/u.test(avant) ? { retire: 1, texte: NBSP + signe } : null;
		case '»':
			return closing(avant);
		case ' ':
			return spaced(avant);
		default:
			return avant.endsWith('«') && /\S/u.test(signe) ? { retire: 0, texte: NBSP + signe } : null;
	}
}

/** An address of a page or of someone is typed as it is. */
function isInAddress(avant: string): boolean {
	const mot = /\S*$/u.exec(avant)?.[0] ?? '';
	return /:\/\/|^www\.|@|^(https?|mailto|tel):/iu.test(mot);
}

/** Opens after a space or what opens; closes otherwise. */
function guillemet(avant: string): Remplacement {
	if (/(^|[\s([{–—/’'])$/u.test(avant) && !avant.endsWith(`«${NBSP}`)) return { retire: 0, texte: `«${NBSP}` };
	return avant.endsWith(NBSP) ? { retire: 0, texte: '»' } : { retire: 0, texte: `${NBSP}»` };
}

function closing(avant: string): Remplacement | null {
	if (avant === '' || avant.endsWith(NBSP)) return null;
	return { retire: avant.endsWith(' ') ? 1 : 0, texte: `${NBSP}»` };
}

/** A space inside guillemets does not break, and is there once; « mot: » gets the one that it lacks. */
function spaced(avant: string): Remplacement | null {
	if (avant.endsWith('«')) return { retire: 0, texte: NBSP };
	if (avant.endsWith(`«${NBSP}`)) return { retire: 0, texte: '' };
	const signs = /[\p{L}\p{N}\p{M})\]%€°…’»]([:;?!]+)$/u.exec(avant)?.[1];
	return signs ? { retire: signs.length, texte: `${NBSP}${signs} ` } : null;
}
