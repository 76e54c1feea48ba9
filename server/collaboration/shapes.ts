import type { DocumentKind } from '#lib/documents/document.ts';
import { isSafeLink } from '#lib/editor/prose.ts';

/** What may stand in one place of a document; what is not listed may not. */
export interface Place {
	/** A text of plain characters: no format, nothing embedded. */
	text?: true;
	/** A plain value: never an object, so that no key of one can name a prototype. */
	value?: 'string' | 'number';
	map?: Entries;
	/** A text with paragraphs, tables…: a fragment that holds these elements. */
	prose?: Elements;
}

/** The places of a map, or the attributes of an element, by key. */
export interface Entries {
	keys?: Readonly<Record<string, Place>>;
	/** Under any other key. */
	others?: Place;
	/** Made by the server only: people neither add nor replace an entry, nor remove one. */
	isFixed?: true;
}

/** The elements that may stand somewhere in prose, by their names. */
export type Elements = Readonly<Record<string, Element>>;

export interface Element {
	attributes: Entries;
	children: Elements;
	/** The formats of the text that it may hold; without, it holds none. */
	formats?: Formats;
}

/** What a format may say, by its key: whether the value is one of its own. `null` ends it, and always may. */
export type Formats = Readonly<Record<string, (value: unknown) => boolean>>;

/** The roots of a document: a map, or prose. */
export type Shape = Readonly<Record<string, Entries | { prose: Elements }>>;

const TEXT: Place = { text: true };
const STRING: Place = { value: 'string' };
const FLAG: Place = { value: 'number' };

const isEmpty = (value: unknown): boolean => isRecord(value) && Object.keys(value).length === 0;
const isLink = (value: unknown): boolean =>
	isRecord(value) && Object.keys(value).join() === 'href' && typeof value.href === 'string' && isSafeLink(value.href);

const FORMATS: Formats = { gras: isEmpty, italique: isEmpty, lien: isLink };

const attributes = (names: Readonly<Record<string, Place>>): Entries => ({ keys: names });
const atom = (...names: string[]): Element => ({
	attributes: attributes(Object.fromEntries(names.map((name) => [name, STRING]))),
	children: {}
});

const PARAGRAPHE: Element = {
	attributes: attributes({
		titre: FLAG,
		liste: STRING,
		retrait: FLAG,
		citation: FLAG,
		constat: STRING,
		cle: STRING,
		theme: STRING,
		noeud: STRING,
		origine: STRING
	}),
	children: {
		note: { attributes: {}, children: {}, formats: FORMATS },
		renvoi: atom('cible'),
		chiffre: atom('figure', 'ligne', 'serie'),
		saut: atom()
	},
	formats: FORMATS
};
const CELLULE: Element = {
	attributes: attributes({ colspan: FLAG, rowspan: FLAG }),
	children: { paragraphe: PARAGRAPHE }
};

/** The elements of `src/lib/editor/prose.ts`, as the guard sees them. */
const PROSE: Elements = {
	paragraphe: PARAGRAPHE,
	tableau: {
		attributes: attributes({ legende: STRING }),
		children: { rangee: { attributes: {}, children: { cellule: CELLULE, entete: CELLULE } } }
	},
	figure: atom('figure'),
	image: atom('piece', 'alternative', 'legende')
};

const NOEUD: Entries = { keys: { parent: STRING, rang: STRING, niveau: STRING, titre: TEXT, avant: STRING } };
const PUCE: Entries = { keys: { rang: STRING, texte: TEXT, retiree: FLAG, retrait: FLAG } };
/** A row of a table: its cells by column. Its own keys that are none of these (`suite.<column>`) are flags. */
const RANGEE: Entries = { keys: { rang: STRING, retiree: FLAG, cellules: { map: { others: TEXT } } } };

/** A text, or a list: of bullets or rows by their ids, or of organismes with its sentence. Which of them, the pacte's model says. */
const CHAMP: Place = {
	text: true,
	map: {
		keys: { liste: { map: { others: STRING } }, ouverte: FLAG, texte: TEXT },
		others: { map: { keys: { ...PUCE.keys, ...RANGEE.keys }, others: FLAG } }
	}
};

const CHAMPS: Entries = { others: CHAMP, isFixed: true };

const SERIE: Entries = { keys: { rang: STRING, nom: TEXT, retiree: FLAG } };
const LIGNE: Entries = { keys: { rang: STRING, libelle: TEXT, retiree: FLAG, valeurs: { map: { others: TEXT } } } };
const FIGURE: Entries = {
	keys: {
		titre: TEXT,
		phrase: TEXT,
		source: TEXT,
		date: TEXT,
		territoire: TEXT,
		unite: TEXT,
		series: { map: { others: { map: SERIE } } },
		lignes: { map: { others: { map: LIGNE } } }
	},
	isFixed: true
};

/** What each kind of document may hold: the shapes of `arbre.ts`, `fiche.ts`, `prose.ts`, `figure.ts` and `synthese.ts`, as the guard sees them. */
export const SHAPES: Readonly<Record<DocumentKind, Shape>> = {
	orientations: { noeuds: { others: { map: NOEUD } } },
	fiche: { champs: CHAMPS },
	redaction: { corps: { prose: PROSE }, champs: CHAMPS },
	figure: { figure: FIGURE, reglages: { keys: { forme: STRING } } },
	synthese: { synthese: { keys: { texte: TEXT }, isFixed: true } }
};

/** Keys that plain objects already have: a reader who makes one of a map would be misled. */
const MISLEADING: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);

/** What may stand under a key. */
export function placeOf({ keys, others }: Entries, key: string): Place | undefined {
	if (MISLEADING.has(key)) return undefined;
	return keys?.[key] ?? others;
}

/** The element of that name, if it may stand there. */
export function elementOf(elements: Elements, name: string | null): Element | undefined {
	return name !== null && Object.hasOwn(elements, name) ? elements[name] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
