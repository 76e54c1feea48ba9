import { expect, test } from 'vitest';
import { safeSuite } from './suite.ts';

test.each(['/', '/pactes/abc', '/pactes/abc/fiches/d?vue=1#objectifs', '/compte', '/bienvenue'])(
	'signing in goes on to a page of this site: %s',
	(suite) => expect(safeSuite(suite)).toBe(suite)
);

test.each([
	null,
	undefined,
	'',
	'https://ailleurs.example',
	'//ailleurs.example',
	'/\\ailleurs.example',
	'\\\\ailleurs.example',
	'/\t/ailleurs.example',
	'/%0a//ailleurs'.replace('%0a', '\n'),
	'/./\\ailleurs.example',
	'/..//ailleurs.example',
	'javascript:alert(1)',
	'pactes/abc',
	' /pactes/abc',
	'/connexion',
	'/connexion?suite=/connexion',
	'/deconnexion',
	'/lien/abc'
])('anywhere else is the home page: %j', (suite) => expect(safeSuite(suite)).toBe('/'));
