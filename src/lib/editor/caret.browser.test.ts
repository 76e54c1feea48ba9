import { NodeSelection, TextSelection } from '@tiptap/pm/state';
import { addRowBefore, CellSelection, isInTable } from '@tiptap/pm/tables';
import { afterEach, describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import * as Y from 'yjs';
import { randomFrom, type Random } from '../../../tests/support/random.ts';
import { setParagraphe, toggleListe } from './keys.ts';
import { insertNote } from './notes.ts';
import type { Prose } from './prose.ts';
import { insertTableau } from './table.ts';
import { connect, docOf, openEcran, paragraphe, placeOf, type Ecran } from './testing.ts';

const screens: Ecran[] = [];
afterEach(() => {
	for (const ecran of screens.splice(0)) ecran.close();
});

/** Two people in the same text, each with an editor. */
function two(prose: Prose): [Ecran, Ecran] {
	const [first, second] = [docOf(prose), new Y.Doc()];
	connect(first, second);
	const pair: [Ecran, Ecran] = [openEcran(first), openEcran(second)];
	screens.push(...pair);
	return pair;
}

function goTo({ editor }: Ecran, place: number): void {
	editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, place)));
}

function insertAt({ editor }: Ecran, place: number, words: string): void {
	editor.view.dispatch(editor.state.tr.insertText(words, place));
}

/** Where the nth paragraph begins, those of tables included. */
function startOf({ editor }: Ecran, rank: number): number {
	const starts: number[] = [];
	editor.state.doc.descendants((node, position) => {
		if (node.type.name === 'paragraphe') starts.push(position + 1);
	});
	return starts[rank] as number;
}

/** In the second line: the browser moves its caret, and says so later only. */
async function clickUnread({ editor: { view } }: Ecran, offset: number): Promise<void> {
	view.focus();
	await expect.poll(() => view.dom.classList.contains('ProseMirror-focused')).toBe(true);
	getSelection()!.collapse(view.dom.querySelectorAll('p')[1]!.firstChild, offset);
}

const ENTER = { key: 'Enter', keyCode: 13 };
const vide = paragraphe('');
const cellule = (texte: string) => ({ contenu: [paragraphe(texte)] });

describe('what the others write leaves the caret where one put it', () => {
	it('the first click in the text is kept where the browser is late to say that its caret moved', async () => {
		const [mine] = two([paragraphe('Le premier.'), paragraphe('Le second.')]);
		const { view } = mine.editor;
		const late = (event: Event) => event.stopImmediatePropagation();
		window.addEventListener('selectionchange', late, true);
		try {
			await userEvent.click(view.dom.querySelectorAll('p')[1]!);
			await expect.poll(() => view.state.selection.$from.parent.textContent).toBe('Le second.');
		} finally {
			window.removeEventListener('selectionchange', late, true);
		}
	});

	it('a key that comes right after a click acts where one has clicked', async () => {
		const [mine] = two([paragraphe('Le premier.'), paragraphe('Le second.')]);
		await clickUnread(mine, 3);
		mine.editor.view.dom.dispatchEvent(new KeyboardEvent('keydown', { ...ENTER, bubbles: true, cancelable: true }));
		expect(mine.prose()).toEqual([paragraphe('Le premier.'), paragraphe('Le '), paragraphe('second.')]);
	});

	it('a key that moves the caret has moved it for the editor too once it is up', async () => {
		const [mine] = two([paragraphe('Le premier.'), paragraphe('Le second.')]);
		await clickUnread(mine, 10);
		mine.editor.view.dom.dispatchEvent(new KeyboardEvent('keyup', { key: 'End', bubbles: true }));
		expect(mine.editor.state.selection.from).toBe(placeOf(mine.editor, 'Le second.'));
	});

	it('a click that the editor has not read yet is not lost when someone else’s key arrives at that moment', async () => {
		const [mine, theirs] = two([paragraphe('Le premier.'), paragraphe('Le second.')]);
		const { editor } = mine;
		await clickUnread(mine, 10);
		insertAt(theirs, 1, 'Tout ');
		expect(editor.state.selection.from).toBe(placeOf(editor, 'Le second.'));
		editor.commands.insertContent('X');
		expect(mine.prose()).toEqual([paragraphe('Tout Le premier.'), paragraphe('Le second.X')]);
	});

	it('when the keys go to the text again after an act of the toolbar, whatever the browser did of its caret meanwhile', () => {
		const [mine] = two([paragraphe('Le premier.'), paragraphe('Le second.')]);
		const { editor } = mine;
		const button = document.body.appendChild(document.createElement('button'));
		editor.view.focus();
		goTo(mine, placeOf(editor, 'Le premier.'));
		button.focus();
		toggleListe('puce')(editor.state, editor.view.dispatch);
		editor.view.focus();
		button.remove();
		editor.commands.insertContent('X');
		expect(mine.prose()).toEqual([paragraphe('Le premier.X', { liste: 'puce' }), paragraphe('Le second.')]);
	});

	it('in one of two lines that say the same, in which someone writes', () => {
		const [mine, theirs] = two([paragraphe('Oui'), paragraphe('Oui')]);
		goTo(mine, placeOf(mine.editor, 'Oui'));
		insertAt(theirs, 1, 'Mais ');
		mine.editor.commands.insertContent('X');
		expect(mine.prose()).toEqual([paragraphe('Mais OuiX'), paragraphe('Oui')]);
	});

	it('in an empty cell, when someone adds a row above', () => {
		const rangees = [
			[cellule(''), cellule('')],
			[cellule(''), cellule('')]
		];
		const [mine, theirs] = two([{ type: 'tableau', legende: '', rangees }]);
		goTo(mine, startOf(mine, 2));
		goTo(theirs, startOf(theirs, 2));
		addRowBefore(theirs.editor.state, theirs.editor.view.dispatch);
		mine.editor.commands.insertContent('X');
		expect(mine.prose()).toMatchObject([{ rangees: [{}, {}, [cellule('X'), {}]] }]);
	});

	it('is never a selection of all, when all was deleted and something else is written', () => {
		const [mine, theirs] = two([paragraphe('Un'), paragraphe('Deux')]);
		goTo(mine, 3);
		theirs.editor.commands.selectAll();
		theirs.editor.commands.deleteSelection();
		theirs.editor.view.dispatch(theirs.editor.state.tr.delete(0, theirs.editor.state.doc.content.size));
		theirs.editor.commands.insertContent([
			{ type: 'paragraphe', content: [{ type: 'text', text: 'Trois' }] },
			{ type: 'paragraphe', content: [{ type: 'text', text: 'Quatre' }] }
		]);
		mine.editor.commands.insertContent('X');
		expect(JSON.stringify(mine.prose())).toContain('Trois');
		expect(JSON.stringify(mine.prose())).toContain('Quatre');
	});

	it('is never a selection of all in a text that was empty when one opened it', () => {
		const [mine, theirs] = two([]);
		insertAt(theirs, 0, 'Un texte.');
		mine.editor.commands.insertContent('X');
		expect(JSON.stringify(mine.prose())).toContain('Un texte.');
	});

	it('is never a selection of all in a text that one has just opened', () => {
		const [mine] = two([paragraphe('Un'), paragraphe('Deux')]);
		mine.editor.view.focus();
		mine.editor.commands.insertContent('X');
		expect(mine.prose()).toHaveLength(2);
	});

	it('when one has just taken something back', () => {
		const [mine, theirs] = two([paragraphe('Un'), paragraphe('Deux')]);
		goTo(mine, placeOf(mine.editor, 'Un'));
		mine.editor.commands.insertContent('X');
		goTo(mine, placeOf(mine.editor, 'Deux'));
		mine.undo.undo();
		insertAt(theirs, 1, 'Et ');
		mine.editor.commands.insertContent('Y');
		expect(mine.prose()).toEqual([paragraphe('Et Un'), paragraphe('DeuxY')]);
	});

	it('at the beginning of a text whose first words someone deletes', () => {
		const [mine, theirs] = two([paragraphe('Un mot'), paragraphe('Deux')]);
		goTo(mine, 4);
		theirs.editor.view.dispatch(theirs.editor.state.tr.delete(1, 7));
		mine.editor.commands.insertContent('X');
		expect(mine.prose()).toEqual([paragraphe('X'), paragraphe('Deux')]);
	});
});

describe('what the others write leaves what one has chosen as it was', () => {
	it('bold, for what one is about to type', () => {
		const [mine, theirs] = two([paragraphe('Un'), paragraphe('Deux')]);
		goTo(mine, placeOf(mine.editor, 'Deux'));
		mine.editor.commands.toggleMark('gras');
		insertAt(theirs, 1, 'Et ');
		mine.editor.view.dispatch(mine.editor.state.tr.insertText('X'));
		expect(mine.prose()[1]).toMatchObject({ contenu: [{}, { texte: 'X', gras: true }] });
	});

	it('cells', () => {
		const rangees = [
			[cellule('a'), cellule('b')],
			[cellule('c'), cellule('d')]
		];
		const [mine, theirs] = two([paragraphe('Un'), { type: 'tableau', legende: '', rangees }]);
		const [a, d] = [startOf(mine, 1) - 2, startOf(mine, 4) - 2];
		mine.editor.view.dispatch(mine.editor.state.tr.setSelection(CellSelection.create(mine.editor.state.doc, a, d)));
		insertAt(theirs, 1, 'Et ');
		const { selection } = mine.editor.state;
		expect(selection).toBeInstanceOf(CellSelection);
		expect(selection.content().content.textBetween(0, selection.content().content.size, ' ')).toBe('a b c d');
	});

	it('a figure; never the next one, when someone deletes it', () => {
		const figure = (id: string) => ({ type: 'figure' as const, figure: id });
		const [mine, theirs] = two([paragraphe('Un'), figure('a'), figure('b')]);
		const { editor } = mine;
		editor.view.dispatch(editor.state.tr.setSelection(NodeSelection.create(editor.state.doc, 4)));
		insertAt(theirs, 1, 'Et ');
		expect((editor.state.selection as NodeSelection).node.attrs.figure).toBe('a');
		theirs.editor.view.dispatch(theirs.editor.state.tr.delete(7, 8));
		expect(editor.state.selection).not.toBeInstanceOf(NodeSelection);
	});

	const SEEDS = Array.from({ length: 40 }, (_, i) => 700 + i);
	it.each(SEEDS)('seed %i: the same words, whatever the other does around them', (seed) => {
		const random = randomFrom(seed);
		const rangees = [
			[cellule('a'), cellule('')],
			[cellule(''), cellule('d')]
		];
		const oui = paragraphe('Oui');
		const [mine, theirs] = two([
			vide,
			oui,
			paragraphe('Avant ‹choisi› après'),
			oui,
			vide,
			{ type: 'tableau', legende: '', rangees }
		]);
		const [from, to] = [placeOf(mine.editor, '‹'), placeOf(mine.editor, '›', 'before')];
		mine.editor.view.dispatch(mine.editor.state.tr.setSelection(TextSelection.create(mine.editor.state.doc, from, to)));
		for (let n = 0; n < 25; n++) {
			actAround(theirs, random);
			const { from, to } = mine.editor.state.selection;
			expect(mine.editor.state.doc.textBetween(from, to)).toBe('choisi');
		}
	});
});

/** Someone writes, begins a paragraph, makes lists, tables and notes, deletes: everywhere but in the chosen words. */
function actAround({ editor }: Ecran, random: Random): void {
	const { state, view } = editor;
	const held = [placeOf(editor, '‹', 'before'), placeOf(editor, '›')] as const;
	const place = random.int(state.doc.content.size + 1);
	if (place > held[0] && place < held[1]) return;
	const caret = TextSelection.near(state.doc.resolve(place));
	if (caret.from > held[0] && caret.from < held[1]) return;
	view.dispatch(state.tr.setSelection(caret));
	const end = Math.min(caret.from + random.int(6), caret.$from.end(), place <= held[0] ? held[0] : Infinity);
	random.pick<() => unknown>([
		() => editor.commands.insertContent('Oui'),
		() => editor.commands.insertContent(' '),
		() => view.dispatch(view.state.tr.delete(caret.from, Math.max(caret.from, end))),
		() => toggleListe('puce')(view.state, view.dispatch),
		() => setParagraphe({ titre: 2 })(view.state, view.dispatch),
		() => insertTableau(2, 2)(view.state, view.dispatch),
		() => insertNote(view.state, view.dispatch),
		() => isInTable(view.state) && addRowBefore(view.state, view.dispatch),
		() => editor.commands.splitBlock()
	])?.();
}
