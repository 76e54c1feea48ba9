import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { DomainError } from '../errors.ts';

/** argon2id as OWASP advises it: 19 MiB, two passes, one lane; about a tenth of a second. */
const PARAMETERS = { memory: 19 * 1024, passes: 2, parallelism: 1 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

interface Stored {
	memory: number;
	passes: number;
	parallelism: number;
	salt: Buffer;
	hash: Buffer;
}

/** A password as it is kept: a PHC string, which says how it was made. */
export async function hashPassword(password: string): Promise<string> {
	const salt = randomBytes(SALT_BYTES);
	const hash = await derive(password, { ...PARAMETERS, salt, length: HASH_BYTES });
	const { memory, passes, parallelism } = PARAMETERS;
	return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(hash)}`;
}

/**
 * Whether a password is the one that was kept. Without one to compare with (no such account, or one that has no
 * password), the same work is done, so that the time taken says nothing.
 */
export async function verifyPassword(kept: string | null, password: string): Promise<boolean> {
	const stored = parsePhc(kept ?? (await decoy()));
	const hash = await derive(password, { ...stored, length: stored.hash.length });
	return timingSafeEqual(hash, stored.hash) && kept !== null;
}

/** Whether it was made with other parameters than today's: to be made again when the password is next known. */
export function needsRehash(kept: string): boolean {
	const { memory, passes, parallelism, salt, hash } = parsePhc(kept);
	return (
		memory !== PARAMETERS.memory ||
		passes !== PARAMETERS.passes ||
		parallelism !== PARAMETERS.parallelism ||
		salt.length !== SALT_BYTES ||
		hash.length !== HASH_BYTES
	);
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

function parsePhc(kept: string): Stored {
	const match = PHC.exec(kept);
	if (!match) throw new Error('A stored password is not a PHC string of argon2id');
	const [, memory, passes, parallelism, salt = '', hash = ''] = match;
	return {
		memory: Number(memory),
		passes: Number(passes),
		parallelism: Number(parallelism),
		salt: Buffer.from(salt, 'base64'),
		hash: Buffer.from(hash, 'base64')
	};
}

/** The PHC format wants base64 without its padding. */
function unpadded(bytes: Buffer): string {
	return bytes.toString('base64').replace(/=+$/, '');
}

let decoyHash: Promise<string> | undefined;

function decoy(): Promise<string> {
	return (decoyHash ??= hashPassword(randomBytes(SALT_BYTES).toString('base64')));
}

interface Derivation {
	memory: number;
	passes: number;
	parallelism: number;
	salt: Buffer;
	length: number;
}

/**
 * Two at a time: each holds 19 MiB and a thread that files and compression share. A room that signs in together waits
 * its turn; a flood is refused.
 */
const AT_ONCE = 2;
const LONGEST_QUEUE = 200;
let running = 0;
const queue: (() => void)[] = [];

async function derive(password: string, derivation: Derivation): Promise<Buffer> {
	await turn();
	try {
		return await compute(password, derivation);
	} finally {
		const next = queue.shift();
		if (next) next();
		else running -= 1;
	}
}

/** Resolves when one of the places is ours; whoever leaves one hands it over. */
function turn(): Promise<void> | void {
	if (running < AT_ONCE) {
		running += 1;
		return;
	}
	if (queue.length >= LONGEST_QUEUE)
		throw new DomainError(
			'indisponible',
			'Beaucoup de personnes se connectent en ce moment. Réessayez dans une minute.'
		);
	return new Promise((resolve) => queue.push(resolve));
}

function compute(password: string, { memory, passes, parallelism, salt, length }: Derivation): Promise<Buffer> {
	// Two keyboards may compose the same accent differently.
	const message = password.normalize('NFKC');
	return new Promise((resolve, reject) => {
		argon2('argon2id', { message, nonce: salt, memory, passes, parallelism, tagLength: length }, (error, hash) =>
			error ? reject(error) : resolve(hash)
		);
	});
}
