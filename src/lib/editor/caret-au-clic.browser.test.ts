import { afterEach, expect, it } from 'vitest';
import { connect, docOf, openEcran, paragraphe, placeOf, type Ecran } from './testing.ts';
import * as Y from 'yjs';
import { corpsOf } from './prose.ts';

const screens: Ecran[] = [];
afterEach(() => screens.splice(0).forEach((ecran) => ecran.close()));

it('a click that the editor has not read yet is not lost when someone else’s key arrives at that moment', async () => {
	const mine = docOf([paragraphe('Le premier.'), paragraphe('Le second.')]);
	const theirs = new Y.Doc();
	connect(mine, theirs);
	const ecran = openEcran(mine);
	screens.push(ecran);
	const { editor } = ecran;
	editor.view.focus();
	await expect.poll(() => editor.view.dom.classList.contains('ProseMirror-focused')).toBe(true);
	// The browser moves its caret, and says so later only.
	const second = editor.view.dom.querySelectorAll('p')[1]!.firstChild as Text;
	getSelection()!.collapse(second, second.length);
	const first = (corpsOf(theirs).get(0) as Y.XmlElement).get(0) as Y.XmlText;
	first.insert(0, 'Tout ');
	expect(editor.state.selection.from).toBe(placeOf(editor, 'Le second.'));
	editor.commands.insertContent('X');
	expect(ecran.prose()).toEqual([paragraphe('Tout Le premier.'), paragraphe('Le second.X')]);
});
