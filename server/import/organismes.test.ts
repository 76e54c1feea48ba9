import { describe, expect, it } from 'vitest';
import { splitOrganismes } from './organismes.ts';

describe('splitOrganismes', () => {
	it.each([
		['CAF, MSA, mairies…', ['CAF', 'MSA', 'mairies'], true],
		['CAF ; MSA ; associations, etc.', ['CAF', 'MSA', 'associations'], true],
		['Région, employeurs...', ['Région', 'employeurs'], true],
		['CAF, MSA et mairies', ['CAF', 'MSA', 'mairies'], false],
		['Conseil départemental et CAF', ['Conseil départemental', 'CAF'], false],
		['Chambre de métiers et de l’artisanat', ['Chambre de métiers et de l’artisanat'], false],
		['Région (formation, transports) / CCAS/CIAS', ['Région (formation, transports)', 'CCAS/CIAS'], false],
		['CCAS – CIAS, UC-IRSA.', ['CCAS – CIAS', 'UC-IRSA'], false],
		['', [], false]
	])('%s', (imprime, noms, ouverte) => {
		expect(splitOrganismes(imprime)).toEqual({ noms, ouverte, phrase: null });
	});

	it.each(['Travail à mener en interne.', 'à définir', 'Tous ceux du soin, du logement, de la route'])(
		'keeps a sentence whole: %s',
		(phrase) => {
			expect(splitOrganismes(phrase)).toEqual({ noms: [], ouverte: false, phrase });
		}
	);

	it('a sentence that goes on with « … » is an open list', () => {
		expect(splitOrganismes('Tous ceux du soin, de la route…')).toMatchObject({ ouverte: true, noms: [] });
	});

	it('a name alone before a full stop is a name when another list prints it', () => {
		expect(splitOrganismes('Missions locales.', new Set(['missions locales'])).noms).toEqual(['Missions locales']);
		expect(splitOrganismes('Missions locales.').phrase).toBe('Missions locales.');
	});
});
