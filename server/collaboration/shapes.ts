import type { DocumentKind } from '#lib/documents/document.ts';

/** What may stand in one place of a document; what is not listed may not. */
export interface Place {
	/** A text of plain characters: no format, nothing embedded. */
	text?: true;
	/** A plain value: never an object, so that no key of one can name a prototype. */
	value?: 'string' | 'number';
	map?: Entries;
}

/** The places of a map, by key. */
export interface Entries {
	keys?: Readonly<Record<string, Place>>;
	/** Under any other key. */
	others?: Place;
	/** Made by the server only: people neither add nor replace an entry, nor remove one. */
	isFixed?: true;
}

/** The roots of a document, each a map. */
export type Shape = Readonly<Record<string, Entries>>;

const TEXT: Place = { text: true };
const STRING: Place = { value: 'string' };
const FLAG: Place = { value: 'number' };

const NOEUD: Entries = { keys: { parent: STRING, rang: STRING, niveau: STRING, titre: TEXT } };
const PUCE: Entries = { keys: { rang: STRING, texte: TEXT, retiree: FLAG } };

/** A text, or a list: of bullets by their ids, or of organismes with its sentence. Which of them, the pacte's model says. */
const CHAMP: Place = {
	text: true,
	map: { keys: { liste: { map: { others: STRING } }, ouverte: FLAG, texte: TEXT }, others: { map: PUCE } }
};

/** What each kind of document may hold: the shapes of `arbre.ts` and `fiche.ts`, as the guard sees them. */
export const SHAPES: Readonly<Record<DocumentKind, Shape>> = {
	orientations: { noeuds: { others: { map: NOEUD } } },
	fiche: { champs: { others: CHAMP, isFixed: true } }
};

/** Keys that plain objects already have: a reader who makes one of a map would be misled. */
const MISLEADING: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);

/** What may stand under a key. */
export function placeOf({ keys, others }: Entries, key: string): Place | undefined {
	if (MISLEADING.has(key)) return undefined;
	return keys?.[key] ?? others;
}
