import { DomainError } from '../../errors.ts';
import { PROTEGE, readRepertoire, type Entree } from './zip.ts';

/** What a file is, by its first bytes and what it holds; its name only tells a page of HTML, or Markdown, from a text. */
export type Reconnu =
	{ genre: 'texte' | 'markdown' } | { genre: 'html' } | { genre: 'pdf' } | { genre: 'docx' | 'odt'; entrees: Entree[] };

export function recognize(octets: Uint8Array, nom: string): Reconnu {
	const reconnu = byContent(octets, extensionOf(nom));
	checkExtension(reconnu.genre, extensionOf(nom));
	return reconnu;
}

function byContent(octets: Uint8Array, extension: string): Reconnu {
	if (startsWith(octets, [0x25, 0x50, 0x44, 0x46])) return { genre: 'pdf' };
	if (startsWith(octets, [0x50, 0x4b])) return ofZip(octets);
	if (startsWith(octets, [0xd0, 0xcf, 0x11, 0xe0]))
		throw new DomainError('invalide', isEncrypted(octets) ? PROTEGE : ANCIEN_WORD);
	if (startsWith(octets, [0x7b, 0x5c, 0x72, 0x74, 0x66])) throw new DomainError('invalide', RTF);
	for (const { debut, quoi } of IMAGES)
		if (startsWith(octets, debut)) throw new DomainError('invalide', imageRefused(quoi));
	if (isHtml(octets, extension)) return { genre: 'html' };
	return { genre: extension === 'md' || extension === 'markdown' ? 'markdown' : 'texte' };
}

const ANCIEN_WORD =
	'Ce fichier est un ancien document Word (.doc). Ouvrez-le dans votre traitement de texte, enregistrez-le au format .docx ou .odt, puis recommencez.';
const RTF =
	'Ce fichier est au format RTF. Ouvrez-le dans votre traitement de texte, enregistrez-le au format .docx ou .odt, puis recommencez.';

const IMAGES = [
	{ debut: [0x89, 0x50, 0x4e, 0x47], quoi: 'PNG' },
	{ debut: [0xff, 0xd8, 0xff], quoi: 'JPEG' },
	{ debut: [0x49, 0x49, 0x2a, 0x00], quoi: 'TIFF' },
	{ debut: [0x4d, 0x4d, 0x00, 0x2a], quoi: 'TIFF' }
];

function imageRefused(quoi: string): string {
	return `Ce fichier est une image (${quoi})\u00a0: elle ne contient aucun texte. Demandez le document d’origine, ou passez l’image dans un logiciel de reconnaissance de texte.`;
}

/** The bytes of « EncryptedPackage », two for each letter: how Word keeps a document under a password. */
function isEncrypted(octets: Uint8Array): boolean {
	return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).includes(
		Buffer.from('EncryptedPackage', 'utf16le')
	);
}

function ofZip(octets: Uint8Array): Reconnu {
	const entrees = readRepertoire(octets);
	const has = (nom: string) => entrees.some((entree) => entree.nom === nom);
	if (has('word/document.xml')) return { genre: 'docx', entrees };
	if (has('content.xml') && has('mimetype')) return ofOpenDocument(octets, entrees);
	if (has('xl/workbook.xml')) throw new DomainError('invalide', CLASSEUR);
	if (has('ppt/presentation.xml')) throw new DomainError('invalide', DIAPORAMA);
	if (entrees.some(({ chiffree }) => chiffree)) throw new DomainError('invalide', PROTEGE);
	throw new DomainError('invalide', ARCHIVE);
}

const CLASSEUR =
	'Ce fichier est un classeur\u00a0: un pacte ne se lit pas dans des cellules. Une fois le pacte créé, ses indicateurs et ses listes s’importent d’un classeur, depuis «\u00a0Importer une liste\u00a0».';
const DIAPORAMA =
	'Ce fichier est un diaporama. Copiez-en le texte dans un document de traitement de texte, puis importez ce document.';
const ARCHIVE = 'Ce fichier est une archive .zip. Décompressez-la, puis choisissez le document qu’elle contient.';

/** The type comes first and plain, as the standard asks: it is read where it stands. */
function ofOpenDocument(octets: Uint8Array, entrees: Entree[]): Reconnu {
	const type = new TextDecoder('latin1').decode(octets.subarray(30, 120));
	if (/opendocument\.spreadsheet/.test(type)) throw new DomainError('invalide', CLASSEUR);
	if (/opendocument\.presentation/.test(type)) throw new DomainError('invalide', DIAPORAMA);
	return { genre: 'odt', entrees };
}

function isHtml(octets: Uint8Array, extension: string): boolean {
	const debut = new TextDecoder('latin1')
		.decode(octets.subarray(0, 1_000))
		.replace(/^[^<]{0,4}/, (signes) => signes.trim());
	if (/^(?:ï»¿)?\s*(?:<!--[^]{0,400}?-->\s*)?<(?:!doctype html|html|head|body)\b/i.test(debut)) return true;
	return (extension === 'html' || extension === 'htm') && /<[a-z!/]/i.test(debut);
}

function startsWith(octets: Uint8Array, debut: readonly number[]): boolean {
	return debut.every((octet, i) => octets[i] === octet);
}

function extensionOf(nom: string): string {
	return /\.([a-z0-9]{1,5})$/i.exec(nom.trim())?.[1]?.toLowerCase() ?? '';
}

/** What each name promises. Others, and none, promise nothing. */
const PROMESSES: Record<string, Reconnu['genre'][]> = {
	txt: ['texte'],
	text: ['texte'],
	md: ['markdown'],
	markdown: ['markdown'],
	html: ['html', 'texte'],
	htm: ['html', 'texte'],
	xhtml: ['html', 'texte'],
	docx: ['docx'],
	docm: ['docx'],
	dotx: ['docx'],
	odt: ['odt'],
	ott: ['odt'],
	pdf: ['pdf']
};
const NOMS: Record<Reconnu['genre'], string> = {
	texte: 'un texte simple (.txt)',
	markdown: 'un texte Markdown (.md)',
	html: 'une page HTML (.html)',
	pdf: 'un PDF (.pdf)',
	docx: 'un document Word (.docx)',
	odt: 'un document OpenDocument (.odt)'
};

/** A name that lies is a mistake, or a trap: one looks at it before anything is read. */
function checkExtension(genre: Reconnu['genre'], extension: string): void {
	const promesses = PROMESSES[extension];
	if (promesses === undefined || promesses.includes(genre)) return;
	throw new DomainError(
		'invalide',
		`Le nom de ce fichier finit par «\u00a0.${extension}\u00a0», mais son contenu est ${NOMS[genre]}. Vérifiez que c’est le bon fichier, donnez-lui le nom qui convient, puis recommencez.`
	);
}
