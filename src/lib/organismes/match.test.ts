import { describe, expect, test } from 'vitest';
import { searchOrganismes } from './match.ts';
import type { Organisme } from './organisme.ts';

const ORGANISMES: Organisme[] = [
	{ id: 'caf', nom: 'CAF', alias: ['Caisse d’allocations familiales'] },
	{ id: 'ml', nom: 'Mission locale', alias: [] },
	{ id: 'ft', nom: 'France Travail', alias: ['Pôle emploi'] },
	{ id: 'cap', nom: 'Cap emploi', alias: [] },
	{ id: 'ccas', nom: 'CCAS – CIAS', alias: [] },
	{ id: 'etat', nom: 'État', alias: ['Préfecture'] }
];
const found = (typed: string, chosen: string[] = []) =>
	searchOrganismes(ORGANISMES, typed, (id) => chosen.includes(id)).correspondances.map(({ organisme }) => organisme.id);

describe('searchOrganismes', () => {
	test('finds by name, whatever the case, accents and dashes', () => {
		expect(found('etat')).toEqual(['etat']);
		expect(found('ccas-c')).toEqual(['ccas']);
		expect(found('LOCALE')).toEqual(['ml']);
	});

	test('finds by alias, and says which', () => {
		const { correspondances } = searchOrganismes(ORGANISMES, 'pole em');
		expect(correspondances).toMatchObject([{ organisme: { id: 'ft' }, par: 'Pôle emploi' }]);
	});

	test('the same name first, then starts, then starts of words, then the rest', () => {
		expect(found('ca')).toEqual(['caf', 'cap', 'ccas', 'ml']);
		expect(found('emploi')).toEqual(['cap', 'ft']);
		expect(found('caf')[0]).toBe('caf');
	});

	test('one that is chosen already is not offered again, but is known to bear the name', () => {
		const { correspondances, exact } = searchOrganismes(ORGANISMES, 'Caf', (id) => id === 'caf');
		expect(correspondances).toEqual([]);
		expect(exact?.id).toBe('caf');
	});

	test('a name that nobody bears exactly is free to be created', () => {
		expect(searchOrganismes(ORGANISMES, 'Mission').exact).toBeNull();
		expect(searchOrganismes(ORGANISMES, 'préfecture…').exact?.id).toBe('etat');
	});

	test('nothing typed finds nothing', () => {
		expect(found('  ')).toEqual([]);
		expect(found('…')).toEqual([]);
	});
});
