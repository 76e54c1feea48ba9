import { argon2Sync, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hashPassword, needsRehash, verifyPassword } from './mot-de-passe.ts';

const PASSWORD = 'quatre chevaux lampe';

function phc(memory: number, passes: number): string {
	const salt = randomBytes(16);
	const parameters = { message: PASSWORD, nonce: salt, memory, passes, parallelism: 1, tagLength: 32 };
	const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
	return `$argon2id$v=19$m=${memory},t=${passes},p=1$${text(salt)}$${text(argon2Sync('argon2id', parameters))}`;
}

describe('passwords', () => {
	test('a password is kept as argon2id, 19 MiB, 2 passes, 1 lane, with a salt of its own', async () => {
		const [one, two] = await Promise.all([hashPassword(PASSWORD), hashPassword(PASSWORD)]);
		expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
		expect(one).not.toBe(two);
		expect(one).not.toContain(PASSWORD);
	});

	test('only the same password is right', async () => {
		const kept = await hashPassword(PASSWORD);
		expect(await verifyPassword(kept, PASSWORD)).toBe(true);
		expect(await verifyPassword(kept, `${PASSWORD} `)).toBe(false);
		expect(await verifyPassword(kept, '')).toBe(false);
	});

	test('two keyboards that compose an accent differently type the same password', async () => {
		const kept = await hashPassword('forêt d’été et lampe'.normalize('NFC'));
		expect(await verifyPassword(kept, 'forêt d’été et lampe'.normalize('NFD'))).toBe(true);
	});

	test('without a kept password nothing is right, not even the decoy', async () => {
		expect(await verifyPassword(null, PASSWORD)).toBe(false);
		expect(await verifyPassword(null, '')).toBe(false);
	});

	test('the parameters are read from what is kept, and older ones ask to be made again', async () => {
		const older = phc(8 * 1024, 3);
		expect(await verifyPassword(older, PASSWORD)).toBe(true);
		expect(needsRehash(older)).toBe(true);
		expect(needsRehash(await hashPassword(PASSWORD))).toBe(false);
	});

	test('a kept value that is not ours fails loudly instead of refusing quietly', async () => {
		await expect(verifyPassword('$2b$10$something', PASSWORD)).rejects.toThrow('not a PHC string');
	});

	test('many at once all get their answer', async () => {
		const kept = phc(64, 1);
		const answers = await Promise.all(
			Array.from({ length: 60 }, (_, n) => verifyPassword(kept, n % 2 ? PASSWORD : 'autre'))
		);
		expect(answers).toEqual(Array.from({ length: 60 }, (_, n) => n % 2 === 1));
	});

	test('a flood is refused in words, and the next ones are served again', async () => {
		const kept = phc(64, 1);
		const answers = await Promise.allSettled(Array.from({ length: 400 }, () => verifyPassword(kept, PASSWORD)));
		const refused = answers.filter(({ status }) => status === 'rejected');
		expect(refused.length).toBeGreaterThan(0);
		expect(answers.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(200);
		expect(String((refused[0] as PromiseRejectedResult).reason)).toContain('Réessayez dans une minute');
		expect(await verifyPassword(kept, PASSWORD)).toBe(true);
	});
});
