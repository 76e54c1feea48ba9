import { cleanDefinition, SIGLE_MAX, type Definition } from './entree.ts';
import { cleOfSigle } from './sigles.ts';

/** What people put between a sigle and its words: a tab, a colon, an equals sign; failing them, a spaced dash. */
const SEPARATEURS = [
	/^\s*(?:[-•–*]\s+)?(?<sigle>[^\t:=]{1,60}?)\s*(?:\t\s*[:=]?|[:=])\s*(?<reste>.*)$/u,
	/^\s*(?:[-•–*]\s+)?(?<sigle>[^\t:=]{1,60}?)\s+[-–—]\s+(?<reste>\p{L}.*)$/u
];
const BRUIT = /[\uFFFD\uE000-\uF8FF\u00ad\u200b\ufeff]+/gu;
const MOTS_D_UN_SIGLE = 5;

export interface LigneDeGlossaire extends Definition {
	/** From 1, in the text that was given. */
	ligne: number;
}

/**
 * Reads a glossary from its lines: « RSA : revenu de solidarité active », or columns. A line that begins no entry goes
 * on with the one before, as PDFs and narrow columns wrap them.
 */
export function readGlossaire(lignes: readonly string[]): LigneDeGlossaire[] {
	const entrees: LigneDeGlossaire[] = [];
	let isOpen = false;
	lignes.forEach((brut, index) => {
		const texte = brut.replace(BRUIT, ' ').trimEnd();
		if (texte.trim() === '') return;
		const entree = readLigne(texte);
		const last = entrees.at(-1);
		if (entree) entrees.push({ ...entree, ligne: index + 1 });
		else if (last && isOpen)
			last.developpe = cleanDefinition({ ...last, developpe: `${last.developpe} ${texte}` }).developpe;
		isOpen = entree !== null || isOpen;
	});
	return entrees.filter(({ developpe }) => developpe !== '');
}

function readLigne(texte: string): Definition | null {
	for (const separateur of SEPARATEURS) {
		const { sigle = '', reste = '' } = separateur.exec(texte)?.groups ?? {};
		if (!isSigleLike(sigle)) continue;
		const [developpe = '', definition = ''] = reste.split(/\t+/, 2);
		return cleanDefinition({ sigle, developpe, definition });
	}
	return null;
}

/** What is explained is short, and begins with a capital or a digit; a sentence before a colon is none. */
function isSigleLike(sigle: string): boolean {
	const words = sigle.trim().split(/\s+/);
	return (
		sigle.length <= SIGLE_MAX &&
		cleOfSigle(sigle).length > 1 &&
		words.length <= MOTS_D_UN_SIGLE &&
		/^[\p{Lu}\d«]/u.test(sigle.trim()) &&
		(/\p{Lu}{2}|\p{Lu}\.\p{Lu}/u.test(sigle) || words.length <= 3) &&
		// « SIAE – structure d’insertion : … »: what follows the dash is no sigle.
		!/\s[-–—]\s+\p{Ll}/u.test(sigle)
	);
}
