import { SaxesParser } from 'saxes';
import { DomainError } from '../../errors.ts';
import { ABIME } from './zip.ts';

/** An element, under the name that its standard gives it (`w:p`, `text:p`), whatever prefix its file has. */
export interface Element {
	nom: string;
	attributs: Record<string, string>;
	enfants: (Element | string)[];
}

const ESPACES: Record<string, string> = {
	'http://schemas.openxmlformats.org/wordprocessingml/2006/main': 'w',
	'http://purl.oclc.org/ooxml/wordprocessingml/main': 'w',
	'http://schemas.openxmlformats.org/markup-compatibility/2006': 'mc',
	'urn:oasis:names:tc:opendocument:xmlns:office:1.0': 'office',
	'urn:oasis:names:tc:opendocument:xmlns:style:1.0': 'style',
	'urn:oasis:names:tc:opendocument:xmlns:text:1.0': 'text',
	'urn:oasis:names:tc:opendocument:xmlns:table:1.0': 'table',
	'urn:oasis:names:tc:opendocument:xmlns:drawing:1.0': 'draw',
	'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0': 'manifest'
};

/** Nested deeper than any document is. */
const PROFONDEUR_MAX = 200;
const ELEMENTS_MAX = 3_000_000;

const DECLARATIONS =
	'Ce fichier contient des déclarations externes, que Copacte refuse de suivre\u00a0: il n’a pas été lu. Ouvrez-le dans votre traitement de texte, enregistrez-le à nouveau, puis recommencez.';
const TROP_IMBRIQUE =
	'Ce fichier est trop imbriqué pour être lu. Copiez-en le texte dans un nouveau document, puis importez ce document.';

/** Reads a part of an office file. It may declare no entity and no document type: nothing outside it is ever asked for. */
export function readXml(octets: Uint8Array): Element {
	const parser = new SaxesParser({ xmlns: true });
	const racine: Element = { nom: '', attributs: {}, enfants: [] };
	const ouverts = [racine];
	let nombre = 0;
	parser.on('doctype', () => refuse(DECLARATIONS));
	parser.on('error', () => refuse(ABIME));
	parser.on('opentag', (balise) => {
		const element: Element = { nom: nameOf(balise), attributs: {}, enfants: [] };
		for (const attribut of Object.values(balise.attributes)) element.attributs[nameOf(attribut)] = attribut.value;
		if (ouverts.length > PROFONDEUR_MAX || ++nombre > ELEMENTS_MAX) refuse(TROP_IMBRIQUE);
		ouverts.at(-1)!.enfants.push(element);
		ouverts.push(element);
	});
	parser.on('closetag', () => void ouverts.pop());
	parser.on('text', (texte) => void ouverts.at(-1)!.enfants.push(texte));
	parser.on('cdata', (texte) => void ouverts.at(-1)!.enfants.push(texte));
	parser.write(decodeXml(octets)).close();
	return racine;
}

function decodeXml(octets: Uint8Array): string {
	if (octets[0] === 0xff && octets[1] === 0xfe) return new TextDecoder('utf-16le').decode(octets);
	if (octets[0] === 0xfe && octets[1] === 0xff) return new TextDecoder('utf-16be').decode(octets);
	return new TextDecoder().decode(octets);
}

function nameOf({ uri, local }: { uri: string; local: string }): string {
	const prefixe = ESPACES[uri];
	return prefixe === undefined ? local : `${prefixe}:${local}`;
}

function refuse(message: string): never {
	throw new DomainError('invalide', message);
}

export function elementsOf({ enfants }: Element): Element[] {
	return enfants.filter((enfant) => typeof enfant !== 'string');
}

export function childOf(element: Element | undefined, nom: string): Element | undefined {
	return element && elementsOf(element).find((enfant) => enfant.nom === nom);
}

/** All elements of that name, at any depth, in order. */
export function findAll(element: Element, nom: string): Element[] {
	return elementsOf(element).flatMap((enfant) => [...(enfant.nom === nom ? [enfant] : []), ...findAll(enfant, nom)]);
}
