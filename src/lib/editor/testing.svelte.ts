// For the tests of the whole editor: a text on this screen, and the same one at somebody else's.
import * as Y from 'yjs';
import type { Presence } from '#lib/collaboration/live-document.svelte.ts';
import { holdsOnlyOwnText } from '#lib/collaboration/own-undo.ts';
import type { ProseDocument } from './EditeurDeProse.svelte';
import { corpsOf, readProse, type Prose } from './prose.ts';
import { connect, docOf } from './testing.ts';

export class TexteATester implements ProseDocument {
	readonly doc: Y.Doc;
	readonly undo: Y.UndoManager;
	/** Somebody else's copy: what is written here comes there, and back. */
	readonly autre = new Y.Doc();
	canWrite = $state(true);
	others = $state.raw<Presence[]>([]);
	/** Where this screen says that one writes. */
	champ: string | null = null;

	constructor(prose: Prose = []) {
		this.doc = docOf(prose);
		this.undo = new Y.UndoManager(this.doc, { trackedOrigins: new Set(), deleteFilter: holdsOnlyOwnText });
		connect(this.doc, this.autre);
	}

	setChamp(champ: string | null): void {
		this.champ = champ;
	}

	get prose(): Prose {
		return readProse(corpsOf(this.doc));
	}

	/** Someone else writes in a paragraph. */
	ecritAilleurs(paragraphe: number, at: number, words: string): void {
		const element = corpsOf(this.autre).get(paragraphe) as Y.XmlElement;
		const [text] = element.toArray();
		if (text instanceof Y.XmlText) text.insert(at, words);
		else element.insert(0, [new Y.XmlText(words)]);
	}
}
