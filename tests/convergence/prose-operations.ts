// What people do at random to the text of a section.
import * as Y from 'yjs';
import { corpsOf } from '#lib/editor/prose.ts';
import type { Random } from '../support/random.ts';

/** Writes a word at the edge of another one, anywhere in the text: cells and notes too. */
export function writeWord(doc: Y.Doc, word: string, random: Random): void {
	const texts = textsIn(corpsOf(doc));
	const text = random.pick(texts);
	if (text && random.chance(0.8)) text.insert(random.pick(edgesOf(text)) as number, word);
	else if (random.chance(0.5)) addNote(doc, word, random);
	else addParagraphe(doc, word, random);
}

/** One act on the form of the text, or that takes some of it away. */
export function actOnProse(doc: Y.Doc, step: number, random: Random): void {
	const corps = corpsOf(doc);
	const text = random.pick(textsIn(corps));
	const paragraphe = random.pick(elementsIn(corps, 'paragraphe'));
	switch (random.pick(['style', 'style', 'format', 'cut', 'remove', 'paragraphe', 'tableau', 'row', 'removeRow'])) {
		case 'style':
			return paragraphe && setStyle(paragraphe, random);
		case 'format':
			return text && onRange(text, random, (at, length) => text.format(at, length, formatOf(random)));
		case 'cut':
			return text && onRange(text, random, (at, length) => text.delete(at, length));
		case 'remove':
			if (corps.length > 1 && random.chance(0.6)) corps.delete(random.int(corps.length), 1);
			return;
		case 'paragraphe':
			return addParagraphe(doc, `[p${step}]`, random);
		case 'tableau':
			if (random.chance(0.4))
				corps.insert(random.int(corps.length + 1), [elementOf('tableau', [rangee(step, 1), rangee(step, 3)])]);
			return;
		case 'row':
			return random.pick(elementsIn(corps, 'tableau'))?.push([rangee(step, 1)]);
		default: {
			const table = random.pick(elementsIn(corps, 'tableau'));
			if (table && table.length > 1) table.delete(random.int(table.length), 1);
		}
	}
}

/** The words that are there, each as often as it is. */
export function wordsIn(doc: Y.Doc): string[] {
	return textsIn(corpsOf(doc)).flatMap((text) => plain(text).match(WORD) ?? []);
}

const WORD = /\[[^[\]]*\]/g;

function textsIn(parent: Y.XmlFragment): Y.XmlText[] {
	return parent
		.toArray()
		.flatMap((child) =>
			child instanceof Y.XmlText ? [child] : child instanceof Y.XmlElement ? textsIn(child) : ([] as Y.XmlText[])
		);
}

function elementsIn(parent: Y.XmlFragment, name: string): Y.XmlElement[] {
	return parent
		.toArray()
		.flatMap((child) =>
			child instanceof Y.XmlElement ? [...(child.nodeName === name ? [child] : []), ...elementsIn(child, name)] : []
		);
}

function plain(text: Y.XmlText): string {
	return (text.toDelta() as { insert: unknown }[]).map(({ insert }) => String(insert)).join('');
}

/** Where no word is cut in two. */
function edgesOf(text: Y.XmlText): number[] {
	return [0, ...[...plain(text).matchAll(WORD)].map(({ index, 0: word }) => index + word.length)];
}

function onRange(text: Y.XmlText, random: Random, act: (at: number, length: number) => void): void {
	const edges = edgesOf(text);
	const from = random.int(edges.length);
	const to = Math.min(edges.length - 1, from + 1 + random.int(3));
	const [at, end] = [edges[from] as number, edges[to] as number];
	if (end > at) act(at, end - at);
}

function formatOf(random: Random): Record<string, unknown> {
	const lien = { href: 'https://haute-riviere.example' };
	return random.pick([{ gras: {} }, { gras: null }, { italique: {} }, { lien }, { lien: null }]) as object as Record<
		string,
		unknown
	>;
}

function setStyle(paragraphe: Y.XmlElement, random: Random): void {
	const [name, value] = random.pick([
		['titre', 2],
		['titre', 3],
		['liste', 'puce'],
		['liste', 'numero'],
		['retrait', 1],
		['citation', 1],
		['titre', null],
		['liste', null]
	]) as [string, string | number | null];
	if (value === null) paragraphe.removeAttribute(name);
	else paragraphe.setAttribute(name, value as string);
}

function addParagraphe(doc: Y.Doc, words: string, random: Random): void {
	const corps = corpsOf(doc);
	corps.insert(random.int(corps.length + 1), [elementOf('paragraphe', [new Y.XmlText(words)])]);
}

function addNote(doc: Y.Doc, words: string, random: Random): void {
	const paragraphe = random.pick(elementsIn(corpsOf(doc), 'paragraphe'));
	const note = elementOf('note', [new Y.XmlText(words)]);
	if (paragraphe) paragraphe.insert(random.int(paragraphe.length + 1), [note]);
	else addParagraphe(doc, words, random);
}

/** Each cell has a word of its own. */
function rangee(step: number, first: number): Y.XmlElement {
	const cellule = (n: number) => elementOf('cellule', [elementOf('paragraphe', [new Y.XmlText(`[c${step}-${n}]`)])]);
	return elementOf('rangee', [cellule(first), cellule(first + 1)]);
}

function elementOf(name: string, children: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
	const element = new Y.XmlElement(name);
	element.insert(0, children);
	return element;
}
