import { expect, test } from 'vitest';
import { withArticle } from './article.ts';

test.each([
	['CAF', 'la CAF'],
	['Mission locale', 'la Mission locale'],
	['Département de la Haute-Rivière', 'le Département de la Haute-Rivière'],
	['État', 'l’État'],
	['Union départementale', 'l’Union départementale'],
	['CCAS-CIAS', 'le CCAS-CIAS'],
	['Région', 'la Région'],
	['France Travail', 'France Travail'],
	['Pôle emploi', 'Pôle emploi'],
	['Emmaüs', 'Emmaüs'],
	['Les entreprises du territoire', 'Les entreprises du territoire'],
	['', '']
])('%s is said « %s »; an unknown body keeps its bare name', (nom, said) => {
	expect(withArticle(nom)).toBe(said);
});
