import { expect, test } from 'vitest';
import { colonnesDeNombres, tableau } from './blocs.ts';

test('numbers stand under one another; what names a row, years and words do not', () => {
	const table = tableau(
		'',
		['Année', 'Allocataires', 'Part', 'Montant', 'Depuis', 'Remarque'],
		[
			['2029', '4\u202f120', '8,4\u00a0%', '640 000\u00a0€', '2027', '12 places'],
			['2030', '—', '7,6\u00a0%', '', '2028', '4']
		]
	);
	expect([...colonnesDeNombres(table)]).toEqual([1, 2, 3]);
});
