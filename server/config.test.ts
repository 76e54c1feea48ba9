import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LIMITS } from './collaboration/limits.ts';
import { ConfigError, LIMITES, readConfig } from './config.ts';

describe('the environment is read once, and a value that cannot be used stops the start', () => {
	test('nothing given: port 3000, a SQLite file in the folder « donnees »', () => {
		expect(readConfig({}, '/srv')).toEqual({
			port: 3000,
			host: '0.0.0.0',
			dataDir: '/srv/donnees',
			databaseUrl: null,
			adressePublique: null,
			modeSalle: false,
			tailleMaximale: 24 * 1024 * 1024,
			dureeDeRecuperation: 30,
			limites: Object.fromEntries(LIMITES.map(([, limit]) => [limit, LIMITS[limit]]))
		});
	});

	test('an empty variable is one that was not given', () => {
		expect(readConfig({ PORT: '', ADRESSE_PUBLIQUE: '  ' }, '/srv')).toMatchObject({
			port: 3000,
			adressePublique: null
		});
	});

	test('a public address loses its final slash', () => {
		expect(readConfig({ ADRESSE_PUBLIQUE: 'https://pacte.example.fr/' }).adressePublique).toBe(
			'https://pacte.example.fr'
		);
	});

	test.each([
		['PORT', 'trois mille'],
		['PORT', '70000'],
		['PORT', '-1'],
		['MODE_SALLE', 'peut-être'],
		['ADRESSE_PUBLIQUE', 'pacte.example.fr'],
		['ADRESSE_PUBLIQUE', 'https://pacte.example.fr/sous-dossier'],
		['ADRESSE_PUBLIQUE', 'ftp://pacte.example.fr'],
		['DATABASE_URL', 'mysql://localhost/copacte'],
		['MESSAGES_PAR_SECONDE', '0'],
		['TAILLE_MAXIMALE', '12'],
		['DUREE_DE_RECUPERATION', 'une heure']
	])('%s=%s is refused with a sentence that names it', (name, value) => {
		expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
		expect(() => readConfig({ [name]: value })).toThrow(name);
	});

	test('each bound of the collaboration has a variable, read, checked and in the guide with its default', () => {
		const guide = readFileSync(new URL('../docs/guide/configuration.md', import.meta.url), 'utf8');
		for (const [variable, limit, min, max] of LIMITES) {
			expect(readConfig({ [variable]: String(max) }).limites).toMatchObject({ [limit]: max });
			expect(() => readConfig({ [variable]: String(min - 1) })).toThrow(variable);
			expect(guide).toContain(`| \`${variable}\` | \`${LIMITS[limit]}\` |`);
		}
	});

	test('a refused database address does not print its password', () => {
		expect(() => readConfig({ DATABASE_URL: 'mysql://copacte:tres-secret@machine/base' })).toThrow(
			/^(?!.*tres-secret)/
		);
	});
});
