import { DomainError } from '../errors.ts';

const EN_TEXTE_BRUT = 'Enregistrez-le d’abord au format «\u00a0texte brut\u00a0» (.txt).';

/** What a file's first bytes say it is, when it is not a text. */
const BINAIRES: readonly { debut: readonly number[]; message: string }[] = [
	{
		debut: [0x25, 0x50, 0x44, 0x46],
		message: 'Ce fichier est un PDF. Copiez-en le texte, et importez ce texte.'
	},
	{
		debut: [0x50, 0x4b, 0x03, 0x04],
		message: `Ce fichier est un document de traitement de texte ou une archive. ${EN_TEXTE_BRUT}`
	},
	{
		debut: [0xd0, 0xcf, 0x11, 0xe0],
		message: `Ce fichier est un ancien document Word. ${EN_TEXTE_BRUT}`
	},
	{
		debut: [0x7b, 0x5c, 0x72, 0x74, 0x66],
		message: `Ce fichier est au format RTF. ${EN_TEXTE_BRUT}`
	}
];

const PAS_UN_TEXTE = `Ce fichier n’est pas un texte\u00a0: rien n’a pu y être lu. ${EN_TEXTE_BRUT}`;
const VIDE = 'Ce texte est vide\u00a0: il n’y a rien à importer.';

/**
 * The text of a file, or the text that someone pasted: UTF-8, UTF-16 with its mark, else Windows-1252 (of which Latin-1
 * is a part). Throws a DomainError whose French message says what to do when it is no text at all.
 */
export function decodeTexte(source: Uint8Array | string): string {
	const texte = typeof source === 'string' ? source : decodeFichier(source);
	if (isBinaire(texte)) throw new DomainError('invalide', PAS_UN_TEXTE);
	if (texte.trim() === '') throw new DomainError('invalide', VIDE);
	return texte;
}

function decodeFichier(octets: Uint8Array): string {
	for (const { debut, message } of BINAIRES) if (startsWith(octets, debut)) throw new DomainError('invalide', message);
	return decodeOctets(octets);
}

/** Bytes as letters, whatever they say. */
export function decodeOctets(octets: Uint8Array): string {
	if (startsWith(octets, [0xff, 0xfe])) return new TextDecoder('utf-16le').decode(octets);
	if (startsWith(octets, [0xfe, 0xff])) return new TextDecoder('utf-16be').decode(octets);
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(octets);
	} catch {
		return decodeSansGarantie(octets);
	}
}

/** A few damaged bytes do not turn a UTF-8 file into a Windows one: that would spoil every accent of it. */
function decodeSansGarantie(octets: Uint8Array): string {
	const utf8 = new TextDecoder('utf-8').decode(octets);
	let perdus = 0;
	let accentues = 0;
	for (let i = 0; i < utf8.length; i++) {
		const unite = utf8.charCodeAt(i);
		if (unite === 0xfffd) perdus++;
		else if (unite > 0x7f) accentues++;
	}
	return perdus * 10 < accentues ? utf8 : new TextDecoder('windows-1252').decode(octets);
}

/** A NUL, or control characters by the handful, never come from a text. */
function isBinaire(texte: string): boolean {
	let controles = 0;
	for (let i = 0; i < texte.length; i++) {
		const unite = texte.charCodeAt(i);
		if (unite === 0) return true;
		if (unite < 0x20 && unite !== 0x09 && unite !== 0x0a && unite !== 0x0c && unite !== 0x0d) controles++;
	}
	return controles > 16 && controles * 50 > texte.length;
}

function startsWith(octets: Uint8Array, debut: readonly number[]): boolean {
	return debut.every((octet, i) => octets[i] === octet);
}
