import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { corpsOf, writeProse } from '#lib/editor/prose.ts';
import { PROSE_ENTIERE } from '#lib/editor/prose-entiere.ts';
import { admit, REFUSALS, welcome } from './admission.ts';
import { Coming } from './ground.ts';
import { LIMITS } from './limits.ts';
import type { OpenDocument } from './open-document.ts';

const BRUNO = 'bruno';

/** A section in memory, with one of everything in it. */
function section(): OpenDocument {
	const birth = new Y.Doc();
	writeProse(corpsOf(birth), PROSE_ENTIERE);
	const document = new Y.Doc();
	Y.applyUpdate(document, Y.encodeStateAsUpdate(birth));
	return {
		name: 'redaction.haute-riviere',
		document: Object.assign(document, { connections: new Map() }),
		kind: 'redaction',
		pacteId: 'pacte',
		ready: true,
		rows: new Set(),
		owners: new Map([[birth.clientID, null]]),
		coming: new Coming(),
		rescued: [],
		size: { bytes: 0, measuredAt: -Infinity }
	} as unknown as OpenDocument;
}

/** What becomes of an edit that someone makes on a copy; it is applied when it passes. */
function verdictOn(open: OpenDocument, edit: (corps: Y.XmlFragment, doc: Y.Doc) => void): string {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(open.document));
	const before = Y.encodeStateVector(copy);
	copy.transact(() => edit(corpsOf(copy), copy));
	const update = Y.encodeStateAsUpdate(copy, before);
	const admission = admit(open, { update, isAnswer: false, compteId: BRUNO, mayRecover: false }, LIMITS);
	if (admission.verdict !== 'accepted') return admission.verdict === 'refused' ? admission.reason : 'early';
	welcome(open, admission, BRUNO);
	if (admission.news) Y.applyUpdate(open.document, admission.news);
	open.coming.settle(open.document);
	return 'accepted';
}

const first = (corps: Y.XmlFragment) => corps.get(1) as Y.XmlElement;
const textIn = (corps: Y.XmlFragment) => first(corps).get(0) as Y.XmlText;
const paragraphe = (...children: (Y.XmlElement | Y.XmlText)[]) => {
	const element = new Y.XmlElement('paragraphe');
	element.insert(0, children);
	return element;
};

describe('R84. in prose, what an editor writes passes', () => {
	const edits: Record<string, (corps: Y.XmlFragment) => void> = {
		'one of everything': (corps) => writeProse(corps, PROSE_ENTIERE),
		'a key, and a word in bold': (corps) => {
			textIn(corps).insert(3, 'x');
			textIn(corps).format(0, 2, { gras: {} });
			textIn(corps).format(1, 1, { gras: null });
		},
		'a link': (corps) => textIn(corps).format(0, 2, { lien: { href: 'https://pacte.example' } }),
		'a paragraph that becomes a title, then a constat': (corps) => {
			first(corps).setAttribute('titre', 2 as never);
			first(corps).removeAttribute('titre');
			first(corps).setAttribute('constat', 'constat');
			first(corps).setAttribute('cle', 'c2');
		},
		'a row more in a table': (corps) => {
			const cellule = new Y.XmlElement('cellule');
			cellule.insert(0, [paragraphe()]);
			const rangee = new Y.XmlElement('rangee');
			rangee.insert(0, [cellule]);
			(corps.get(6) as Y.XmlElement).push([rangee]);
		},
		'the deletion of all': (corps) => corps.delete(0, corps.length)
	};
	for (const [name, edit] of Object.entries(edits)) it(name, () => expect(verdictOn(section(), edit)).toBe('accepted'));

	it('and what comes while an element is on its way to the log is judged by it', () => {
		const open = section();
		const author = new Y.Doc();
		Y.applyUpdate(author, Y.encodeStateAsUpdate(open.document));
		const updates: Uint8Array[] = [];
		author.on('update', (update: Uint8Array) => updates.push(update));
		const text = new Y.XmlText();
		corpsOf(author).push([paragraphe(text)]);
		text.insert(0, 'a');
		text.insert(1, 'b');
		for (const update of updates) {
			const admission = admit(open, { update, isAnswer: false, compteId: BRUNO, mayRecover: false }, LIMITS);
			expect(admission.verdict).toBe('accepted');
			if (admission.verdict === 'accepted') welcome(open, admission, BRUNO);
		}
	});
});

describe('R84. in prose, what no editor of ours writes is refused', () => {
	const hostile: Record<string, (corps: Y.XmlFragment, doc: Y.Doc) => void> = {
		'an unknown element (T14)': (corps) => corps.push([new Y.XmlElement('script')]),
		'an element named by the prototype': (corps) => corps.push([new Y.XmlElement('constructor')]),
		'a known element in the wrong place': (corps) => first(corps).push([paragraphe()]),
		'a row outside a table': (corps) => corps.push([new Y.XmlElement('rangee')]),
		'text outside a paragraph': (corps) => corps.push([new Y.XmlText('nu')]),
		'a fragment within': (corps) => first(corps).push([new Y.XmlFragment() as never]),
		'a hook': (corps) => corps.push([new Y.XmlHook('video') as never]),
		'an unknown attribute': (corps) => first(corps).setAttribute('onload', 'x'),
		'an attribute that is an object': (corps) => first(corps).setAttribute('theme', { a: 1 } as never),
		'an attribute that is a shared type': (corps) => first(corps).setAttribute('theme', new Y.Map() as never),
		'an unknown format': (corps) => textIn(corps).format(0, 2, { couleur: 'rouge' }),
		'a format that says more than it may': (corps) => textIn(corps).format(0, 2, { gras: { onclick: 'x' } }),
		'a link that runs': (corps) => textIn(corps).format(0, 2, { lien: { href: 'javascript:alert(1)' } }),
		'a link with more than its address': (corps) =>
			textIn(corps).format(0, 2, { lien: { href: 'https://pacte.example', target: '_top' } }),
		'an embed': (corps) => textIn(corps).insertEmbed(0, { image: 'x' }),
		'a document within': (corps) => first(corps).setAttribute('theme', new Y.Doc() as never),
		'a format in a text of a field': (_corps, doc) => doc.getMap('champs').set('mission', new Y.Text('x')),
		'another root': (_corps, doc) => doc.getMap('secret').set('a', 1)
	};
	for (const [name, edit] of Object.entries(hostile))
		it(name, () => expect(verdictOn(section(), edit)).toBe(REFUSALS.shape));
});
