import { strToU8, zipSync, type Zippable } from 'fflate';
import { xmlText } from './blocs.ts';
import { french } from './typographie.ts';

/*
 * What the OpenDocument files share, texts and workbooks: their XML, and their zip. The `mimetype` comes first and is not compressed,
 * so that a reader knows the file by its first bytes.
 */

export interface OpenDocument {
	mime: string;
	titre: string;
	/** The parts that are XML, by their path, without the declaration. */
	parties: Record<string, string>;
	images: readonly { chemin: string; type: string; base64: string }[];
}

/** `date`: milliseconds since 1970, of the document. */
export function zipOpenDocument(document: OpenDocument, date: number): Uint8Array<ArrayBuffer> {
	const { mime, titre, parties, images } = document;
	const when = new Date(date);
	const written = { ...parties, 'meta.xml': meta(titre, when) };
	const files: Zippable = {
		mimetype: [strToU8(mime), { level: 0, mtime: when }],
		...Object.fromEntries(Object.entries(written).map(([chemin, body]) => [chemin, xml(body)])),
		...Object.fromEntries(
			images.map(({ chemin, base64 }) => [chemin, [new Uint8Array(Buffer.from(base64, 'base64')), { level: 0 }]])
		),
		'META-INF/manifest.xml': xml(
			manifest([
				{ chemin: '/', type: mime },
				...Object.keys(written).map((chemin) => ({ chemin, type: 'text/xml' })),
				...images
			])
		)
	};
	return zipSync(files, { mtime: when });
}

/** Prose as the format has it, with the no-break spaces of French. */
export function words(text: string): string {
	return sameWords(french(text));
}

/** Text as the format has it: several spaces, tabs and line ends are elements. */
export function sameWords(text: string): string {
	return escaped(text)
		.replace(/\r\n?|\n/g, '<text:line-break/>')
		.replace(/\t/g, '<text:tab/>')
		.replace(/ {2,}/g, (spaces) => ` <text:s text:c="${spaces.length - 1}"/>`);
}

export function escaped(text: string): string {
	return xmlText(text)
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}

/** The names of the parts of the standard that are written, for the first element of a part. */
export const ESPACES = [
	['office', 'urn:oasis:names:tc:opendocument:xmlns:office:1.0'],
	['style', 'urn:oasis:names:tc:opendocument:xmlns:style:1.0'],
	['text', 'urn:oasis:names:tc:opendocument:xmlns:text:1.0'],
	['table', 'urn:oasis:names:tc:opendocument:xmlns:table:1.0'],
	['draw', 'urn:oasis:names:tc:opendocument:xmlns:drawing:1.0'],
	['number', 'urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0'],
	['config', 'urn:oasis:names:tc:opendocument:xmlns:config:1.0'],
	['fo', 'urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0'],
	['svg', 'urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0'],
	['xlink', 'http://www.w3.org/1999/xlink'],
	['dc', 'http://purl.org/dc/elements/1.1/'],
	['meta', 'urn:oasis:names:tc:opendocument:xmlns:meta:1.0']
]
	.map(([name, uri]) => ` xmlns:${name}="${uri}"`)
	.join('');

function xml(body: string): Uint8Array {
	return strToU8(`<?xml version="1.0" encoding="UTF-8"?>\n${body}`);
}

function meta(titre: string, when: Date): string {
	const date = when.toISOString().slice(0, 19);
	return `<office:document-meta${ESPACES} office:version="1.3"><office:meta><meta:generator>Copacte</meta:generator><dc:title>${escaped(titre)}</dc:title><dc:language>fr-FR</dc:language><meta:creation-date>${date}</meta:creation-date><dc:date>${date}</dc:date></office:meta></office:document-meta>`;
}

function manifest(entries: readonly { chemin: string; type: string }[]): string {
	const listed = entries.map(
		({ chemin, type }) => `<manifest:file-entry manifest:full-path="${chemin}" manifest:media-type="${type}"/>`
	);
	return `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">${listed.join('')}</manifest:manifest>`;
}
