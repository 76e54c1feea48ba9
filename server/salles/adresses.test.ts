import { expect, test } from 'vitest';
import { adressesOf } from './adresses.ts';
import { qrSvg } from './qr.ts';

const LAN = () => ['192.168.1.10', '10.0.0.4'];
const EVERYWHERE = { adressePublique: null, host: '0.0.0.0' };

test('a QR code holds ADRESSE_PUBLIQUE, else the host that was asked', () => {
	const publique = { adressePublique: 'https://pacte.example.fr', host: '127.0.0.1' };
	expect(adressesOf(publique, new URL('http://localhost:3000/x'), LAN)).toEqual({
		base: 'https://pacte.example.fr',
		courte: 'pacte.example.fr',
		autres: []
	});
	expect(adressesOf(EVERYWHERE, new URL('http://salle.local:3000/x'), LAN)).toMatchObject({
		base: 'http://salle.local:3000',
		courte: 'salle.local:3000'
	});
});

test('on the machine itself, where « localhost » leads nobody, its addresses on its networks are told', () => {
	expect(adressesOf(EVERYWHERE, new URL('http://localhost:3000/x'), LAN)).toEqual({
		base: 'http://192.168.1.10:3000',
		courte: '192.168.1.10:3000',
		autres: ['10.0.0.4:3000']
	});
	const alone = { adressePublique: null, host: '127.0.0.1' };
	expect(adressesOf(alone, new URL('http://localhost:3000/x'), LAN).base).toBe('http://localhost:3000');
	expect(adressesOf(EVERYWHERE, new URL('http://localhost:3000/x'), () => []).base).toBe('http://localhost:3000');
});

test('a QR code is a drawing with its quiet margin, dark on light whatever the page', () => {
	const svg = qrSvg('https://pacte.example.fr/r/abcdefghijklmnopqrstuv');
	const [, from, side] = /viewBox="(-?\d+) -?\d+ (\d+)/.exec(svg) ?? [];
	expect([Number(from), Number(side) % 4]).toEqual([-4, 1]);
	expect(svg).toContain('fill="#fff"');
});
