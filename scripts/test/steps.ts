import { mkdtempSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../amorce/build.js';
import { runQuietly, runUntilExit } from '../amorce/run.js';
import { elapsed } from '../amorce/say.js';
import { ACCOUNT_FILE, addAccounts, totals, trusted, type Account } from './account.ts';

export interface Step {
	name: string;
	run(root: string): Promise<Account>;
}

/** What the checks need first. */
export const SYNC: Step = check('Types de SvelteKit', ['@sveltejs/kit/svelte-kit.js', 'sync']);

/** Three checks that each count as one test. */
export const CHECKS: Step[] = [
	check('Types et accessibilité (svelte-check)', [
		'svelte-check/bin/svelte-check',
		'--fail-on-warnings',
		'--output',
		'human'
	]),
	check('Règles de code (ESLint)', ['eslint/bin/eslint.js', '.', '--max-warnings', '0']),
	check('Mise en forme (Prettier)', ['prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn'])
];

/** Quiet steps that use one core each, side by side. Each says how it ended. */
export function atOnce(steps: readonly Step[]): Step {
	return {
		name: steps.map(({ name }) => name).join(', '),
		async run(root) {
			const run = async (step: Step) => {
				const since = Date.now();
				const account = await step.run(root);
				console.log(`  ${outcome(step, account, since)}`);
				return account;
			};
			return addAccounts(await Promise.all(steps.map(run)));
		}
	};
}

/** « ✔ Construction : 1 passed, 0 failed, 0 skipped (14 s) » */
export function outcome({ name }: Step, account: Account, since: number): string {
	return `${account.failed.length > 0 ? '✘' : '✔'} ${name} : ${totals(account)} (${elapsed(since)})`;
}

export const BUILD: Step = {
	name: 'Construction',
	async run(root) {
		try {
			await ensureBuilt(root);
			return passed;
		} catch (error) {
			console.log(error instanceof Error ? error.message : error);
			return { ...nothing, failed: ['Construction'] };
		}
	}
};

export function vitest(args: string[] = []): Step {
	const reporters = ['--reporter=default', '--reporter=./scripts/test/vitest-reporter.ts'];
	return runner('Tests unitaires et de composants (Vitest)', ['vitest/vitest.mjs', 'run', ...reporters, ...args]);
}

export function playwright(args: string[] = []): Step {
	const reporters = '--reporter=list,./scripts/test/playwright-reporter.ts';
	return runner('Parcours dans le navigateur (Playwright)', ['@playwright/test/cli.js', 'test', reporters, ...args]);
}

const nothing: Account = { passed: 0, failed: [], skipped: [] };
const passed: Account = { ...nothing, passed: 1 };

/** A tool that only says yes or no; what it prints matters when it is no. */
function check(name: string, command: string[]): Step {
	return {
		name,
		async run(root) {
			const { code, output } = await runQuietly(process.execPath, inModules(command), { cwd: root });
			if (code === 0) return passed;
			console.log(output.trimEnd());
			return { ...nothing, failed: [name] };
		}
	};
}

/** A test runner, whose reporter of ours leaves an account of every test. */
function runner(name: string, command: string[]): Step {
	return {
		name,
		async run(root) {
			const folder = mkdtempSync(join(tmpdir(), 'copacte-bilan-'));
			const file = join(folder, 'bilan.json');
			const env = { ...process.env, [ACCOUNT_FILE]: file };
			const code = await runUntilExit(process.execPath, inModules(command), { cwd: root, env });
			const account = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Account) : null;
			rmSync(folder, { recursive: true });
			return trusted(account, name, code);
		}
	};
}

function inModules([script = '', ...args]: string[]): string[] {
	return [`node_modules/${script}`, ...args];
}
