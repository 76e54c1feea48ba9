import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runQuietly } from '../../scripts/amorce/run.js';
import { ACCOUNT_FILE, addAccounts, totals, trusted, type Account } from '../../scripts/test/account.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'copacte-bilan-'));
beforeAll(() => symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules')));
afterAll(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string): void {
	mkdirSync(dirname(join(folder, path)), { recursive: true });
	writeFileSync(join(folder, path), content);
}

/** Runs a real runner on the little suite of the folder, and gives the account that our reporter left. */
async function account(command: string[]): Promise<Account> {
	const file = join(folder, 'bilan.json');
	process.env[ACCOUNT_FILE] = file;
	try {
		await runQuietly(process.execPath, command, { cwd: folder });
		return JSON.parse(readFileSync(file, 'utf8')) as Account;
	} finally {
		delete process.env[ACCOUNT_FILE];
	}
}

test('the last line adds up every step', () => {
	const sum = addAccounts([
		{ passed: 3, failed: ['a'], skipped: [] },
		{ passed: 1, failed: [], skipped: [{ title: 'b', reason: 'c' }] }
	]);
	expect(totals(sum)).toBe('4 passed, 1 failed, 1 skipped');
});

test('a runner that crashes is a failure, even if no test failed or no account was left', () => {
	const fine: Account = { passed: 3, failed: [], skipped: [] };
	expect(trusted(fine, 'Vitest', 0)).toBe(fine);
	expect(totals(trusted(fine, 'Vitest', 139))).toBe('3 passed, 1 failed, 0 skipped');
	expect(totals(trusted(null, 'Vitest', 0))).toBe('0 passed, 1 failed, 0 skipped');
});

test('Vitest: what passed, failed, was skipped with its reason, or never loaded is all counted', async () => {
	write('vitest.config.ts', `export default { test: { include: ['vitest/*.test.ts'] } }`);
	write(
		'vitest/ordinary.test.ts',
		`import { describe, expect, test } from 'vitest';
		test('passes', () => {});
		describe('group', () => { test('fails', () => expect(1).toBe(2)); });
		test('has no database', (context) => context.skip('pas de base'));
		test.skip('is left out', () => {});
		test.todo('is to be written');`
	);
	write(
		'vitest/before.test.ts',
		`import { beforeAll, test } from 'vitest';
		beforeAll(() => { throw new Error('prepared badly'); });
		test('never runs', () => {});`
	);
	write('vitest/broken.test.ts', `import './nowhere.ts';`);
	const reporter = `--reporter=${join(ROOT, 'scripts/test/vitest-reporter.ts')}`;
	const { passed, failed, skipped } = await account(['node_modules/vitest/vitest.mjs', 'run', reporter]);
	expect(passed).toBe(1);
	expect(failed.sort()).toEqual([
		expect.stringContaining('vitest/before.test.ts : prepared badly'),
		expect.stringContaining('vitest/broken.test.ts : '),
		expect.stringMatching(/^vitest\/ordinary\.test\.ts > group > fails\n\s+expected 1 to be 2/)
	]);
	expect(skipped).toEqual(
		expect.arrayContaining([
			{ title: 'vitest/ordinary.test.ts > has no database', reason: 'pas de base' },
			{ title: 'vitest/ordinary.test.ts > is left out', reason: 'sans raison donnée' },
			{ title: 'vitest/ordinary.test.ts > is to be written', reason: 'à écrire' }
		])
	);
});

test('Playwright: what passed, failed, was skipped with its reason, or never ran is all counted', async () => {
	write('playwright.config.ts', `export default { testDir: 'playwright', workers: 1 }`);
	write(
		'playwright/story.spec.ts',
		`import { expect, test } from '@playwright/test';
		test('passes', () => {});
		test('has no database', () => test.skip(true, 'pas de base'));
		test.describe.serial('story', () => {
			test('fails', () => expect(1).toBe(2));
			test('follows', () => {});
		});`
	);
	const reporter = `--reporter=${join(ROOT, 'scripts/test/playwright-reporter.ts')}`;
	expect(await account(['node_modules/@playwright/test/cli.js', 'test', reporter])).toEqual({
		passed: 1,
		failed: [expect.stringMatching(/^playwright\/story\.spec\.ts > story > fails\n.*Expected: 2 Received: 1$/)],
		skipped: [
			{ title: 'playwright/story.spec.ts > has no database', reason: 'pas de base' },
			{ title: 'playwright/story.spec.ts > story > follows', reason: 'pas exécuté, un test qui le précède a échoué' }
		]
	});

	write('playwright/story.spec.ts', `import './nowhere.ts';`);
	expect((await account(['node_modules/@playwright/test/cli.js', 'test', reporter])).failed).not.toEqual([]);
});
