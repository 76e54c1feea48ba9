import { expect, test } from 'vitest';
import {
	conventionsOfLines,
	linesOfConventions,
	linesOfMoyens,
	linesOfPersonnes,
	linesOfPuces,
	moyensOfLines,
	personnesOfLines,
	pucesOfLines
} from './lignes-relues.ts';
import { proseOfTexte } from './prose-of-texte.ts';

test('what a review shows as lines is read back alike', () => {
	const puces = { puces: ['Accueillir :', 'par courrier', 'par téléphone', 'Siéger'], retraits: [1, 2] };
	expect(pucesOfLines(linesOfPuces(puces))).toEqual(puces);
	const moyens = [{ libelle: 'au service insertion', etp: '6,5' }];
	expect(moyensOfLines(linesOfMoyens(moyens))).toEqual(moyens);
	const conventions = [{ intitule: 'Charte', etat: 'en cours' as const }];
	expect(conventionsOfLines(linesOfConventions(conventions))).toEqual(conventions);
	const personnes = [{ personne: 'Camille ROUX', fonction: 'présidente, élue' }];
	expect(personnesOfLines(linesOfPersonnes(personnes))).toEqual(personnes);
});

test('a line that someone types without its marks loses no word', () => {
	expect(moyensOfLines('une équipe')).toEqual([{ libelle: 'une équipe', etp: '' }]);
	expect(conventionsOfLines('signée | Charte')).toEqual([{ intitule: 'signée | Charte', etat: 'existante' }]);
	expect(pucesOfLines('  - seule')).toEqual({ puces: ['seule'] });
});

test('a section’s text becomes prose: headings, items, sub-points, a table; items announced as enjeux become enjeux', () => {
	let n = 0;
	const prose = proseOfTexte(
		'Les enjeux sont :\n- la santé\n- se loger\n## Ensuite\n- un point\n  - un sous-point\n1. premier\n| a | b |\n|---|---|\n| c |',
		() => `c${++n}`
	);
	expect(
		prose.map((bloc) =>
			bloc.type === 'paragraphe' ? (bloc.constat?.cle ?? bloc.titre ?? bloc.liste ?? 'p') : bloc.type
		)
	).toEqual(['p', 'c1', 'c2', 2, 'puce', 'puce', 'numero', 'tableau']);
	expect(prose[5]).toMatchObject({ retrait: 1 });
	expect(prose[7]).toMatchObject({
		rangees: [
			[{ entete: true }, { entete: true }],
			[{}, {}]
		]
	});
});
