/** The kinds of live documents, and their names: `kind.id`, with an opaque id. */
export const KINDS = ['orientations', 'fiche', 'redaction', 'figure', 'synthese'] as const;
export type DocumentKind = (typeof KINDS)[number];

/**
 * Version of the shape of each kind, as this code writes it. A page says at connection which it knows; one that knows an older
 * one reads until it is loaded again. An addition that an older editor would remove is a new version.
 */
export const VERSIONS: Readonly<Record<DocumentKind, number>> = {
	orientations: 1,
	fiche: 1,
	redaction: 1,
	figure: 1,
	synthese: 1
};

export type DocumentName = `${DocumentKind}.${string}`;

export interface DocumentRef {
	kind: DocumentKind;
	id: string;
}

const NAME = new RegExp(`^(${KINDS.join('|')})\\.([A-Za-z0-9_-]{8,40})$`);

export function documentName(kind: DocumentKind, id: string): DocumentName {
	return `${kind}.${id}`;
}

/** Reads a name that came from outside; null when it is not one of ours. */
export function parseDocumentName(name: string): DocumentRef | null {
	const match = NAME.exec(name);
	if (!match) return null;
	return { kind: match[1] as DocumentKind, id: match[2] as string };
}
