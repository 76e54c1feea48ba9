import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
	addLignes,
	addSeries,
	celluleOf,
	completeGrid,
	isPrepared,
	joinCellule,
	lignesOf,
	moveTo,
	prepareFigure,
	readFigure,
	removeLigne,
	removeSerie,
	seriesOf,
	setCellule,
	setForme,
	setLibelle,
	setNom,
	texteOf
} from './figure.ts';
import { figureFrom, MAYENNE, ORNE, orneFigure } from './testing.ts';

function born(figure = MAYENNE[2]!): Y.Doc {
	const doc = new Y.Doc();
	prepareFigure(doc, figure);
	return doc;
}

/** The same document in another browser. */
function twin(doc: Y.Doc): Y.Doc {
	const other = new Y.Doc();
	Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
	return other;
}

function meet(a: Y.Doc, b: Y.Doc): void {
	Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
	Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
	expect(readFigure(a)).toEqual(readFigure(b));
}

const cells = (doc: Y.Doc) => {
	const { series, lignes } = readFigure(doc);
	return lignes.map(({ libelle, valeurs }) => [libelle, ...series.map(({ id }) => valeurs[id])].join('|'));
};

describe('a figure as a shared document', () => {
	test('Mayenne 9 and Orne 4: what it is born with is what is read', () => {
		for (const figure of [...MAYENNE, ...ORNE.map((_, i) => orneFigure(i))])
			expect(readFigure(born(figure))).toEqual(figure);
	});

	test('a document without its containers is not shown as an empty figure', () => {
		expect(isPrepared(new Y.Doc())).toBe(false);
		expect(isPrepared(born())).toBe(true);
	});

	test('two people fill two cells and rename a column: all of it is there', () => {
		const a = born();
		const b = twin(a);
		setCellule(a, 'l1', 's1', '7,2');
		celluleOf(b, 'l1', 's2')?.insert(3, ' %');
		setNom(b, 's3', 'France entière');
		texteOf(a, 'source')?.insert(5, ', Filosofi');
		meet(a, b);
		expect(cells(a)).toEqual(['Taux|7,2|9,1 %|10,5']);
		expect(readFigure(a)).toMatchObject({ source: 'Insee, Filosofi' });
		expect(readFigure(a).series[2]?.nom).toBe('France entière');
	});

	test('a row and a column added at once leave a hole that each may fill: what both type there is kept', () => {
		const a = born();
		const b = twin(a);
		addLignes(a, ['l2']);
		addSeries(b, ['s4']);
		meet(a, b);
		expect(celluleOf(a, 'l2', 's4')).toBeUndefined();
		expect(completeGrid(a, () => 'aa')).toBe(1);
		expect(completeGrid(b, () => 'bb')).toBe(1);
		celluleOf(a, 'l2', 's4')?.insert(0, '12');
		celluleOf(b, 'l2', 's4')?.insert(0, '34');
		meet(a, b);
		expect(cells(a)[1]).toBe('||||12 34');
		joinCellule(a, 'l2', 's4');
		expect(celluleOf(a, 'l2', 's4')?.toString()).toBe('12 34');
		expect(completeGrid(a, () => 'cc')).toBe(0);
	});

	test('a row that is removed leaves, unless somebody wrote in it meanwhile', () => {
		const a = born(orneFigure(0));
		const b = twin(a);
		removeLigne(a, 'l1');
		removeLigne(a, 'l2');
		celluleOf(b, 'l2', 's1')?.insert(0, '99');
		meet(a, b);
		expect(lignesOf(a).map(({ id }) => id)).toEqual(['l2', 'l3', 'l4']);
		expect(readFigure(a).lignes[0]?.valeurs.s1).toBe('99');
		expect(lignesOf(a, 'l1').map(({ id }) => id)).toContain('l1');
	});

	test('a column that is removed takes its cells with it, and comes back with what is typed in it', () => {
		const a = born();
		removeSerie(a, 's2');
		expect(cells(a)).toEqual(['Taux|7|10,5']);
		celluleOf(a, 'l1', 's2')?.insert(0, '8');
		expect(seriesOf(a).map(({ id }) => id)).toEqual(['s1', 's2', 's3']);
		expect(cells(a)).toEqual(['Taux|7|8|10,5']);
	});

	test('rows and columns are added and moved where one wants them, also by two people at one place', () => {
		const a = born(orneFigure(0));
		const b = twin(a);
		addLignes(a, ['x'], 'l2');
		addLignes(b, ['y'], 'l2');
		meet(a, b);
		addLignes(a, ['z'], 'y');
		moveTo(a, 'lignes', 'l4', 'l1');
		meet(a, b);
		const order = lignesOf(a).map(({ id }) => id);
		expect(order[0]).toBe('l4');
		expect(order.indexOf('z')).toBe(order.indexOf('y') - 1);
		expect(order.at(-1)).toBe('l3');
	});

	test('the form is one of those that are known', () => {
		const doc = born();
		setForme(doc, 'lignes');
		expect(readFigure(doc).forme).toBe('lignes');
		doc.getMap('reglages').set('forme', 'camembert');
		expect(readFigure(doc).forme).toBe('barres');
	});

	test('a row under an id that no browser of ours gives is not read', () => {
		const doc = born();
		addLignes(doc, ['un id', 'a\0b', 'x'.repeat(41)]);
		setLibelle(doc, 'un id', 'texte');
		expect(readFigure(doc).lignes.map(({ id }) => id)).toEqual(['l1']);
	});

	test('a table of the size that a figure may have is read in no time', () => {
		const rows = [
			['', ...Array.from({ length: 20 }, (_, i) => `s${i}`)],
			...Array.from({ length: 500 }, (_, i) => [`l${i}`, ...Array.from({ length: 20 }, () => '12')])
		];
		const doc = born(figureFrom(rows));
		const start = performance.now();
		expect(readFigure(doc).lignes).toHaveLength(500);
		expect(performance.now() - start).toBeLessThan(1_000);
	});
});
