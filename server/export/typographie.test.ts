import { describe, expect, test } from 'vitest';
import { breakable, french } from './typographie.ts';

describe('French no-break spaces, shown here as ~', () => {
	test.each([
		[
			'a plain space before a sign becomes a no-break one',
			'Objectif : tenir ; puis ? Oui !',
			'Objectif~: tenir~; puis~? Oui~!'
		],
		[
			'a missing space at the end of a word is added',
			'Objectif: tenir; quoi? (RSA)!',
			'Objectif~: tenir~; quoi~? (RSA)~!'
		],
		['several signs are one group', 'Vraiment ?! Quoi?!', 'Vraiment~?! Quoi~?!'],
		['guillemets hold their words', '«mot», « mot », « Quoi ? »', '«~mot~», «~mot~», «~Quoi~?~»'],
		[
			'an address, an hour and a ratio are left alone',
			'https://a.fr/b?c=d à 10:30, 1:2',
			'https://a.fr/b?c=d à 10:30, 1:2'
		],
		[
			'a number stays whole, with what it counts',
			'12 345 personnes, 5 %, 10 €, n° 4',
			'12~345 personnes, 5~%, 10~€, n°~4'
		],
		['years are not one number', 'en 2026 2027', 'en 2026 2027'],
		['the apostrophe is kept as it is', "l’accueil, l'essai", "l’accueil, l'essai"],
		['what is right already is kept', 'Déjà~: « oui~»', 'Déjà~: «~oui~»']
	])('%s', (_title, source, printed) => {
		expect(french(source.replaceAll('~', '\u00a0'))).toBe(printed.replaceAll('~', '\u00a0'));
	});

	test('a narrow no-break space that somebody typed is kept', () => {
		expect(french('Bon\u202f!')).toBe('Bon\u202f!');
	});

	test('set twice, it is set once', () => {
		const once = french('Quoi: «ceci» ou 1 000 %?');
		expect(french(once)).toBe(once);
	});
});

describe('a word longer than a column can break, shown here as |', () => {
	test.each([
		[
			'after the signs of an address',
			'www.exemple.fr/une/page?a=bienvenue',
			'www.|exemple.|fr/|une/|page?|a=|bienvenue'
		],
		['anywhere, when it has none', 'a'.repeat(60), `${'a'.repeat(28)}|${'a'.repeat(28)}|aaaa`],
		['not when it is a word', 'intergouvernementalisations', 'intergouvernementalisations']
	])('%s', (_title, source, printed) => {
		expect(breakable(source)).toBe(printed.replaceAll('|', '\u200b'));
	});
});
