import * as Y from 'yjs';
import type { DocumentName } from '#lib/documents/document.ts';
import { corpsOf } from '#lib/editor/prose.ts';
import {
	addOrganisme,
	listeOf,
	pucesOf,
	readOrganismes,
	removeOrganisme,
	removePuce,
	setOuverte
} from '#lib/fiches/fiche.ts';
import { lignesOf, removeLigne } from '#lib/fiches/tableau.ts';
import { A_CLASSER, CORBEILLE, moveNoeud, readArbre } from '#lib/orientations/arbre.ts';

/**
 * What an act changed in a live document, as data: enough to take it back where nobody has touched it since. Places of texts are those of
 * Yjs: they follow what people write around them.
 */
export type Geste = GesteTexte | GesteOrganismes | GestePuce | GesteLigne | GesteNoeud | GesteAttribut;

/** Words in the place of others. */
export interface GesteTexte {
	nature: 'texte';
	debut: unknown;
	fin: unknown;
	avant: string;
	apres: string;
}
export interface GesteOrganismes {
	nature: 'organismes';
	champ: string;
	ajoutes: string[];
	/** With the ranks that they had. */
	retires: [string, string][];
	/** Whether the list was made to end with « … ». */
	ouverte?: true;
}
/** A bullet that was added. */
export interface GestePuce {
	nature: 'puce';
	champ: string;
	id: string;
	texte: string;
}
/** A row that was added. */
export interface GesteLigne {
	nature: 'ligne';
	champ: string;
	id: string;
	valeurs: Record<string, string>;
}
/** A node that went somewhere else. */
export interface GesteNoeud {
	nature: 'noeud';
	id: string;
	avant: string | null;
	apres: string | null;
}

/** What an element of prose leads to, or says beside its text. */
export interface GesteAttribut {
	nature: 'attribut';
	/** Of the element, by Yjs. */
	element: string;
	nom: string;
	avant: string;
	apres: string;
}

/** What a shared text says, its formats apart. What is no letter counts for one. */
export function plainOf(texte: Y.Text): string {
	if (!(texte instanceof Y.XmlText)) return texte.toString();
	return (texte.toDelta() as { insert: unknown }[])
		.map(({ insert }) => (typeof insert === 'string' ? insert : '\ufffc'))
		.join('');
}

/** Puts words in the place of others: those who write in the same text lose nothing, and the words look as those before them did. */
export function replaceText(texte: Y.Text, index: number, length: number, apres: string): GesteTexte {
	const avant = plainOf(texte).slice(index, index + length);
	if (apres !== '') texte.insert(index, apres, formatAt(texte, index));
	texte.delete(index + apres.length, length);
	const [first, last] = apres === '' ? [-1, -1] : [0, -1];
	return {
		nature: 'texte',
		debut: positionAt(texte, index, first),
		fin: positionAt(texte, index + apres.length, last),
		avant,
		apres
	};
}

/** Adds words at the end of a text. */
export function appendText(texte: Y.Text, words: string): GesteTexte {
	return replaceText(texte, texte.length, 0, words);
}

function formatAt(texte: Y.Text, index: number): Record<string, unknown> {
	let at = 0;
	for (const { insert, attributes } of texte.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]) {
		at += typeof insert === 'string' ? insert.length : 1;
		if (index < at) return attributes ?? {};
	}
	return {};
}

function positionAt(texte: Y.Text, index: number, assoc: number): unknown {
	return Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(texte, index, assoc));
}

/** The sign that stands there, by a name that no edit around it changes. null: at the end of a text. */
export function signAt(texte: Y.Text, index: number): string | null {
	const { item } = Y.createRelativePositionFromTypeIndex(texte, index, 0);
	return item ? `${item.client}-${item.clock}` : null;
}

/** Takes a geste back in a document; false: what it did is not there any more as it was left. */
export function takeBack(doc: Y.Doc, geste: Geste): boolean {
	switch (geste.nature) {
		case 'texte':
			return takeTextBack(doc, geste);
		case 'organismes':
			return takeOrganismesBack(doc, geste);
		case 'puce':
			return takePuceBack(doc, geste);
		case 'ligne':
			return takeLigneBack(doc, geste);
		case 'noeud':
			return takeNoeudBack(doc, geste);
		case 'attribut':
			return takeAttributBack(doc, geste);
		default:
			return geste satisfies never;
	}
}

function takeTextBack(doc: Y.Doc, { debut, fin, avant, apres }: GesteTexte): boolean {
	const [start, end] = [placeIn(doc, debut), placeIn(doc, fin)];
	if (!start || !end || start.texte !== end.texte) return false;
	if (plainOf(start.texte).slice(start.index, end.index) !== apres) return false;
	replaceText(start.texte, start.index, apres.length, avant);
	return true;
}

function placeIn(doc: Y.Doc, position: unknown): { texte: Y.Text; index: number } | null {
	const place = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(position), doc);
	if (!(place?.type instanceof Y.Text) || isGone(place.type)) return null;
	return { texte: place.type, index: place.index };
}

function isGone(texte: Y.Text): boolean {
	for (let item = texte._item; item; item = (item.parent as Y.Text)._item) if (item.deleted) return true;
	return false;
}

function takeOrganismesBack(doc: Y.Doc, { champ, ajoutes, retires, ouverte }: GesteOrganismes): boolean {
	const now = new Set(readOrganismes(doc, champ).organismes);
	const liste = listeOf(doc, champ);
	if (!liste) return false;
	if (!ajoutes.every((id) => now.has(id)) || retires.some(([id]) => now.has(id))) return false;
	for (const id of ajoutes) removeOrganisme(doc, champ, id);
	for (const [id, rang] of retires) liste.set(id, rang);
	if (ouverte) setOuverte(doc, champ, false);
	return true;
}

/** Adds and removes organismes of a field; null when nothing changes. */
export function changeOrganismes(
	doc: Y.Doc,
	champ: string,
	{ ajouter = [], retirer = [] }: { ajouter?: readonly string[]; retirer?: readonly string[] | 'tous' }
): GesteOrganismes | null {
	const liste = listeOf(doc, champ);
	if (!liste) return null;
	const now = readOrganismes(doc, champ).organismes;
	const ajoutes = ajouter.filter((id) => !now.includes(id));
	const leaving = retirer === 'tous' ? now.filter((id) => !ajouter.includes(id)) : retirer;
	const retires = leaving.filter((id) => now.includes(id)).map((id): [string, string] => [id, String(liste.get(id))]);
	if (ajoutes.length === 0 && retires.length === 0) return null;
	for (const id of ajoutes) addOrganisme(doc, champ, id);
	for (const [id] of retires) removeOrganisme(doc, champ, id);
	return { nature: 'organismes', champ, ajoutes, retires };
}

function takePuceBack(doc: Y.Doc, { champ, id, texte }: GestePuce): boolean {
	const puce = pucesOf(doc, champ).find((each) => each.id === id);
	if (puce?.texte.toString() !== texte) return false;
	removePuce(doc, champ, id);
	return true;
}

function takeLigneBack(doc: Y.Doc, { champ, id, valeurs }: GesteLigne): boolean {
	const ligne = lignesOf(doc, champ).find((each) => each.id === id);
	if (!ligne) return false;
	const isSame = [...ligne.cellules].every(([colonne, texte]) => texte.toString() === (valeurs[colonne] ?? ''));
	if (isSame) removeLigne(doc, champ, id);
	return isSame;
}

function takeNoeudBack(doc: Y.Doc, { id, avant, apres }: GesteNoeud): boolean {
	const arbre = readArbre(doc);
	const noeud = arbre.parId.get(id);
	if (!noeud || noeud.parent !== apres) return false;
	const isThere = avant === null || avant === A_CLASSER || avant === CORBEILLE || arbre.parId.has(avant);
	moveNoeud(doc, id, isThere ? avant : A_CLASSER);
	return true;
}

/** Leads elsewhere what leads somewhere in prose: references, constats. */
export function turnAttributes(doc: Y.Doc, nom: string, avant: string, apres: string): GesteAttribut[] {
	return [...elementsOf(corpsOf(doc))]
		.filter((element) => element.getAttribute(nom) === avant)
		.map((element) => setAttribute(element, nom, apres));
}

/** Makes an element of prose say something else beside its text. */
export function setAttribute(element: Y.XmlElement, nom: string, apres: string): GesteAttribut {
	const avant = element.getAttribute(nom) ?? '';
	element.setAttribute(nom, apres);
	return { nature: 'attribut', element: nameOfElement(element), nom, avant, apres };
}

function takeAttributBack(doc: Y.Doc, { element, nom, avant, apres }: GesteAttribut): boolean {
	const found = [...elementsOf(corpsOf(doc))].find((each) => nameOfElement(each) === element);
	if (found?.getAttribute(nom) !== apres) return false;
	found.setAttribute(nom, avant);
	return true;
}

/** By Yjs: what nobody’s edits change. */
export function nameOfElement(element: Y.XmlElement): string {
	return element._item ? `${element._item.id.client}-${element._item.id.clock}` : '';
}

function* elementsOf(parent: Y.XmlFragment): Generator<Y.XmlElement> {
	for (const child of parent.toArray()) {
		if (!(child instanceof Y.XmlElement)) continue;
		yield child;
		yield* elementsOf(child);
	}
}

/** What was changed in one document. */
export interface GestesDeDocument {
	document: DocumentName;
	gestes: Geste[];
}
