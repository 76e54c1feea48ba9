import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { PROSE_ENTIERE } from './prose-entiere.ts';
import { corpsOf, countWords, isSafeLink, readProse, writeProse } from './prose.ts';

it('prose that is written in a document reads the same', () => {
	const doc = new Y.Doc();
	writeProse(corpsOf(doc), PROSE_ENTIERE);
	expect(readProse(corpsOf(doc))).toEqual(PROSE_ENTIERE);
});

it('what this version does not know is left out of the reading, and stays in the document', () => {
	const doc = new Y.Doc();
	const unknown = new Y.XmlElement('frise');
	const paragraphe = new Y.XmlElement('paragraphe');
	paragraphe.insert(0, [new Y.XmlElement('calcul'), new Y.XmlText('Le reste.')]);
	corpsOf(doc).push([unknown, paragraphe]);
	expect(readProse(corpsOf(doc))).toEqual([{ type: 'paragraphe', contenu: [{ type: 'texte', texte: 'Le reste.' }] }]);
	expect(corpsOf(doc).toString()).toBe('<frise></frise><paragraphe><calcul></calcul>Le reste.</paragraphe>');
});

it('a link that could run is read as plain words', () => {
	const doc = new Y.Doc();
	const paragraphe = new Y.XmlElement('paragraphe');
	const text = new Y.XmlText();
	text.insert(0, 'cliquez', { lien: { href: 'javascript:alert(1)' } });
	paragraphe.insert(0, [text]);
	corpsOf(doc).push([paragraphe]);
	expect(readProse(corpsOf(doc))).toEqual([{ type: 'paragraphe', contenu: [{ type: 'texte', texte: 'cliquez' }] }]);
});

it.each([
	['https://pacte.example/a?b=1', true],
	['mailto:accueil@haute-riviere.example', true],
	['tel:+33100000000', true],
	['javascript:alert(1)', false],
	['JaVaScRiPt:alert(1)', false],
	['data:text/html,<script>', false],
	['//ailleurs.example', false],
	['https://a b', false],
	['vbscript:x', false],
	[`https://${'a'.repeat(3000)}`, false]
])('%s may be followed: %s', (href, isSafe) => {
	expect(isSafeLink(href)).toBe(isSafe);
});

it('words are counted as people count them', () => {
	expect(countWords('L’accès aux droits, c’est-à-dire 3 guichets.')).toBe(6);
	expect(countWords('')).toBe(0);
});
