import { createHash, randomBytes } from 'node:crypto';

/** An opaque id: 120 random bits, safe in addresses and in document names. */
export function newId(): string {
	return randomBytes(15).toString('base64url');
}

/** A secret for a link: 256 random bits. Only its hash is stored. */
export function newToken(): string {
	return randomBytes(32).toString('base64url');
}

export function hashToken(token: string): string {
	return createHash('sha256').update(token).digest('base64url');
}
