import { expect, test } from 'vitest';
import type { Prose } from '#lib/editor/prose.ts';
import { CHIFFRE_RETIRE, figuresIn, quoteOf } from './quote.ts';
import { MAYENNE } from './testing.ts';

const figures = MAYENNE.map((figure, i) => ({ ...figure, id: `f${i}` }));

test('Mayenne 9: a value that is quoted is the one of the figure, with its unit', () => {
	const quoted = (figure: string, serie: string) => quoteOf(figures, { figure, ligne: 'l1', serie });
	expect([quoted('f0', 's1'), quoted('f1', 's1'), quoted('f2', 's1'), quoted('f2', 's2'), quoted('f2', 's3')]).toEqual([
		'307\u00a0453\u00a0habitants',
		'59\u00a0hab/km²',
		'7\u00a0%',
		'9,1\u00a0%',
		'10,5\u00a0%'
	]);
});

test('a value that is gone says so', () => {
	expect(quoteOf(figures, { figure: 'f9', ligne: 'l1', serie: 's1' })).toBe(CHIFFRE_RETIRE);
	expect(quoteOf(figures, { figure: 'f0', ligne: 'l9', serie: 's1' })).toBe(CHIFFRE_RETIRE);
});

test('the figures of a prose are those shown, quoted, led to, and in the cells of its tables', () => {
	const paragraphe = (contenu: Extract<Prose[number], { type: 'paragraphe' }>['contenu']) => ({
		type: 'paragraphe' as const,
		contenu
	});
	const prose: Prose = [
		{ type: 'figure', figure: 'a' },
		paragraphe([
			{ type: 'chiffre', figure: 'b', ligne: 'l1', serie: 's1' },
			{ type: 'renvoi', cible: 'figure:c' },
			{ type: 'renvoi', cible: 'noeud:x' }
		]),
		{
			type: 'tableau',
			legende: '',
			rangees: [[{ contenu: [paragraphe([{ type: 'chiffre', figure: 'd', ligne: 'l1', serie: 's1' }])] }]]
		}
	];
	expect([...figuresIn(prose)].sort()).toEqual(['a', 'b', 'c', 'd']);
});
