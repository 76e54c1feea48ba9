import { describe, expect, test } from 'vitest';
import { contentDisposition, nomDeFichier } from './nom-de-fichier.ts';

describe('a file is named in French, and no system refuses the name', () => {
	test.each([
		[['Pacte de la Haute-Rivière', '2026-2030'], 'Pacte de la Haute-Rivière - 2026-2030.pdf'],
		[['Fiche-action\u00a01.2\u00a0: Garder\tles enfants'], 'Fiche-action 1.2 - Garder les enfants.pdf'],
		[['a/b\\c:d*e?f"g<h>i|j'], 'a b c d e f g h i j.pdf'],
		[['../../etc/passwd'], 'etc passwd.pdf'],
		[['  ', '…'], '….pdf'],
		[['.', ''], 'pacte.pdf'],
		[['é'.repeat(300)], `${'é'.repeat(120)}.pdf`]
	])('%j', (parts, nom) => {
		expect(nomDeFichier(parts, 'pdf')).toBe(nom);
	});

	test('the header has plain letters for old readers and the true name for the others', () => {
		expect(contentDisposition('Fiche 1.2 - L’été à cœur (1).pdf')).toBe(
			`attachment; filename="Fiche 1.2 - L'ete a coeur (1).pdf"; filename*=UTF-8''Fiche%201.2%20-%20L%E2%80%99%C3%A9t%C3%A9%20%C3%A0%20c%C5%93ur%20%281%29.pdf`
		);
	});

	test('a quote or a line end in a name cannot add to the header', () => {
		expect(contentDisposition('a"; x="b\r\nSet-Cookie: c.pdf')).not.toMatch(/[\r\n]|"a"/);
		expect(contentDisposition('a"b.pdf')).toBe(`attachment; filename="a_b.pdf"; filename*=UTF-8''a%22b.pdf`);
	});
});
