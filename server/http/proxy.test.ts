import { expect, test } from 'vitest';
import { addressOf, protocolOf } from './proxy.ts';

const PUBLIQUE = { adressePublique: 'https://pacte.example.fr' };
const asked = (remoteAddress: string, headers: Record<string, string> = {}) => ({ headers, socket: { remoteAddress } });

test('behind a proxy the address is the one that the proxy saw, whatever the person wrote before it', () => {
	const request = asked('127.0.0.1', { 'x-forwarded-for': '1.2.3.4, 203.0.113.7' });
	expect(addressOf(request, PUBLIQUE)).toBe('203.0.113.7');
});

test('without a proxy nobody chooses their address', () => {
	const forged = { 'x-forwarded-for': '203.0.113.7' };
	expect(addressOf(asked('192.168.1.20', forged), { adressePublique: null })).toBe('192.168.1.20');
	const inTheRoom = { adressePublique: 'http://192.168.1.2:3000' };
	expect(addressOf(asked('192.168.1.20', forged), inTheRoom)).toBe('192.168.1.20');
	expect(addressOf(asked('198.51.100.9', forged), PUBLIQUE)).toBe('198.51.100.9');
});

test('a request is HTTPS when it came by the public address, and only then', () => {
	expect(protocolOf(asked('127.0.0.1', { host: 'pacte.example.fr' }), PUBLIQUE)).toBe('https');
	expect(protocolOf(asked('127.0.0.1', { host: '192.168.1.2:3000' }), PUBLIQUE)).toBe('http');
});
