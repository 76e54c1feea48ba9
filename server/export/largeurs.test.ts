import { describe, expect, test } from 'vitest';
import { largeursDe } from './largeurs.ts';

const lines = (...textes: string[]) => textes.map((texte) => [texte]);

describe('the columns of a table', () => {
	test('leave no word without room, and give the rest to who has most to say', () => {
		const long = 'Accompagner les personnes qui ont un projet et que la distance arrête. '.repeat(4);
		const [livrable = 0, calendrier = 0, operateur = 0] = largeursDe(
			[
				lines('Livrable', long),
				lines('Calendrier', '2027'),
				lines('Opérateur(s)', 'Le Département de la Haute-Rivière')
			],
			88
		);
		expect(livrable + calendrier + operateur).toBeCloseTo(88);
		expect(calendrier).toBeGreaterThanOrEqual('Calendrier'.length + 2);
		expect(operateur).toBeGreaterThanOrEqual('Opérateur(s)'.length + 2);
		expect(livrable).toBeGreaterThan(calendrier + operateur);
	});

	test('fill the page when little is written', () => {
		const largeurs = largeursDe(
			[lines('Sigle', 'RSA'), lines('Ce qu’il veut dire', 'revenu de solidarité active')],
			88
		);
		expect(largeurs.reduce((sum, largeur) => sum + largeur)).toBeCloseTo(88);
	});

	test('are as wide as their longest words when not all of them have room', () => {
		const largeurs = largeursDe(
			Array.from({ length: 9 }, () => lines('Accompagnement', '4')),
			88
		);
		expect(new Set(largeurs).size).toBe(1);
	});

	test('take a cell of many lines for more than its longest line', () => {
		const cell = Array.from({ length: 30 }, () => 'une ligne courte');
		const [many = 0, one = 0] = largeursDe(
			[[['Public'], cell], lines('Territoire', 'x'.repeat(20).replace(/(.{5})/g, '$1 '))],
			60
		);
		expect(many).toBeGreaterThan(one);
	});
});
