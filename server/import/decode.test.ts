import { describe, expect, it } from 'vitest';
import { decodeTexte } from './decode.ts';

const PHRASE = 'L’été, 8 % des rendez-vous — déjà…';

describe('decodeTexte', () => {
	it('reads UTF-8, with or without its mark', () => {
		expect(decodeTexte(Buffer.from(PHRASE))).toBe(PHRASE);
		expect(decodeTexte(Buffer.from(`\uFEFF${PHRASE}`))).toBe(PHRASE);
	});

	it('reads UTF-16 in either order when it has its mark', () => {
		const little = Buffer.from(`\uFEFF${PHRASE}`, 'utf16le');
		expect(decodeTexte(little)).toBe(PHRASE);
		expect(decodeTexte(Buffer.from(little).swap16())).toBe(PHRASE);
	});

	it('reads what is not UTF-8 as Windows-1252, curly apostrophe and « œ » included', () => {
		expect(decodeTexte(Uint8Array.from([0x6c, 0x92, 0x9c, 0x75, 0x76, 0x72, 0x65, 0x20, 0xe0, 0x85]))).toBe(
			'l’œuvre à…'
		);
	});

	it('keeps the accents of a UTF-8 file in which a byte is damaged', () => {
		const octets = Buffer.concat([Buffer.from('é'.repeat(40)), Buffer.from([0xe9]), Buffer.from('à'.repeat(40))]);
		expect(decodeTexte(octets)).toBe(`${'é'.repeat(40)}\uFFFD${'à'.repeat(40)}`);
	});

	it.each([
		['PDF', '%PDF-1.7', /est un PDF/],
		['word-processor document', 'PK\u0003\u0004', /traitement de texte/],
		['RTF document', '{\\rtf1', /au format RTF/],
		['program', '\u007fELF\u0000\u0000', /n’est pas un texte/]
	])('refuses a %s, in French', (_, debut, message) => {
		expect(() => decodeTexte(Buffer.from(debut, 'latin1'))).toThrow(message);
	});

	it('refuses a text that is empty, or pasted with what no text holds', () => {
		expect(() => decodeTexte(' \n\t\n')).toThrow(/vide/);
		expect(() => decodeTexte('Axe 1\u0000')).toThrow(/n’est pas un texte/);
	});
});
