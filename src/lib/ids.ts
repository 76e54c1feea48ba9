const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** An opaque id of 20 characters (120 random bits). Works on plain HTTP, where `crypto.randomUUID` does not exist. */
export function newLocalId(): string {
	let id = '';
	for (const byte of crypto.getRandomValues(new Uint8Array(20))) id += ALPHABET[byte & 63];
	return id;
}
