import { describe, expect, test } from 'vitest';
import { MODELE_MAYENNE, MODELE_ORNE, MODELE_SARTHE } from '#lib/pactes/modeles/structures.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import { isProfonde, tableDeNiveaux, type Chemin, type TableDeNiveaux } from './synthese-table.ts';

const SARTHE = ['strategique', 'operationnel', 'action', 'sous_action'];

/** « I/I1/I1a »: a fiche under two nodes, of the levels named. */
function chemin(path: string, niveaux = SARTHE): Chemin {
	return path.split('/').map((id, i) => ({ id, code: id, titre: `Titre ${id}`, niveau: niveaux[i] as string }));
}

/** « I 1×3 »: what begins there, its width and height. */
const drawn = ({ rangees }: TableDeNiveaux) =>
	rangees.map((cells) =>
		cells.map(
			({ x, noeud, colonnes, lignes, fiche }) => `${x}:${fiche ? '*' : ''}${noeud?.id ?? '—'} ${colonnes}×${lignes}`
		)
	);
const tableOf = (paths: readonly Chemin[], modele: Modele = MODELE_SARTHE) => tableDeNiveaux(paths, modele);

describe('a table by level', () => {
	test('what holds several fiches is one cell as high as they are; a fiche high in the tree takes the columns left', () => {
		const table = tableOf(
			['I/I1/I1a', 'I/I1/I1b', 'I/I2/I2a/I2a1', 'I/I2/I2a/I2a2', 'II/II3/II3a'].map((p) => chemin(p))
		);
		expect(table.colonnes.map(({ pluriel }) => pluriel)).toEqual([
			'objectifs stratégiques',
			'objectifs opérationnels',
			'actions',
			'sous-actions'
		]);
		expect(drawn(table)).toEqual([
			['0:I 1×4', '1:I1 1×2', '2:*I1a 2×1'],
			['2:*I1b 2×1'],
			['1:I2 1×2', '2:I2a 1×2', '3:*I2a1 1×1'],
			['3:*I2a2 1×1'],
			['0:II 1×1', '1:II3 1×1', '2:*II3a 2×1']
		]);
	});

	test('every place of the grid is covered once, whatever is above the fiches', () => {
		const paths = ['I/I1/I1a', 'I/I1/I1b/I1b1', 'I/I1/I1c', 'II/II2/II2a/II2a1', 'II/II2/II2a/II2a2', 'III/III3/III3a'];
		const { colonnes, rangees } = tableOf(paths.map((path) => chemin(path)));
		const grid = rangees.map(() => colonnes.map(() => 0));
		rangees.forEach((cells, y) => {
			for (const { x, colonnes: width, lignes: height } of cells)
				for (let dy = 0; dy < height; dy++) for (let dx = 0; dx < width; dx++) (grid[y + dy] as number[])[x + dx]! += 1;
		});
		expect(new Set(grid.flat())).toEqual(new Set([1]));
	});

	test('a level that some fiches do not have is an empty cell, one for those side by side', () => {
		const table = tableOf(
			[
				chemin('1/1.a', ['axe', 'action']),
				chemin('1/1.b', ['axe', 'action']),
				chemin('1/o/1.o.c', ['axe', 'orientation', 'action'])
			],
			MODELE_MAYENNE
		);
		expect(table.colonnes.map(({ niveau }) => niveau)).toEqual(['axe', 'orientation', 'action']);
		expect(drawn(table)).toEqual([['0:1 1×3', '1:— 1×2', '2:*1.a 1×1'], ['2:*1.b 1×1'], ['1:o 1×1', '2:*1.o.c 1×1']]);
	});

	test('a level stands after those above it, in whatever order the model names them', () => {
		const upside = { ...MODELE_SARTHE, niveaux: MODELE_SARTHE.niveaux.toReversed() };
		expect(tableOf([chemin('I/I1/I1a/I1a1')], upside).colonnes.map(({ niveau }) => niveau)).toEqual(SARTHE);
	});

	test('a level that holds itself has a column for each depth', () => {
		const table = tableOf([chemin('1/2/3', ['axe', 'axe', 'action'])], MODELE_ORNE);
		expect(drawn(table)).toEqual([['0:1 1×1', '1:2 1×1', '2:*3 1×1']]);
	});

	test('a node that carries a fiche and holds others has its row, then stands beside theirs', () => {
		const table = tableOf(['I/I1/I1a', 'I/I1/I1a/I1a1'].map((path) => chemin(path)));
		expect(drawn(table)).toEqual([
			['0:I 1×2', '1:I1 1×2', '2:*I1a 2×1'],
			['2:I1a 1×1', '3:*I1a1 1×1']
		]);
	});

	test('a model whose levels hold each other, or that lost a level, gives a table all the same', () => {
		const turned = [chemin('a/b', ['axe', 'action']), chemin('c/d', ['action', 'axe']), chemin('e', ['perdu'])];
		expect(tableOf(turned, MODELE_ORNE).rangees).toHaveLength(3);
		expect(tableOf([], MODELE_ORNE)).toEqual({ colonnes: [], rangees: [] });
	});

	test('one level beside the fiches is no deep table', () => {
		expect(isProfonde(tableOf([chemin('1/1.1', ['axe', 'action'])], MODELE_ORNE))).toBe(false);
		expect(isProfonde(tableOf([chemin('I/I1/I1a')]))).toBe(true);
	});
});
