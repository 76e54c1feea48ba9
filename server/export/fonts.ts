import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The fonts of the printed documents, the first that has a character wins. Static TTF files: PDF/UA refuses a
 * character without glyph, and variable fonts are not embedded well.
 */
const PACKAGE = '@expo-google-fonts';

export interface Famille {
	nom: string;
	/** The files of the family; the first is the plain one. */
	fichiers: readonly string[];
}

export const FAMILLES: readonly Famille[] = [
	{
		nom: 'Atkinson Hyperlegible Next',
		fichiers: [
			`${PACKAGE}/atkinson-hyperlegible-next/400Regular/AtkinsonHyperlegibleNext_400Regular.ttf`,
			`${PACKAGE}/atkinson-hyperlegible-next/400Regular_Italic/AtkinsonHyperlegibleNext_400Regular_Italic.ttf`,
			`${PACKAGE}/atkinson-hyperlegible-next/600SemiBold/AtkinsonHyperlegibleNext_600SemiBold.ttf`,
			`${PACKAGE}/atkinson-hyperlegible-next/700Bold/AtkinsonHyperlegibleNext_700Bold.ttf`
		]
	},
	{
		nom: 'Noto Sans',
		fichiers: [
			`${PACKAGE}/noto-sans/400Regular/NotoSans_400Regular.ttf`,
			`${PACKAGE}/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf`
		]
	},
	{
		nom: 'Noto Sans Symbols 2',
		fichiers: [`${PACKAGE}/noto-sans-symbols-2/400Regular/NotoSansSymbols2_400Regular.ttf`]
	}
];

/** The bytes of a font file of the packages. */
export function readFont(fichier: string): Buffer {
	return readFileSync(fileURLToPath(import.meta.resolve(fichier)));
}

/** Comes inside the compiler, without a file to read: what is taken from it is named, and a test prints each sign. */
export const POLICE_DU_COMPILATEUR = 'DejaVu Sans Mono';
const FLECHES = Array.from({ length: 112 }, (_, i) => String.fromCodePoint(0x2190 + i)).join('');
const OPERATEURS = '∀∂∃∅∆∇∈∉∋∏∑−∓∗∘∙√∝∞∟∠∧∨∩∪∫∴∵∼≃≅≈≠≡≤≥⊂⊃⊆⊇⊕⊗⊥⋅';
export const SIGNES_DU_COMPILATEUR = FLECHES + OPERATEURS;
