import { DomainError } from '../../errors.ts';
import { decodeTexte } from '../decode.ts';
import { texteOf, type BlocLu } from './blocs-lus.ts';
import { PARTIES_DOCX, readDocx } from './docx.ts';
import { readHtml } from './html.ts';
import { readMarkdown } from './markdown.ts';
import { PARTIES_ODT, readOdt } from './odt.ts';
import { recognize } from './reconnaitre.ts';
import { childOf, findAll, readXml } from './xml.ts';
import { ABIME, openParties, PROTEGE, type Entree } from './zip.ts';

const SANS_TEXTE =
	'Ce document ne contient aucun texte\u00a0: il n’y a rien à importer. S’il est fait d’images, passez-le dans un logiciel de reconnaissance de texte.';

/**
 * The text of a file as the reader of pactes takes it: plain text as it is, office files with their headings, lists and tables. Throws a
 * DomainError whose French message says what to do. Work of a worker.
 */
export async function texteDuFichier(octets: Uint8Array, nom = ''): Promise<string> {
	const reconnu = recognize(octets, nom);
	switch (reconnu.genre) {
		case 'texte':
			return decodeTexte(octets);
		case 'markdown':
			return written(readMarkdown(decodeTexte(octets)));
		case 'html':
			return written(readHtml(decodeTexte(withDeclaredCharset(octets))));
		case 'docx':
			return written(readDocx(open(octets, reconnu.entrees, PARTIES_DOCX, 'word/document.xml')));
		case 'odt':
			return written(readOdt(openOdt(octets, reconnu.entrees)));
		case 'pdf': {
			// Half a second to load: only for those who need it.
			const { readPdf } = await import('./pdf.ts');
			return written(await readPdf(octets));
		}
		default:
			return reconnu satisfies never;
	}
}

function written(blocs: BlocLu[]): string {
	const texte = texteOf(blocs);
	if (texte === '') throw new DomainError('invalide', SANS_TEXTE);
	return texte;
}

function openOdt(octets: Uint8Array, entrees: readonly Entree[]): Record<string, Uint8Array> {
	const parties = open(octets, entrees, [...PARTIES_ODT, 'META-INF/manifest.xml'], 'content.xml');
	const manifeste = parties['META-INF/manifest.xml'];
	const isProtected =
		manifeste !== undefined &&
		findAll(readXml(manifeste), 'manifest:file-entry').some((entree) => childOf(entree, 'manifest:encryption-data'));
	if (isProtected) throw new DomainError('invalide', PROTEGE);
	return parties;
}

function open(
	octets: Uint8Array,
	entrees: readonly Entree[],
	noms: readonly string[],
	indispensable: string
): Record<string, Uint8Array> {
	const parties = openParties(octets, entrees, (nom) => noms.includes(nom));
	if (!parties[indispensable]) throw new DomainError('invalide', ABIME);
	return parties;
}

/** A page may say that it is in an old French encoding, which UTF-8 would not always contradict. */
function withDeclaredCharset(octets: Uint8Array): Uint8Array | string {
	const debut = new TextDecoder('latin1').decode(octets.subarray(0, 2_000));
	return /charset\s*=\s*["']?(?:iso-8859-1|iso-8859-15|windows-1252|latin1)\b/i.test(debut) && !isUtf8(octets)
		? new TextDecoder('windows-1252').decode(octets)
		: octets;
}

function isUtf8(octets: Uint8Array): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(octets);
		return true;
	} catch {
		return false;
	}
}
