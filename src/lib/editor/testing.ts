// For the tests of the editor: texts, and the screens on which people write them.
import type { Editor } from '@tiptap/core';
import * as Y from 'yjs';
import { holdsOnlyOwnText } from '#lib/collaboration/own-undo.ts';
import { mountEditor, type EditorOptions } from './mount-editor.ts';
import { paste, type OptionsDeCollage } from './paste.ts';
import { corpsOf, readProse, writeProse, type Prose } from './prose.ts';
import './prose.css';
import { writingRules } from './writing-rules.ts';

export interface Ecran {
	doc: Y.Doc;
	undo: Y.UndoManager;
	editor: Editor;
	/** What was said. */
	said: string[];
	/** Bytes of each update that was made here. */
	updates: Uint8Array[];
	prose(): Prose;
	close(): void;
}

export interface EcranOptions {
	typographie?: boolean;
	images?: OptionsDeCollage['images'];
	extensions?: EditorOptions['extensions'];
}

/** Someone's editor on a text of theirs, or on one that is given. */
export function openEcran(doc = new Y.Doc(), options: EcranOptions = {}): Ecran {
	const element = document.createElement('div');
	document.body.append(element);
	const undo = new Y.UndoManager(doc, { trackedOrigins: new Set(), deleteFilter: holdsOnlyOwnText });
	const said: string[] = [];
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array, origin: unknown) => origin !== REMOTE && updates.push(update));
	const announce = (sentence: string) => void said.push(sentence);
	const editor = mountEditor({
		element,
		fragment: corpsOf(doc),
		undo,
		label: 'Texte',
		editable: true,
		carets: { others: () => [], show: () => undefined },
		extensions: [
			writingRules({ undo, typographie: () => options.typographie ?? true }),
			paste({ undo, announce, images: options.images }),
			...(options.extensions ?? [])
		],
		onUpdate: () => undefined,
		onSelection: () => undefined,
		onUnknown: () => undefined
	});
	if (!editor) throw new Error('The text holds something unknown.');
	return {
		doc,
		undo,
		editor,
		said,
		updates,
		prose: () => readProse(corpsOf(doc)),
		close() {
			editor.destroy();
			element.remove();
		}
	};
}

const REMOTE = Symbol('remote');

/** What one writes reaches the other at once. */
export function connect(a: Y.Doc, b: Y.Doc): void {
	for (const [from, to] of [
		[a, b],
		[b, a]
	] as const) {
		Y.applyUpdate(to, Y.encodeStateAsUpdate(from), REMOTE);
		from.on('update', (update: Uint8Array) => Y.applyUpdate(to, update, REMOTE));
	}
}

export function docOf(prose: Prose): Y.Doc {
	const doc = new Y.Doc();
	writeProse(corpsOf(doc), prose);
	return doc;
}

export function paragraphe(texte: string, style: Partial<Extract<Prose[number], { type: 'paragraphe' }>> = {}) {
	const contenu = texte === '' ? [] : [{ type: 'texte' as const, texte }];
	return { type: 'paragraphe' as const, ...style, contenu };
}

/** The place of some words in the editor. */
export function placeOf(editor: Editor, words: string, side: 'before' | 'after' = 'after'): number {
	let found = -1;
	editor.state.doc.descendants((node, position) => {
		const at = node.isText ? (node.text as string).indexOf(words) : -1;
		if (at >= 0 && found < 0) found = position + at + (side === 'after' ? words.length : 0);
	});
	if (found < 0) throw new Error(`« ${words} » is not in the text.`);
	return found;
}
