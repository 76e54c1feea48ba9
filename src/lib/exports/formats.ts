/** The documents that a pacte, an axe or a fiche can be taken away as: to read, to print, to write in. */
export const FORMATS_DE_DOCUMENT = ['pdf', 'docx', 'odt', 'html', 'md'] as const;
export type FormatDeDocument = (typeof FORMATS_DE_DOCUMENT)[number];

/** How each is called by those who ask for it. */
export const NOM_DU_FORMAT: Record<FormatDeDocument, string> = {
	pdf: 'PDF',
	docx: 'Word (DOCX)',
	odt: 'LibreOffice (ODT)',
	html: 'Page web (HTML)',
	md: 'Markdown'
};

export function isFormatDeDocument(value: string): value is FormatDeDocument {
	return FORMATS_DE_DOCUMENT.some((format) => format === value);
}
