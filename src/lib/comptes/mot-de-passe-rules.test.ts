import { expect, test } from 'vitest';
import { passwordFault } from './mot-de-passe-rules.ts';

const ELISE = { nom: 'Élise Hervé', email: 'elise.herve@haute-riviere.fr' };

test('12 characters for an account, 16 for an administrateur, as people count them', () => {
	expect(passwordFault('onze-caract', ELISE, 'compte')).toBe(
		'Choisissez un mot de passe d’au moins 12\u00a0caractères.'
	);
	expect(passwordFault('pont violet 7', ELISE, 'compte')).toBeNull();
	expect(passwordFault('pont violet 7', ELISE, 'administrateur')).toBe(
		'Choisissez un mot de passe d’au moins 16\u00a0caractères.'
	);
	expect(passwordFault('pont violet 7 dé', ELISE, 'administrateur')).toBeNull();
	// Ten horses and a lamp are eleven characters, though twenty-two units of JavaScript.
	expect(passwordFault('🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎💡', ELISE, 'compte')).toContain('au moins 12');
});

test('a password of more than 200 characters is refused', () => {
	const long = 'pont violet sept '.repeat(12);
	expect(passwordFault(long.slice(0, 200), ELISE, 'compte')).toBeNull();
	expect(passwordFault(long.slice(0, 201), ELISE, 'compte')).toBe(
		'Choisissez un mot de passe d’au plus 200\u00a0caractères.'
	);
});

test('no rule asks for digits, capitals or signs', () => {
	expect(passwordFault('quatre chevaux lampe', ELISE, 'administrateur')).toBeNull();
});

test.each(['elise.herve@haute-riviere.fr', 'Élise Hervé 2026', 'elise.herve12', 'EliseHervé!!!!', 'elise herve elise'])(
	'a password is not the name or the address, dressed up or not: %s',
	(password) => expect(passwordFault(password, ELISE, 'compte')).toContain('votre nom ou votre adresse')
);

test.each([
	'motdepasse2026',
	'MotDePasse-MotDePasse',
	'azertyuiop12',
	'AZERTY azerty 1',
	'123456789012',
	'987654321098',
	'aaaaaaaaaaaa',
	'ababababababab',
	'abcdefghijkl',
	'Pacte Territorial 2026',
	'bonjourbonjour!'
])('a password that comes first to mind is refused: %s', (password) => {
	expect(passwordFault(password, ELISE, 'compte')).toContain('parmi les premiers');
});

test('words that come first to mind are fine among others', () => {
	expect(passwordFault('bonjour le grand pont', ELISE, 'compte')).toBeNull();
	expect(passwordFault('190283746509', ELISE, 'compte')).toBeNull();
});
