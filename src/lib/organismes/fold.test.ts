import { describe, expect, test } from 'vitest';
import { cleanNom, foldNom } from './fold.ts';

describe('foldNom: two spellings of one name fold to the same text', () => {
	test.each([
		['CCAS-CIAS', 'CCAS – CIAS'],
		['CCAS-CIAS', 'ccas — cias'],
		['Employeurs', 'employeurs'],
		['Département de la Haute-Rivière', 'DEPARTEMENT DE LA HAUTE RIVIERE'],
		['Mission locale', '  Mission\u00a0 locale '],
		['Mission locale', 'Mission locale…'],
		['Mission locale', 'Mission locale ...'],
		['L’Atelier des deux vallées', "l'atelier des deux vallees"],
		['Cœur d’emploi', 'COEUR D’EMPLOI'],
		['E\u0301cole de la deuxième chance', 'École de la deuxième chance']
	])('%s = %s', (one, other) => {
		expect(foldNom(one)).toBe(foldNom(other));
	});

	test.each([
		['Région', 'Régions'],
		['CAF (service social)', 'CAF'],
		['Commission 1', 'Commission 2'],
		['MSA', 'MSAP']
	])('%s stays apart from %s', (one, other) => {
		expect(foldNom(one)).not.toBe(foldNom(other));
	});

	test('folding what is folded changes nothing', () => {
		for (const nom of ['CCAS – CIAS (Haute-Rivière)…', 'Œuvre', 'ÉTAT'])
			expect(foldNom(foldNom(nom))).toBe(foldNom(nom));
	});

	test('long runs of dots cost no time', () => {
		expect(foldNom(`${'.'.repeat(50_000)}x${' ...'.repeat(10_000)}`).endsWith('x')).toBe(true);
	});

	test('a name of signs only folds to nothing', () => {
		expect(foldNom(' … ')).toBe('');
		expect(foldNom('–')).toBe('');
	});
});

describe('cleanNom', () => {
	test('keeps the words as they were typed, with single spaces and without the final « … »', () => {
		expect(cleanNom('  Mission   locale du  Val… ')).toBe('Mission locale du Val');
		expect(cleanNom('CCAS – CIAS')).toBe('CCAS – CIAS');
		expect(cleanNom('Ligne 1\r\nligne 2')).toBe('Ligne 1 ligne 2');
	});
});
