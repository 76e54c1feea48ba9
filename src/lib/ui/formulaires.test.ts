import { describe, expect, it } from 'vitest';
import { Formulaires } from './formulaires.ts';

const refused = { formulaire: 'modifier-a', erreur: 'Il manque un titre.', saisie: { titre: [''], debut: ['2027'] } };

describe('the forms of a page', () => {
	it('are closed, and show what is stored, until the address asks for one', () => {
		const formulaires = new Formulaires(() => null);
		expect(formulaires.isOpen('modifier-a', false)).toBe(false);
		expect(formulaires.isOpen('modifier-a', true)).toBe(true);
		expect(formulaires.typed('modifier-a', 'titre', 'Diagnostic')).toBe('Diagnostic');
	});

	it('open again when refused, with what was typed, be it nothing', () => {
		const formulaires = new Formulaires(() => refused);
		expect(formulaires.isOpen('modifier-a', false)).toBe(true);
		expect(formulaires.refusOf('modifier-a')?.erreur).toBe('Il manque un titre.');
		expect(formulaires.typed('modifier-a', 'titre', 'Diagnostic')).toBe('');
		expect(formulaires.typed('modifier-a', 'debut', '2026')).toBe('2027');
		expect(formulaires.refusOf('modifier-b')).toBeNull();
		expect(formulaires.typed('modifier-b', 'debut', '2026')).toBe('2026');
	});

	it('close once accepted, though the address still asks for them', () => {
		const formulaires = new Formulaires(() => ({ fait: 'modifier-a' }));
		expect(formulaires.isOpen('modifier-a', true)).toBe(false);
		expect(formulaires.isOpen('ajouter', true)).toBe(true);
	});
});
