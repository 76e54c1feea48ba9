import { TextSelection } from '@tiptap/pm/state';
import { CellSelection, deleteColumn, deleteRow, TableMap } from '@tiptap/pm/tables';
import { afterEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { randomFrom, type Random } from '../../../tests/support/random.ts';
import { corpsOf, readProse, texteOf, type Prose } from './prose.ts';
import { ACTES_DE_TABLEAU } from './table.ts';
import { docOf, openEcran, paragraphe, type Ecran } from './testing.ts';

const open: Ecran[] = [];
afterEach(() => {
	for (const ecran of open.splice(0)) ecran.close();
});

function two(prose: Prose): [Ecran, Ecran] {
	const first = docOf(prose);
	const second = new Y.Doc();
	Y.applyUpdate(second, Y.encodeStateAsUpdate(first), REMOTE);
	const pair: [Ecran, Ecran] = [openEcran(first), openEcran(second)];
	open.push(...pair);
	return pair;
}

const REMOTE = Symbol('remote');

/** Each gets what the other wrote meanwhile. */
function meet([a, b]: readonly [Ecran, Ecran]): void {
	const [ofA, ofB] = [Y.encodeStateAsUpdate(a.doc), Y.encodeStateAsUpdate(b.doc)];
	Y.applyUpdate(a.doc, ofB, REMOTE);
	Y.applyUpdate(b.doc, ofA, REMOTE);
}

const cellule = (texte: string) => ({ contenu: [paragraphe(texte)] });
const TABLE: Prose = [
	paragraphe('Avant'),
	{
		type: 'tableau',
		legende: 'Permanences',
		rangees: Array.from({ length: 3 }, (_, r) => Array.from({ length: 3 }, (_, c) => cellule(`${r}${c}`)))
	},
	paragraphe('Après')
];

const ACTS = ACTES_DE_TABLEAU.filter(({ label }) => label !== 'Supprimer le tableau');

/** One act in some cell of the table, if there still is one. */
function act(ecran: Ecran, random: Random): string | null {
	const { state, view } = ecran.editor;
	const cells: number[] = [];
	state.doc.descendants((node, position) => {
		if (node.type.name === 'cellule' || node.type.name === 'entete') cells.push(position);
		return node.type.name !== 'cellule' && node.type.name !== 'entete';
	});
	const cell = random.pick(cells);
	if (cell === undefined) return null;
	const other = random.chance(0.4) ? (random.pick(cells) as number) : cell;
	if (random.chance(0.4)) {
		const word = `[${random.int(1e6)}]`;
		view.dispatch(state.tr.setSelection(TextSelection.near(state.doc.resolve(cell + 1))).insertText(word));
		return word;
	}
	view.dispatch(state.tr.setSelection(CellSelection.create(state.doc, cell, other)));
	random.pick(ACTS)?.command(view.state, view.dispatch, view);
	return null;
}

describe('two people in one table at once, without seeing one another, then meeting', () => {
	const SEEDS = Array.from({ length: 60 }, (_, i) => 4_000 + i);

	test.each(SEEDS)('seed %i: the same table on both screens, whole, and nobody goes on mending', (seed) => {
		const random = randomFrom(seed);
		const pair = two(TABLE);
		for (let round = 0; round < 4; round++) {
			for (const ecran of pair) for (let n = random.int(4); n >= 0; n--) act(ecran, random);
			meet(pair);
		}
		// Yjs clears away what its own formats left: once more, and both have the same.
		meet(pair);
		const [a, b] = pair;
		expect(a.prose()).toEqual(b.prose());
		expect(a.editor.getJSON()).toEqual(b.editor.getJSON());
		expect(texteOf(a.prose())).toContain('Avant');
		expect(texteOf(a.prose())).toContain('Après');

		// Nothing more happens by itself, however often they meet.
		const before = pair.map(({ updates }) => updates.length);
		for (let i = 0; i < 5; i++) meet(pair);
		expect(pair.map(({ updates }) => updates.length)).toEqual(before);

		// The next one who writes there mends it, once.
		if (act(a, randomFrom(seed)) === null) act(a, randomFrom(seed + 1));
		meet(pair);
		expect(a.prose()).toEqual(b.prose());
		expect(() => a.editor.state.doc.check()).not.toThrow();
		a.editor.state.doc.forEach((node) => {
			if (node.type.name === 'tableau' && node.childCount > 0) expect(TableMap.get(node).problems).toBeNull();
		});
	});
});

describe('case 84: what two people do at once never takes more than what each of them did', () => {
	test('two editors that open an empty text at once do not double what is written', () => {
		const pair = two([]);
		for (const { editor } of pair) editor.view.focus();
		for (const { editor } of pair) editor.view.dom.dispatchEvent(new FocusEvent('focus'));
		meet(pair);
		pair[0].editor.commands.insertContent('Un seul texte.');
		meet(pair);
		meet(pair);
		const texts = pair.map(({ doc }) => texteOf(readProse(corpsOf(doc))));
		expect(texts).toEqual(['Un seul texte.', 'Un seul texte.']);
	});

	test('each deletes what the other is changing: the rest of the text stays', () => {
		const pair = two(TABLE);
		const [a, b] = pair;
		const cells = (ecran: Ecran) => {
			const found: number[] = [];
			ecran.editor.state.doc.descendants((node, position) => {
				if (node.type.name === 'cellule') found.push(position);
			});
			return found;
		};
		const { state: left } = a.editor;
		a.editor.view.dispatch(left.tr.setSelection(CellSelection.create(left.doc, cells(a)[0] as number, cells(a)[2])));
		deleteRow(a.editor.state, a.editor.view.dispatch);
		const { state: right } = b.editor;
		b.editor.view.dispatch(right.tr.setSelection(CellSelection.create(right.doc, cells(b)[0] as number, cells(b)[6])));
		deleteColumn(b.editor.state, b.editor.view.dispatch);
		meet(pair);
		expect(a.prose()).toEqual(b.prose());
		expect(texteOf(a.prose()).split('\n')).toEqual(['Avant', 'Permanences', '11', '12', '21', '22', 'Après']);
	});

	test('all of the text is deleted by one while the other writes at its end', () => {
		const pair = two([paragraphe('Un'), paragraphe('Deux')]);
		const [a, b] = pair;
		a.editor.commands.selectAll();
		a.editor.commands.deleteSelection();
		b.editor.commands.setTextSelection(b.editor.state.doc.content.size - 1);
		b.editor.commands.insertContent(' et trois');
		meet(pair);
		expect(a.editor.getJSON()).toEqual(b.editor.getJSON());
		a.editor.commands.insertContent('Suite');
		meet(pair);
		expect(texteOf(b.prose())).toContain('Suite');
	});
});
