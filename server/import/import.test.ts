import { describe, expect, it } from 'vitest';
import { EXEMPLES, readExemple } from './exemples/exemples.ts';
import { importText } from './import.ts';
import { TAILLE_MAXIMALE } from './limites.ts';

describe('importText', () => {
	it('reads bytes and text alike, several at once, in a worker', async () => {
		const { octets, attendu } = readExemple('exemple');
		const lus = await Promise.all([importText(octets), importText(Buffer.from(octets).toString())]);
		expect(lus).toEqual([attendu, attendu]);
	});

	it.each(EXEMPLES)('gives back, through the worker, what is expected of %s', async (nom) => {
		const { octets, attendu } = readExemple(nom);
		expect(await importText(octets)).toEqual(attendu);
	});

	it('refuses more than 5 MB with a sentence, pasted or in a file', async () => {
		const trop = 'a'.repeat(TAILLE_MAXIMALE + 1);
		await expect(importText(trop)).rejects.toMatchObject({
			code: 'invalide',
			message: expect.stringContaining('5\u00a0Mo')
		});
		await expect(importText(Buffer.from(trop))).rejects.toMatchObject({ code: 'invalide' });
	});

	it('reads 5 MB of accented letters, whatever their bytes', async () => {
		const { restes } = await importText(Buffer.from('é'.repeat(TAILLE_MAXIMALE)));
		expect(restes).toHaveLength(1);
	});

	it('tells in French what is no text', async () => {
		await expect(importText(Buffer.from('{\\rtf1 bonjour}'))).rejects.toMatchObject({
			name: 'DomainError',
			message: expect.stringContaining('RTF')
		});
	});

	it('gives up, in French, on what takes too long or too much memory; the next reading is not harmed', async () => {
		const long = 'FICHE ACTION 1\nOBJECTIFS\n- Un\n'.repeat(100_000);
		await expect(importText(long, { delai: 1 })).rejects.toMatchObject({
			message: expect.stringContaining('trop de temps')
		});
		await expect(importText(long, { memoire: 24 })).rejects.toMatchObject({
			message: expect.stringContaining('mémoire')
		});
		const { octets, attendu } = readExemple('exemple');
		expect(await importText(octets)).toEqual(attendu);
	});
});
