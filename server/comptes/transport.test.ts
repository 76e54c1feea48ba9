import { expect, test } from 'vitest';
import { accountsAllowed, cookieOptions, isConfidential, lienCookieName, sessionCookieName } from './transport.ts';

const at = (address: string) => new URL(address);

test.each([
	'https://pacte.example.fr/',
	'http://localhost:3000/',
	'http://127.0.0.1/',
	'http://127.8.9.1/',
	'http://[::1]:3000/',
	'http://essai.localhost/'
])('accounts work where nobody else reads: %s', (address) => {
	expect(accountsAllowed(at(address), { modeSalle: false })).toBe(true);
	expect(isConfidential(at(address))).toBe(true);
});

test.each([
	'http://192.168.1.20:3000/',
	'http://pacte.example.fr/',
	'http://localhost.example.fr/',
	'http://127.example.fr/',
	'http://[fe80::1]/'
])('over plain HTTP elsewhere, accounts work only in « mode salle »: %s', (address) => {
	expect(accountsAllowed(at(address), { modeSalle: false })).toBe(false);
	expect(accountsAllowed(at(address), { modeSalle: true })).toBe(true);
	expect(isConfidential(at(address))).toBe(false);
});

test('over HTTPS cookies are bound to this host and never leave it in clear', () => {
	const https = at('https://pacte.example.fr/connexion');
	expect(sessionCookieName(https)).toBe('__Host-copacte_session');
	expect(lienCookieName(https)).toBe('__Host-copacte_lien');
	expect(cookieOptions(https, 90_500)).toEqual({
		path: '/',
		httpOnly: true,
		secure: true,
		sameSite: 'lax',
		maxAge: 90
	});
});

test('over plain HTTP the cookie has another name: one can never stand for the other', () => {
	const http = at('http://localhost:3000/');
	expect(sessionCookieName(http)).toBe('copacte_session');
	expect(cookieOptions(http, -5)).toMatchObject({ secure: false, httpOnly: true, sameSite: 'lax', maxAge: 0 });
});
