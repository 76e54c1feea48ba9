import type { RequestEvent } from '@sveltejs/kit';
import { afterEach, expect, test, vi } from 'vitest';
import { DomainError } from '#server/errors.ts';
import { handleError } from './hooks.server.ts';

afterEach(() => vi.restoreAllMocks());

const event = {
	request: new Request('http://localhost/lien/un-jeton-secret', { method: 'POST' }),
	url: new URL('http://localhost/lien/un-jeton-secret'),
	route: { id: '/lien/[jeton]' }
} as unknown as RequestEvent;

test('a domain error becomes its status and its own words', async () => {
	const error = new DomainError('interdit', 'Seule l’équipe projet peut faire cela.');
	expect(await handleError({ kind: 'unknown', error, event })).toEqual({
		status: 403,
		message: 'Seule l’équipe projet peut faire cela.'
	});
});

test('an unexpected error is logged once, under the number that the person reads, and leaks neither itself nor the address', async () => {
	const logged: unknown[][] = [];
	vi.spyOn(console, 'error').mockImplementation((...line) => void logged.push(line));
	const error = new Error('connect ECONNREFUSED 10.0.0.7');
	const answer = await handleError({ kind: 'unknown', error, event });
	expect(answer).toMatchObject({ status: 500 });
	const number = /numéro (\w{8})\.$/.exec(answer?.message ?? '')?.[1];
	expect(number).toBeDefined();
	expect(JSON.stringify(answer)).not.toContain('10.0.0.7');
	expect(logged).toEqual([[`Erreur ${number} (POST /lien/[jeton]) :`, error]]);
	expect(JSON.stringify(logged)).not.toContain('un-jeton-secret');
});

test('what the framework refuses is said in French', async () => {
	const framework = (status: number) =>
		handleError({ kind: 'framework', error: { status, message: 'Not Found' }, event });
	expect(await framework(404)).toEqual({ message: 'Cette page n’existe pas.' });
	expect(await framework(413)).toEqual({ message: 'Ce que vous envoyez est trop volumineux.' });
	expect(await framework(418)).toEqual({ message: 'La demande n’a pas été comprise.' });
});

test('what a page says itself stays as it is', async () => {
	expect(await handleError({ kind: 'app', error: { status: 410, message: 'Trop tard.' }, event })).toBeUndefined();
});
