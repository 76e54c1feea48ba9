import { expect, test } from 'vitest';
import { phraseOf, proposePhrase } from './sentence.ts';
import { figureFrom, MAYENNE } from './testing.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

test('Mayenne 9: a rate is compared with those of the region and of the country', () => {
	expect(MAYENNE.map((figure) => plain(proposePhrase(figure)))).toEqual([
		'En 2012, la population est de 307 453 habitants (Mayenne).',
		'En 2012, la densité de population est de 59 hab/km² (Mayenne).',
		'En 2014, le taux de chômage est de 7 % dans le département, contre 9,1 % dans la région et 10,5 % en France.'
	]);
});

test('what people wrote is kept', () => {
	expect(phraseOf({ ...(MAYENNE[0] as (typeof MAYENNE)[0]), phrase: ' Peu d’habitants. ' })).toBe('Peu d’habitants.');
});

test('a few rows are all said, many by their ends, several columns by their highest', () => {
	const rows = ['Nord', 'Sud', 'Est', 'Ouest', 'Centre'].map((nom, i) => [nom, String(10 + i)]);
	const figure = (count: number) =>
		figureFrom([['', ''], ...rows.slice(0, count)], { titre: 'Allocataires', date: '2019' });
	expect(plain(proposePhrase(figure(2)))).toBe('Allocataires : 10 (Nord) et 11 (Sud), en 2019.');
	expect(plain(proposePhrase(figure(5)))).toBe('Allocataires : de 10 (Nord) à 14 (Centre), en 2019.');
	const two = figureFrom(
		[
			['', 'A', 'B'],
			['Nord', '1', '9'],
			['Sud', '5', '2']
		],
		{ titre: 'Part' }
	);
	expect(plain(proposePhrase(two))).toBe('Part : en tête, « Sud » pour A (5) et « Nord » pour B (9).');
	const same = figureFrom(
		[
			['', 'A', 'B'],
			['Nord', '8', '9'],
			['Sud', '5', '2']
		],
		{ titre: 'Part' }
	);
	expect(plain(proposePhrase(same))).toBe('Part : « Nord » vient en tête, avec 8 (A) et 9 (B).');
});

test('without a value there is nothing to say', () => {
	expect(
		proposePhrase(
			figureFrom([
				['', 'A'],
				['x', 'n. d.']
			])
		)
	).toBe('');
});
