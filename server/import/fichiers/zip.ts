import { unzipSync } from 'fflate';
import { DomainError } from '../../errors.ts';

/*
 * What is in a .zip is weighed before any of it is opened: its directory says how many parts it has, what each weighs once open,
 * whether it is encrypted. A part that holds more than it says is cut at what it said.
 */

export interface Entree {
	nom: string;
	/** Bytes once open, as the archive says. */
	taille: number;
	chiffree: boolean;
}

/** What a document holds in good faith: 150 pages are 2 MB of XML. Images are not counted, since they are not opened. */
const DEZIPPE_MAX = 60 * 1024 * 1024;
const ENTREES_MAX = 5_000;

export const ABIME =
	'Ce fichier est abîmé ou incomplet\u00a0: il n’a pas pu être lu. Ouvrez-le dans votre traitement de texte, enregistrez-le à nouveau, puis recommencez.';
const TROP_GROS =
	'Ce fichier est trop volumineux une fois ouvert\u00a0: il n’a pas été lu. Copiez-en le texte dans un nouveau document, puis importez ce document.';
const CHEMINS =
	'Ce fichier contient des noms de parties inhabituels\u00a0: il n’a pas été lu. Ouvrez-le dans votre traitement de texte, enregistrez-le à nouveau, puis recommencez.';
export const PROTEGE =
	'Ce fichier est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe, puis recommencez.';

const FIN = 0x06054b50;
const REPERTOIRE = 0x02014b50;

/** The directory of an archive. Throws a DomainError when it is damaged, or is made to harm. */
export function readRepertoire(octets: Uint8Array): Entree[] {
	const vue = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
	const fin = findFin(vue);
	if (fin === -1) throw new DomainError('invalide', ABIME);
	const nombre = vue.getUint16(fin + 10, true);
	if (nombre > ENTREES_MAX) throw new DomainError('invalide', TROP_GROS);
	const entrees: Entree[] = [];
	let place = vue.getUint32(fin + 16, true);
	for (let i = 0; i < nombre; i++) {
		if (place + 46 > octets.length || vue.getUint32(place, true) !== REPERTOIRE)
			throw new DomainError('invalide', ABIME);
		const longueurs = [28, 30, 32].map((decalage) => vue.getUint16(place + decalage, true));
		const debut = place + 46;
		entrees.push({
			nom: new TextDecoder().decode(octets.subarray(debut, debut + longueurs[0]!)),
			taille: vue.getUint32(place + 24, true),
			chiffree: (vue.getUint16(place + 8, true) & 1) === 1
		});
		place = debut + longueurs[0]! + longueurs[1]! + longueurs[2]!;
	}
	checkNoms(entrees);
	return entrees;
}

/** The end of the directory stands in the last bytes, before a comment of 64 kB at most. */
function findFin(vue: DataView): number {
	for (let i = vue.byteLength - 22; i >= Math.max(0, vue.byteLength - 22 - 0xffff); i--)
		if (vue.getUint32(i, true) === FIN) return i;
	return -1;
}

/** Nothing is written to a disk; a name that would leave its folder, or that comes twice, is still no office suite's. */
function checkNoms(entrees: readonly Entree[]): void {
	const noms = new Set<string>();
	for (const { nom } of entrees) {
		// eslint-disable-next-line no-control-regex -- no file has such a name
		if (/(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[a-z]:|[\u0000-\u001f]/i.test(nom) || noms.has(nom))
			throw new DomainError('invalide', CHEMINS);
		noms.add(nom);
	}
}

/** Opens some parts of an archive whose directory was read. */
export function openParties(
	octets: Uint8Array,
	entrees: readonly Entree[],
	isWanted: (nom: string) => boolean
): Record<string, Uint8Array> {
	const voulues = entrees.filter(({ nom }) => isWanted(nom));
	if (voulues.some(({ chiffree }) => chiffree)) throw new DomainError('invalide', PROTEGE);
	if (voulues.reduce((somme, { taille }) => somme + taille, 0) > DEZIPPE_MAX)
		throw new DomainError('invalide', TROP_GROS);
	let total = 0;
	try {
		return unzipSync(octets, {
			filter: ({ name, originalSize }) => {
				if (!isWanted(name)) return false;
				total += originalSize;
				if (total > DEZIPPE_MAX) throw new DomainError('invalide', TROP_GROS);
				return true;
			}
		});
	} catch (error) {
		throw error instanceof DomainError ? error : new DomainError('invalide', ABIME);
	}
}
