import { expect, test } from 'vitest';
import {
	cleanLine,
	emailFault,
	foldEmail,
	identiteErrors,
	isAdministrateur,
	leavesNoEquipeProjet
} from './compte-rules.ts';

test('a demo account is never an administrateur, whatever its row says', () => {
	expect(isAdministrateur({ administrateur: 1, demo: 0 })).toBe(true);
	expect(isAdministrateur({ administrateur: 1, demo: 1 })).toBe(false);
	expect(isAdministrateur({ administrateur: 0, demo: 0 })).toBe(false);
});

test('a line loses what cannot be seen and could mislead, and keeps accents and emoji', () => {
	expect(cleanLine('  Élise\u202e \n Hervé\u0000 ')).toBe('Élise Hervé');
	expect(cleanLine('E\u0301lise \ud800')).toBe('Élise');
	expect(cleanLine('Atelier 👩‍🌾')).toBe('Atelier 👩‍🌾');
});

test('two spellings of one address are one account', () => {
	expect(foldEmail(' Elise.Herve@Haute-Riviere.FR ')).toBe('elise.herve@haute-riviere.fr');
});

test.each(['elise', 'elise@', '@haute-riviere.fr', 'elise@haute-riviere', 'elise herve@haute-riviere.fr', 'a@b@c.fr'])(
	'an address that is not complete is refused in words: %s',
	(email) => expect(emailFault(email)).toContain('adresse électronique complète')
);

test('an address is accepted with sub-domains, signs and accents', () => {
	for (const email of ['e.herve+pti@insertion.haute-riviere.fr', 'élise@haute-rivière.fr'])
		expect(emailFault(email)).toBeNull();
});

test('what must be corrected is said by field, and a missing organisme is no fault', () => {
	expect(identiteErrors({ nom: '', email: '', organisme: '' })).toEqual({
		nom: 'Indiquez votre nom, tel que les autres le liront.',
		email: 'Indiquez votre adresse électronique.'
	});
	expect(identiteErrors({ nom: 'É'.repeat(101), email: 'e@h.fr', organisme: 'o'.repeat(121) })).toEqual({
		nom: 'Raccourcissez le nom (100\u00a0caractères au plus).',
		organisme: 'Raccourcissez le nom de l’organisme (120\u00a0caractères au plus).'
	});
});

test('a pacte never loses its last équipe projet, by another role or by leaving', () => {
	const seule = [
		{ compteId: 'elise', role: 'equipe_projet' },
		{ compteId: 'karim', role: 'redacteur' }
	] as const;
	expect(leavesNoEquipeProjet(seule, 'elise', 'lecteur')).toBe(true);
	expect(leavesNoEquipeProjet(seule, 'elise', null)).toBe(true);
	expect(leavesNoEquipeProjet(seule, 'elise', 'equipe_projet')).toBe(false);
	expect(leavesNoEquipeProjet(seule, 'karim', null)).toBe(false);
	const deux = [...seule, { compteId: 'ines', role: 'equipe_projet' }] as const;
	expect(leavesNoEquipeProjet(deux, 'elise', null)).toBe(false);
});
